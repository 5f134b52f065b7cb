import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** What a process holds. */
export interface Held {
  /** Bytes of heap and of array buffers that something still refers to. */
  readonly bytes: number
  readonly sockets: number
  /** Timers that keep the process alive. */
  readonly timers: number
}

/** What this process holds, after garbage collection. */
export async function held(): Promise<Held> {
  // Repeated with turns of the event loop between, for what finalizers and settled promises release.
  for (let round = 0; round < 3; round++) {
    collectGarbage()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  const resources = process.getActiveResourcesInfo()
  const count = (name: string): number => resources.filter((resource) => resource === name).length
  return { bytes: heapUsed + arrayBuffers, sockets: count('TCPSocketWrap'), timers: count('Timeout') }
}
