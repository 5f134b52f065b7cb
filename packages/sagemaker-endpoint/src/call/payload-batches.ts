import type { Call } from './call.ts'
import { type CallResources, CallRun } from './run-call.ts'

/** The payloads of one call, those of one chunk from the socket at a time. The call is made at the first `next()`. */
export function payloadBatches(call: Call, resources: CallResources): AsyncIterable<readonly Uint8Array[]> {
  const run = new CallRun(call, resources)
  const iterator: AsyncIterator<readonly Uint8Array[]> = {
    async next() {
      const value = await run.read()
      return value === undefined ? { done: true, value } : { done: false, value }
    },
    return() {
      run.leave()
      return Promise.resolve({ done: true, value: undefined })
    },
  }
  return { [Symbol.asyncIterator]: () => iterator }
}
