import { joinBytes } from '@x/stream-core/bytes'
import { parsedJson, stringIn } from '../json-fields.ts'
import { SagemakerError } from '../errors/sagemaker-error.ts'
import type { InvokeAsyncResult, InvokeResult } from '../options/invoke-result.ts'
import type { ResponseHeaders } from '../wire/transport.ts'
import type { CallRun } from './call-run.ts'

/** A whole response, with all of its headers. */
export interface WholeResponse {
  readonly result: InvokeResult
  readonly headers: ResponseHeaders
}

/** Reads a response to its end. */
export async function readWhole(run: CallRun): Promise<WholeResponse> {
  const { first = [], headers, metadata } = await run.open()
  const chunks: Uint8Array[] = [...first]
  for (let next = await run.next(); next.done !== true; next = await run.next()) chunks.push(...next.value)
  const timings = { ...metadata.timings, durationMs: run.elapsedMs() }
  return { result: { body: joinBytes(chunks), metadata: { ...metadata, timings } }, headers }
}

const maxSnippetLength = 500

/**
 * The id is in the body, the locations are in headers.
 *
 * @throws {SagemakerError} with code `unexpected-response` if the id or the location is missing.
 */
export function invokeAsyncResult({ result, headers }: WholeResponse, endpointName: string): InvokeAsyncResult {
  const text = new TextDecoder().decode(result.body)
  const inferenceId = stringIn(parsedJson(text), 'InferenceId')
  const outputLocation = headers['x-amzn-sagemaker-outputlocation']
  if (inferenceId !== undefined && outputLocation !== undefined)
    return { inferenceId, outputLocation, failureLocation: headers['x-amzn-sagemaker-failurelocation'] }
  const { requestId, statusCode } = result.metadata
  const missing = inferenceId === undefined ? 'inference id' : 'output location'
  throw new SagemakerError('unexpected-response', `the response has no ${missing} (endpoint ${endpointName}).`, {
    endpointName,
    requestId,
    statusCode,
    snippet: text.slice(0, maxSnippetLength),
  })
}
