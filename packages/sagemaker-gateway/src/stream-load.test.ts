import { demoLanguageModel } from '@x/sagemaker-local'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { startGateway } from './test-support/gateway-fixture.ts'
import { loadStreams } from './test-support/stream-load.ts'

// `pnpm load` runs 10,000 of them.
test('300 streams, one in five left early, leave no request and no socket behind', { timeout: 120_000 }, async () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const fixture = await startGateway({ llama: demoLanguageModel({ format: 'openai' }) })
  const report = await loadStreams(fixture, {
    model: 'llama',
    streams: 300,
    concurrency: 20,
    leaveEvery: 5,
    collectGarbage,
  })
  expect(report).toMatchObject({ finished: 240, left: 60, retried: 0, activeRequests: 0, endpointRequests: 0 })
  expect(fixture.records.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  await fixture[Symbol.asyncDispose]()
  await vi.waitFor(() => expect([fixture.server.openSockets, fixture.runtime.openSockets]).toEqual([0, 0]))
})
