import type { InvokeResult } from '../options/invoke-result.ts'
import { joinChunks } from '../wire/join-chunks.ts'
import type { ResponseHeaders } from '../wire/transport.ts'
import type { Call } from './call.ts'
import { type CallResources, CallRun } from './call-run.ts'
import type { OpenAnswer } from './open-response.ts'

/** A whole answer, with all of its headers. */
export interface WholeAnswer extends InvokeResult {
  readonly headers: ResponseHeaders
}

/** Makes a call and reads its answer to the end. */
export async function readWhole(call: Call, resources: CallResources): Promise<WholeAnswer> {
  const run = new CallRun(call, resources)
  const chunks: Uint8Array[] = []
  for (let next = await run.next(); next.done !== true; next = await run.next()) chunks.push(...next.value)
  const { headers, metadata } = run.answer as OpenAnswer
  const timings = { ...metadata.timings, durationMs: call.report.elapsedMs() }
  return { body: joinChunks(chunks), headers, metadata: { ...metadata, timings } }
}
