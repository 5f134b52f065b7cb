import type { InvokeResult } from '../invoke-result.ts'
import { joinChunks } from '../wire/join-chunks.ts'
import type { Call } from './call.ts'
import { type CallResources, CallRun } from './call-run.ts'

/** Makes a call and reads its answer to the end. */
export async function readWhole(call: Call, resources: CallResources): Promise<InvokeResult> {
  const run = new CallRun(call, resources)
  const chunks: Uint8Array[] = []
  for (let next = await run.next(); next.done !== true; next = await run.next()) chunks.push(...next.value)
  const metadata = run.metadata as InvokeResult['metadata']
  const timings = { ...metadata.timings, durationMs: call.report.elapsedMs() }
  return { body: joinChunks(chunks), metadata: { ...metadata, timings } }
}
