// pnpm load [streams]: streams of a gateway in front of a local runtime, one in five left early, with the memory of the process.
import { demoLanguageModel } from '@x/sagemaker-local'
import { startGateway } from '../src/test-support/gateway-fixture.ts'
import { loadStreams } from '../src/test-support/stream-load.ts'

const streams = Number(process.argv[2] ?? 10_000)
const fixture = await startGateway(
  { llama: demoLanguageModel({ format: 'openai' }) },
  {},
  { onRequest: undefined, serve: { port: 0 } },
)
const since = performance.now()
const { heapBytes, ...report } = await loadStreams(fixture, {
  model: 'llama',
  streams,
  concurrency: 100,
  leaveEvery: 5,
  collectGarbage: () => globalThis.gc?.(),
})
console.log(report, `${Math.round((performance.now() - since) / 1000)} s`)
console.log(`heap in MB: ${heapBytes.map((bytes) => (bytes / 1e6).toFixed(1)).join(' ')}`)
console.log(`rss in MB: ${(process.memoryUsage().rss / 1e6).toFixed(0)}`)
await fixture[Symbol.asyncDispose]()
await new Promise((resolve) => setTimeout(resolve, 200))
console.log(`sockets: gateway ${fixture.server.openSockets}, endpoint ${fixture.runtime.openSockets}`)
