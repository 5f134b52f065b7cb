import { expect, test } from 'vitest'
import {
  containerError,
  demoLanguageModel,
  modelStreamError,
  part,
  reset,
  scripted,
  startLocalRuntime,
  stream,
} from '../index.ts'

const chat = demoLanguageModel({ format: 'openai' })
const body = JSON.stringify({ messages: [{ role: 'user', content: 'Tell me a joke' }], max_tokens: 3, stream: true })

const post = (url: string, path: string, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })

test('streams plain server-sent events, with no frames around them', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { chat } })
  const response = await post(runtime.url, '/endpoints/chat/openai/v1/chat/completions')
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const events = (await response.text()).split('\n\n')
  expect(events[0]).toMatch(/^data: \{"id":"chatcmpl-/)
  expect(events.slice(-2)).toEqual(['data: [DONE]', ''])
  expect(runtime.requests[0]?.operation).toBe('openai')
})

test('the inference component is in the path, not in a header', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { chat: { model: chat, inferenceComponents: ['one'] } } })
  const component = '/endpoints/chat/inference-components/one/openai/v1/chat/completions'
  expect((await post(runtime.url, component)).status).toBe(200)
  expect(runtime.requests[0]?.inferenceComponentName).toBe('one')
  const without = await post(runtime.url, '/endpoints/chat/openai/v1/chat/completions', {
    'x-amzn-sagemaker-inference-component': 'one',
  })
  expect(without.status).toBe(400)
})

test('an error of the container is passed on as it is', async () => {
  const refused = scripted(() => containerError(422, { error: 'no' }))
  await using runtime = await startLocalRuntime({ endpoints: { chat: refused } })
  const response = await post(runtime.url, '/endpoints/chat/openai/v1/chat/completions')
  expect([response.status, await response.json()]).toEqual([422, { error: 'no' }])
})

test.each([
  ['a reset', reset()],
  ['an exception, for which there is no frame here,', modelStreamError()],
])('%s breaks the connection', async (_, step) => {
  await using runtime = await startLocalRuntime({
    endpoints: { chat: scripted(() => stream([part('data: 1\n\n'), step])) },
  })
  const response = await post(runtime.url, '/endpoints/chat/openai/v1/chat/completions')
  await expect(response.text()).rejects.toThrow('terminated')
})
