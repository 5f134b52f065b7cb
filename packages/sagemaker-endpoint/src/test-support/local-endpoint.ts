import type { LocalRuntime } from '@x/sagemaker-local'
import { onTestFinished } from 'vitest'
import { SagemakerEndpoint, SagemakerError, type SagemakerEndpointOptions } from '../index.ts'

export const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }

/** An endpoint of a local runtime, called without waiting between retries, and closed when the test ends. */
export function localEndpoint(
  runtime: Pick<LocalRuntime, 'url'>,
  endpointName: string,
  options: Partial<SagemakerEndpointOptions> = {},
): SagemakerEndpoint {
  const endpoint = new SagemakerEndpoint({
    endpointName,
    region: 'us-east-1',
    endpoint: runtime.url,
    credentials,
    ...options,
    retry: { baseDelayMs: 0, ...options.retry },
  })
  onTestFinished(() => endpoint.close())
  return endpoint
}

/** The error of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<SagemakerError> {
  const outcome: unknown = await call.then(
    () => 'no error at all',
    (error: unknown) => error,
  )
  if (SagemakerError.is(outcome)) return outcome
  throw new Error(`Not a SagemakerError: ${String(outcome)}`)
}

/** Reads a stream to its end, or to its error. */
export async function readTexts(
  stream: AsyncIterable<Uint8Array>,
): Promise<{ readonly texts: string[]; readonly error: SagemakerError | undefined }> {
  const texts: string[] = []
  try {
    for await (const bytes of stream) texts.push(new TextDecoder().decode(bytes))
    return { texts, error: undefined }
  } catch (error) {
    if (SagemakerError.is(error)) return { texts, error }
    throw error
  }
}
