import { demoLanguageModel, scripted, silence } from '@x/sagemaker-local'
import { expect, test, vi } from 'vitest'
import { startGateway } from './test-support/gateway-fixture.ts'

test.each([
  ['/v1/chat/completions', { messages: [{ role: 'user', content: 'The sea' }] }],
  ['/v1/completions', { prompt: 'The sea' }],
  ['/v1/responses', { input: 'The sea' }],
  ['/v1/messages', { messages: [{ role: 'user', content: 'The sea' }], max_tokens: 1000 }],
])('a client of %s that leaves stops the model, streamed or not', async (path, body) => {
  const endpoints = { slow: demoLanguageModel({ tokensPerSecond: 20 }), silent: scripted(() => silence()) }
  await using fixture = await startGateway(endpoints)
  for (const model of ['slow', 'silent']) {
    const controller = new AbortController()
    const answer = fixture.post(path, { model, stream: model === 'slow', ...body }, { signal: controller.signal })
    if (model === 'slow') await (await answer).body?.getReader().read()
    await vi.waitUntil(() => fixture.runtime.activeRequests === 1)
    controller.abort()
    await answer.catch(() => {})
    await vi.waitFor(() => expect(fixture.runtime.requests.at(-1)).toMatchObject({ outcome: 'aborted' }))
    await vi.waitFor(() => expect(fixture.gateway.activeRequests).toBe(0))
  }
  expect(fixture.records).toMatchObject([
    { outcome: 'aborted', stream: true },
    { outcome: 'aborted', stream: false },
  ])
})
