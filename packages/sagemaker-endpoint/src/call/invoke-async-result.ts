import type { WholeAnswer } from './read-whole.ts'
import { SagemakerError } from '../errors/sagemaker-error.ts'

/** Where the answer of an asynchronous call will be. */
export interface InvokeAsyncResult {
  /** Id of the request: yours, or one that SageMaker has made. */
  readonly inferenceId: string
  /** S3 URI that the answer is written to, once there is one. */
  readonly outputLocation: string
  /** S3 URI that the error is written to if the call fails; `undefined` if the endpoint has no place for errors. */
  readonly failureLocation: string | undefined
}

const maxSnippetLength = 500

/**
 * The id is in the body, the locations are in headers.
 *
 * @throws SagemakerError with code `unexpected-response` if the answer does not tell where to look.
 */
export function invokeAsyncResult({ body, headers, metadata }: WholeAnswer, endpointName: string): InvokeAsyncResult {
  const text = new TextDecoder().decode(body)
  const inferenceId = inferenceIdIn(text)
  const outputLocation = headers['x-amzn-sagemaker-outputlocation']
  if (inferenceId !== undefined && outputLocation !== undefined)
    return { inferenceId, outputLocation, failureLocation: headers['x-amzn-sagemaker-failurelocation'] }
  const { requestId, statusCode } = metadata
  const missing = inferenceId === undefined ? 'inference id' : 'output location'
  throw new SagemakerError('unexpected-response', `the answer holds no ${missing} (endpoint ${endpointName}).`, {
    endpointName,
    requestId,
    statusCode,
    snippet: text.slice(0, maxSnippetLength),
  })
}

function inferenceIdIn(text: string): string | undefined {
  try {
    const fields = JSON.parse(text) as { readonly InferenceId?: unknown } | null
    return typeof fields?.InferenceId === 'string' ? fields.InferenceId : undefined
  } catch {
    return undefined
  }
}
