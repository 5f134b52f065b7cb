import { SageMakerRuntimeClient, type ResponseStream } from '@aws-sdk/client-sagemaker-runtime'
import { ConfiguredRetryStrategy } from '@smithy/core/retry'

/** A bare client of the AWS SDK, with nothing of ours between it and the runtime. */
export function sdkClient(
  runtime: { readonly url: string },
  options: { readonly maxAttempts?: number } = {},
): SageMakerRuntimeClient {
  return new SageMakerRuntimeClient({
    endpoint: runtime.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    // Decides as the default strategy does, but does not wait for long.
    retryStrategy: new ConfiguredRetryStrategy(options.maxAttempts ?? 1, 1),
  })
}

/** The texts of the parts of an SDK stream, and the error that ended it, if any. */
export async function readParts(
  stream: AsyncIterable<ResponseStream> | undefined,
): Promise<{ parts: string[]; error?: unknown }> {
  const parts: string[] = []
  try {
    for await (const item of stream ?? []) parts.push(new TextDecoder().decode(item.PayloadPart?.Bytes))
    return { parts }
  } catch (error) {
    return { parts, error }
  }
}
