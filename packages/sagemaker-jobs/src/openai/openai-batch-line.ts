import type { JobResult } from '../contract/job-result.ts'

/**
 * Writes a result as a line of OpenAI's batch output, newline included: an object with `id`, `custom_id`, `error` and
 * `response: { status_code, request_id, body }`. A request that was refused has the status and an error body; one without an answer has `response: null` and `error`.
 */
export function openaiBatchLine({ id, index, output, error }: JobResult<object>): string {
  const line = (response: object | null, failure: object | null): string =>
    `${JSON.stringify({ id: `batch_req_${index}`, custom_id: id, response, error: failure })}\n`
  if (error === undefined) return line({ status_code: 200, request_id: `batch_req_${index}`, body: output }, null)
  const { code, message, requestId = '', originalStatusCode, statusCode } = error
  const status = originalStatusCode ?? statusCode
  if (status === undefined || status < 400) return line(null, { code, message })
  const body = { error: { message, type: code, param: error.path ?? null, code } }
  return line({ status_code: status, request_id: requestId, body }, null)
}
