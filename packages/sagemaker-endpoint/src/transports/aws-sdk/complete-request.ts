import type { RuntimeRequest } from '../../wire/runtime-request.ts'

/** A request that the SDK has built and not signed yet. */
interface BuiltRequest {
  readonly headers: Record<string, string>
  body?: unknown
}

/**
 * Adds what the SDK has not, to be signed with the rest: versions that are older than an option drop it without a word.
 * Among these options is the body of an asynchronous call.
 */
export function completeRequest(request: unknown, { asyncInput, body, routing }: RuntimeRequest): void {
  const built = request as BuiltRequest
  addHeader(built, 'x-amzn-sagemaker-prefix-aware-id', routing.prefixAwareId)
  addHeader(built, 'x-amzn-sagemaker-filename', asyncInput?.filename)
  addHeader(built, 'x-amzn-sagemaker-s3outputpathextension', asyncInput?.outputPathExtension)
  if (asyncInput?.body === undefined || built.body !== undefined) return
  built.body = body
  addHeader(built, 'content-type', 'application/octet-stream')
}

function addHeader({ headers }: BuiltRequest, name: string, value: string | undefined): void {
  if (value !== undefined) headers[name] ??= value
}
