import { quote } from './quote.ts'
import type { SagemakerErrorCode } from './sagemaker-error-code.ts'

/** What was wrong. */
const wrong: Readonly<Record<SagemakerErrorCode, string>> = {
  aborted: 'the call was aborted',
  timeout: 'the answer took too long',
  'context-length-exceeded': "the request does not fit into the model's context",
  'eula-not-accepted': "the model's licence has not been accepted",
  credentials: 'the AWS credentials are missing, expired or unknown',
  'access-denied': 'access is denied',
  'endpoint-not-found': 'there is no such endpoint, variant or inference component',
  'model-not-ready': 'the model is not ready',
  throttled: 'too many requests',
  'payload-too-large': 'the request is too large',
  'invalid-request': 'the request was refused',
  'service-unavailable': 'the service is failing at the moment',
  'model-error': 'the container failed on the request',
  'stream-interrupted': 'the answer broke off',
  'stream-corrupt': 'the bytes of the answer are damaged',
  'unexpected-response': 'the format of the answer is not recognized',
  connection: 'the connection failed',
  'missing-dependency': 'a package is not installed',
  'invalid-configuration': 'the configuration is wrong',
  'invalid-row': 'a row of the input cannot be read',
  'duplicate-id': 'an id occurs twice',
  'job-exists': 'there is a job already',
  'job-changed': 'the job was started with other input, codec or options',
  'job-locked': 'another process works on the job',
}

/** What to do about it. */
const advice: Partial<Readonly<Record<SagemakerErrorCode, string>>> = {
  timeout: "Ask for a shorter answer, stream it, or see the container's log.",
  'context-length-exceeded': 'Shorten the prompt or lower the number of new tokens.',
  'eula-not-accepted': "Read the licence, then pass customAttributes: 'accept_eula=true'.",
  credentials: 'Check credentials, profile and the clock of this machine.',
  'access-denied':
    'The caller needs sagemaker:InvokeEndpoint (for invokeAsync: sagemaker:InvokeEndpointAsync) on this endpoint.',
  'endpoint-not-found': 'Check endpointName, inferenceComponentName, region and account.',
  'model-not-ready': 'Wait for it with retry.readyWithinMs.',
  throttled: 'Send fewer requests at once (maxConcurrency) or add instances.',
  'payload-too-large': 'Send less per request.',
  'service-unavailable': 'Try again later.',
  'model-error': "See the container's log in CloudWatch.",
}

/** What a message of a failed answer is made of. */
export interface FailureText {
  readonly endpointName: string
  readonly statusCode?: number | undefined
  readonly originalStatusCode?: number | undefined
  /** Words of SageMaker or of the container; they are quoted without the text of the request. */
  readonly words?: string | undefined
  readonly request?: string | Uint8Array | undefined
  /** What was wrong, where the code does not say enough. */
  readonly problem?: string | undefined
  /** What to do, where it does not follow from the code. */
  readonly advice?: string | undefined
  /** The request was never sent, so that it was not refused. */
  readonly isUnsent?: boolean | undefined
}

/** What was wrong, where, and what to do about it, in text that is safe to log. */
export function failureMessage(code: SagemakerErrorCode, text: FailureText): string {
  const where = placeOf(
    text.endpointName,
    text.statusCode === undefined ? '' : `HTTP ${text.statusCode}`,
    text.originalStatusCode === undefined ? '' : `container status ${text.originalStatusCode}`,
  )
  const words = withoutEnd(quote(text.words ?? '', text.request))
  const quoted = words === '' ? '.' : `: "${words}".`
  const whatToDo = text.advice ?? advice[code]
  const problem =
    text.problem ?? (code === 'invalid-request' && text.isUnsent ? 'the request cannot be sent' : wrong[code])
  return `${problem}${where}${quoted}${whatToDo === undefined ? '' : ` ${whatToDo}`}`
}

/** Without the full stop and white space at its end. */
function withoutEnd(text: string): string {
  let length = text.length
  while (length > 0 && /[.\s]/.test(text[length - 1] as string)) length--
  return text.slice(0, length)
}

/** Where a failure occurred, in parentheses, for a message: the endpoint, if there is one, and further facts. */
export function placeOf(endpointName: string, ...facts: readonly string[]): string {
  const all = [endpointName === '' ? '' : `endpoint ${endpointName}`, ...facts].filter((fact) => fact !== '')
  return all.length === 0 ? '' : ` (${all.join(', ')})`
}
