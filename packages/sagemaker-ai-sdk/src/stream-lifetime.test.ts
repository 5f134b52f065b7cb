import { containerError, part, scripted, serviceError, stall, startLocalRuntime, stream } from '@x/sagemaker-local'
import { describe, expect, test } from 'vitest'
import { chunk, events, role } from './__fixtures__/wire.ts'
import { hosts } from './test-support/hosts.ts'
import { hello, readParts } from './test-support/read-parts.ts'
import { scriptedEndpoint } from './test-support/scripted-endpoint.ts'

const it = scriptedEndpoint()

/** An answer that begins and never ends. */
const endless = () => stream([part(events(role, chunk({ content: 'Hi' }))), stall()])

describe.each(hosts)('on $name', ({ ai, createSagemaker }) => {
  const model = (retries?: 'endpoint' | 'ai-sdk') => createSagemaker({ ...it.runtime.connection, retries })('it')

  test('a refusal before the answer rejects doStream, and holds no text of the prompt', async () => {
    it.answer(() => containerError(400, { object: 'error', message: 'bad prompt: SECRET of the user', code: 400 }))
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'SECRET of the user' }] }]
    const error: unknown = await Promise.resolve(model().doStream({ prompt })).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'AI_APICallError', statusCode: 400, isRetryable: false, requestBodyValues: {} })
    const { message, url, data, responseBody, responseHeaders } = error as Record<string, unknown>
    expect(responseBody).toBeUndefined()
    expect(url).toBe('/endpoints/it/invocations-response-stream')
    expect(data).toMatchObject({
      code: 'invalid-request',
      endpointName: 'it',
      requestId: expect.any(String) as unknown,
    })
    expect(JSON.stringify([message, data, responseHeaders, error])).not.toContain('SECRET')
    expect(it.requests).toHaveLength(1)
  })

  test('an error in the first value rejects doStream, too', async () => {
    it.answer(() => stream([part(events({ error: { message: 'no', type: 'BadRequestError', code: 400 } }))]))
    await expect(Promise.resolve(model().doStream({ prompt: hello }))).rejects.toMatchObject({ statusCode: 400 })
  })

  test('a 503 is three requests, not nine', async () => {
    it.answer(() => serviceError('ServiceUnavailable'))
    await expect(ai.generateText({ model: model(), prompt: 'Hello' })).rejects.toMatchObject({ statusCode: 503 })
    expect(it.requests).toHaveLength(3)
    const errors: unknown[] = []
    const result = ai.streamText({ model: model(), prompt: 'Hello', onError: ({ error }) => void errors.push(error) })
    await result.consumeStream()
    expect(errors).toMatchObject([{ name: 'AI_APICallError', statusCode: 503 }])
    expect(it.requests).toHaveLength(6)
  })

  test('with retries of the AI SDK, the endpoint client sends once and says what is worth a retry', async () => {
    it.answer(() => serviceError('ServiceUnavailable'))
    const generated = ai.generateText({ model: model('ai-sdk'), prompt: 'Hello', maxRetries: 0 })
    await expect(generated).rejects.toMatchObject({ statusCode: 503, isRetryable: true })
    expect(it.requests).toHaveLength(1)
  })

  test('an abort before the start sends nothing', async () => {
    it.answer(endless)
    const call = { prompt: hello, abortSignal: AbortSignal.abort() }
    await expect(Promise.resolve(model().doStream(call))).rejects.toMatchObject({ name: 'AbortError' })
    await expect(Promise.resolve(model().doGenerate(call))).rejects.toMatchObject({ name: 'AbortError' })
    expect(it.requests).toHaveLength(0)
  })

  test('an abort in the middle makes the stream fail with an AbortError and closes the socket', async () => {
    it.answer(endless)
    const controller = new AbortController()
    const { stream: answer } = await model().doStream({ prompt: hello, abortSignal: controller.signal })
    const reader = answer.getReader()
    for (let count = 0; count < 4; count++) await reader.read()
    controller.abort()
    await expect(reader.read()).rejects.toMatchObject({ name: 'AbortError' })
    await it.runtime.idle()
    expect(it.requests.at(-1)?.outcome).toBe('aborted')
  })

  test('streamText reports an abort as one', async () => {
    it.answer(endless)
    const controller = new AbortController()
    const types: string[] = []
    let aborts = 0
    const result = ai.streamText({
      model: model(),
      prompt: 'Hello',
      abortSignal: controller.signal,
      onAbort: () => void aborts++,
    })
    for await (const { type } of result.fullStream) {
      types.push(type)
      if (type === 'text-delta') controller.abort()
    }
    expect(types.at(-1)).toBe('abort')
    expect(types).not.toContain('error')
    expect(aborts).toBe(1)
  })

  test('cancelling the stream closes the socket at once', async () => {
    it.answer(endless)
    const { stream: answer } = await model().doStream({ prompt: hello })
    await answer.cancel()
    await it.runtime.idle()
    expect(it.requests.at(-1)?.outcome).toBe('aborted')
  })

  test('a time limit is an error and no abort', async () => {
    it.answer(endless)
    const limited = createSagemaker(it.runtime.connection)('it', { timeouts: { idleMs: 30 } })
    const parts = await readParts((await limited.doStream({ prompt: hello })).stream)
    expect(parts.at(-2)).toMatchObject({
      type: 'error',
      error: { name: 'AI_APICallError', cause: { code: 'timeout' } },
    })
  })

  test('streamText of a truncated stream ends with an error and its text, never with a stop', async () => {
    it.answer(() => stream([part(events(role, chunk({ content: 'Hi' })))]))
    const errors: unknown[] = []
    const result = ai.streamText({ model: model(), prompt: 'Hello', onError: ({ error }) => void errors.push(error) })
    expect([await result.text, await result.finishReason]).toEqual(['Hi', 'error'])
    expect(errors).toMatchObject([{ cause: { code: 'stream-interrupted', partial: { text: 'Hi' } } }])
  })

  test('the first text arrives while the rest is still to come', async () => {
    it.answer(endless)
    const controller = new AbortController()
    const result = ai.streamText({ model: model(), prompt: 'Hello', abortSignal: controller.signal })
    for await (const text of result.textStream) {
      expect(text).toBe('Hi')
      controller.abort()
    }
  })
})

test('a slow reader slows down the container', async () => {
  let sent = 0
  const text = 'x'.repeat(65_536)
  async function* megabytes() {
    for (; sent < 2_000; sent++) yield part(events(chunk({ content: text })))
  }
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => stream(megabytes())) } })
  const { stream: answer } = await hosts[0]!.createSagemaker(runtime.connection)('it').doStream({ prompt: hello })
  const reader = answer.getReader()
  await reader.read()
  await reader.read()
  let before = -1
  while (before !== sent) {
    before = sent
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  // What fits into the buffers of the sockets, of 131 MB in all.
  expect(sent).toBeLessThan(500)
  await reader.cancel()
})
