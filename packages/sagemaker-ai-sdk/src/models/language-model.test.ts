import { containerError, serverSentEventText, serviceError } from '@x/sagemaker-local'
import { describe, expect, test } from 'vitest'
import { hosts } from '../test-support/hosts.ts'
import { hello, streamedParts } from '../test-support/read-parts.ts'
import { scriptedEndpoint } from '../test-support/scripted-endpoint.ts'

const it = scriptedEndpoint()
const chunk = (delta: object, finish: string | null = null): object => ({
  id: 'chatcmpl-1',
  created: 1_750_000_000,
  model: 'llama',
  choices: [{ index: 0, delta, finish_reason: finish }],
})

describe.each(hosts)('on $name', ({ ai, createSagemaker, version }) => {
  const model = () => createSagemaker({ ...it.runtime.connection })('it')

  test('a text is a block', async () => {
    it.answer(serverSentEventText([chunk({ content: 'Hi' }), chunk({ content: '!' }), chunk({}, 'stop'), '[DONE]']))
    expect(await streamedParts(model())).toEqual([
      { type: 'stream-start', warnings: [] },
      { type: 'response-metadata', id: 'chatcmpl-1', timestamp: new Date(1_750_000_000_000), modelId: 'llama' },
      { type: 'text-start', id: '0' },
      { type: 'text-delta', id: '0', delta: 'Hi' },
      { type: 'text-delta', id: '0', delta: '!' },
      { type: 'text-end', id: '0' },
      {
        type: 'finish',
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: {
          inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
          outputTokens: { total: undefined, text: undefined, reasoning: undefined },
        },
        providerMetadata: {
          sagemaker: {
            requestId: expect.any(String),
            invokedProductionVariant: 'AllTraffic',
            attempts: 1,
            stopReason: 'end_turn',
          },
        },
      },
    ])
  })

  test('streamText and generateText take the model', async () => {
    it.answer(({ body }) =>
      new TextDecoder().decode(body).includes('"stream":true')
        ? serverSentEventText([chunk({ content: 'Hi' }), chunk({}, 'stop'), '[DONE]'])
        : ({ ...chunk({}), kind: undefined } as never),
    )
    expect(model().specificationVersion).toBe(version)
    expect(await ai.streamText({ model: model(), prompt: 'Hello' }).text).toBe('Hi')
    expect(it.bodies).toEqual([
      { messages: [{ role: 'user', content: 'Hello' }], stream: true, stream_options: { include_usage: true } },
    ])
  })

  test('a 503 is three requests and no more, and one with retries of the AI SDK off', { timeout: 20_000 }, async () => {
    it.answer(serviceError('ServiceUnavailable'))
    await expect(ai.generateText({ model: model(), prompt: 'Hello' })).rejects.toMatchObject({
      name: 'AI_APICallError',
      statusCode: 503,
      isRetryable: false,
    })
    expect(it.requests).toHaveLength(3)
  })

  test('a refusal before the answer rejects doStream', async () => {
    it.answer(
      containerError(400, { object: 'error', message: 'max_tokens is too large', type: 'BadRequestError', code: 400 }),
    )
    await expect(Promise.resolve(model().doStream({ prompt: hello }))).rejects.toMatchObject({
      name: 'AI_APICallError',
      statusCode: 400,
      isRetryable: false,
      requestBodyValues: {},
      cause: { code: 'invalid-request' },
    })
  })
})
