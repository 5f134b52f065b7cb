import { json, scripted } from '@x/sagemaker-local'
import { expect, test } from 'vitest'
import { data, done, says } from './test-support/agent-fixture.ts'
import { eventsIn, startGateway } from './test-support/gateway-fixture.ts'

const token = (text: string): object => ({
  token: text,
  logprob: -0.25,
  bytes: [...Buffer.from(text)],
  top_logprobs: [],
})
const ofTokens = (...texts: readonly string[]): object => ({ content: texts.map((text) => token(text)), refusal: null })
const ask = { model: 'vllm', messages: [{ role: 'user', content: 'Hi' }], logprobs: true, top_logprobs: 2 }
const chunk = (content: string, ...tokens: readonly string[]): string =>
  data({ content }, null, { logprobs: ofTokens(...tokens) })

test('log probabilities are asked for and passed on, whole and in each chunk', async () => {
  const message = { role: 'assistant', content: 'Hello' }
  const choice = { index: 0, message, logprobs: ofTokens('Hel', 'lo'), finish_reason: 'stop' }
  await using whole = await startGateway({ vllm: scripted(() => json({ choices: [choice] })) })
  expect(await (await whole.post('/v1/chat/completions', ask)).json()).toMatchObject({ choices: [choice] })
  expect(JSON.parse(whole.runtime.requests[0]!.text)).toMatchObject({ logprobs: true, top_logprobs: 2 })

  await using streamed = await startGateway({
    vllm: says(chunk('Hel', 'Hel'), chunk('lo', 'lo'), data({}, 'stop'), done),
  })
  const events = eventsIn(await (await streamed.post('/v1/chat/completions', { ...ask, stream: true })).text())
  const logprobs = (events.slice(0, -1) as { choices: { logprobs: object }[] }[]).map(
    (event) => event.choices[0]?.logprobs,
  )
  expect(logprobs).toEqual([null, ofTokens('Hel'), ofTokens('lo'), null])
})

test('log probabilities of a token whose text is held back come with the next chunk', async () => {
  // Two halves of an emoji, and the beginning of a stop sequence.
  const vllm = says(
    chunk('\ud83d', 'a'),
    chunk('\ude00', 'b'),
    chunk('EN', 'EN'),
    chunk('D', 'D'),
    data({}, 'stop'),
    done,
  )
  await using fixture = await startGateway({ vllm })
  const body = { ...ask, stream: true, stop: ['END'] }
  const events = eventsIn(await (await fixture.post('/v1/chat/completions', body)).text())
  expect(events.slice(1)).toMatchObject([
    { choices: [{ delta: { content: '😀' }, logprobs: ofTokens('a', 'b') }] },
    { choices: [{ delta: {}, logprobs: ofTokens('EN', 'D'), finish_reason: 'stop' }] },
    'data: [DONE]',
  ])
})

test('log probabilities of completions', async () => {
  const logprobs = { tokens: ['Hi'], token_logprobs: [-0.25], top_logprobs: [{ Hi: -0.25 }], text_offset: [0] }
  const choice = { index: 0, text: 'Hi', logprobs, finish_reason: 'stop' }
  await using fixture = await startGateway(
    { vllm: scripted(() => json({ choices: [choice] })), tgi: scripted(() => json({ choices: [choice] })) },
    { vllm: { contentHandler: 'openai' } },
  )
  const body = { prompt: 'Say', logprobs: 1 }
  const response = await fixture.post('/v1/completions', { model: 'vllm', ...body })
  expect(await response.json()).toMatchObject({ choices: [choice] })
  expect((await fixture.post('/v1/completions', { model: 'tgi', ...body })).status).toBe(400)
})
