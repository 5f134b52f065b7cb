import type { ChatChunk } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import {
  body,
  damagedPart,
  exception,
  json,
  modelStreamError,
  part,
  parts,
  reset,
  scripted,
  stall,
  startLocalRuntime,
  stream,
  wire,
  type LocalAnswer,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { events, lines } from './__fixtures__/container-fixture.ts'
import { collect } from './views/collect.ts'
import { huggingface } from './handlers/huggingface.ts'
import { SagemakerLLM } from './sagemaker-llm.ts'
import type { SagemakerLLMOptions } from './call/model-options.ts'

// What clients in other languages and libraries got wrong, each with a real answer through real frames.

let runtime: LocalRuntime
let answer: () => LocalAnswer

beforeAll(async () => {
  runtime = await startLocalRuntime({ endpoints: { 'my-container': scripted(() => answer()) } })
})

afterAll(() => runtime.close())

function model(options: Partial<SagemakerLLMOptions> = {}): SagemakerLLM {
  return new SagemakerLLM({
    endpointName: 'my-container',
    region: 'us-east-1',
    endpoint: runtime.url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    retry: { maxAttempts: 1 },
    ...options,
  } as SagemakerLLMOptions)
}

const hello = [{ role: 'user' as const, content: 'Hello' }]

function chunk(content: string, finish: string | null = null): object {
  return { id: '', object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content }, finish_reason: finish }] }
}

function token(index: number, text: string, end?: string, special = false): object {
  const details = end === undefined ? null : { finish_reason: 'eos_token', generated_tokens: index, input_length: 2 }
  return { index, token: { id: index, text, logprob: -1, special }, generated_text: end ?? null, details }
}

async function chunksUntilError(source: AsyncIterable<ChatChunk>): Promise<{ text: string; error: SagemakerError }> {
  let text = ''
  try {
    for await (const { delta } of source) text += delta
  } catch (error) {
    if (SagemakerError.is(error)) return { text, error }
    throw error
  }
  throw new Error(`a success: ${text}`)
}

describe('framing', () => {
  test('several events in one part are all read', async () => {
    answer = () => stream([part(events(chunk('a'), chunk('b'), chunk('c', 'stop'), '[DONE]'))])
    const deltas: string[] = []
    for await (const { delta } of model().streamChat(hello)) deltas.push(delta)
    expect(deltas).toEqual(['a', 'b', 'c', ''])
  })

  test('an event that is cut within a character is read whole', async () => {
    const bytes = new TextEncoder().encode(events(chunk('日本語 🎌'), chunk('', 'stop')))
    answer = () => stream(parts(bytes, { size: 1 }))
    expect((await collect(model().streamChat(hello))).text).toBe('日本語 🎌')
  })

  test('a last line without a line end is read', async () => {
    answer = () => stream([part(lines(chunk('Hi')) + JSON.stringify(chunk('!', 'stop')))])
    expect((await collect(model().streamChat(hello))).text).toBe('Hi!')
    answer = () => stream([part(events(chunk('Hi')) + `data: ${JSON.stringify(chunk('!', 'stop'))}`)])
    expect((await collect(model().streamChat(hello))).text).toBe('Hi!')
  })

  test('comments, also before the first event, are not data', async () => {
    answer = () =>
      stream([part(': keep-alive\n\n'), part(events(chunk('Hi'))), part(':\n\n'), part(events(chunk('', 'stop')))])
    expect((await collect(model().streamChat(hello))).text).toBe('Hi')
  })

  test('[DONE] on the line after data, without an empty line between them, ends the stream', async () => {
    answer = () => stream([part(`data: ${JSON.stringify(chunk('Hi'))}\ndata: [DONE]`)])
    expect(await collect(model().streamChat(hello))).toMatchObject({ text: 'Hi', stopReason: 'end_turn' })
  })

  test('events with one line end between them are all read', async () => {
    answer = () =>
      stream([
        part([chunk('H'), chunk('i'), chunk('', 'stop')].map((value) => `data: ${JSON.stringify(value)}\n`).join('')),
      ])
    expect((await collect(model().streamChat(hello))).text).toBe('Hi')
  })

  test('CRLF, event names and ids do not disturb', async () => {
    answer = () =>
      stream([part(`event: message\r\nid: 7\r\nretry: 10\r\ndata:${JSON.stringify(chunk('Hi', 'stop'))}\r\n\r\n`)])
    expect((await collect(model().streamChat(hello))).text).toBe('Hi')
  })

  test('JSON lines are understood for chats, too, whatever the content type says', async () => {
    answer = () =>
      stream([part(lines(chunk('Hi'), chunk('!', 'eos_token')) + '\n')], { contentType: 'text/event-stream' })
    expect((await collect(model().streamChat(hello))).text).toBe('Hi!')
  })

  test('JSON objects without anything between them are all read', async () => {
    answer = () => stream([part(JSON.stringify(chunk('}{"')) + JSON.stringify(chunk('!', 'stop')))])
    expect((await collect(model().streamChat(hello))).text).toBe('}{"!')
  })
})

describe('content', () => {
  test('token counts that come after the finish reason are read', async () => {
    answer = () =>
      stream([
        part(
          events(
            chunk('Hi', 'stop'),
            { choices: [], usage: { prompt_tokens: 2, completion_tokens: 1, total_tokens: 3 } },
            '[DONE]',
          ),
        ),
      ])
    const { usage } = await collect(model().streamChat(hello))
    const raw = { prompt_tokens: 2, completion_tokens: 1, total_tokens: 3 }
    expect(usage).toEqual({ inputTokens: 2, outputTokens: 1, totalTokens: 3, raw })
  })

  test('unknown members among token counts do not disturb, and nothing is guessed from them', async () => {
    answer = () =>
      stream([part(events(chunk('Hi', 'stop'), { choices: [], usage: { queue_time: 0.2, total_cost: 3 } }, '[DONE]'))])
    expect((await collect(model().streamChat(hello))).usage).toBeUndefined()
  })

  test('of several choices the first is the answer, and all are in raw', async () => {
    const choice = (index: number, content: string) => ({
      choices: [{ index, delta: { content }, finish_reason: 'stop' }],
    })
    const values = [choice(1, 'Second'), choice(0, 'First'), choice(2, 'Third')]
    answer = () => stream([part(events(...values, '[DONE]'))])
    const streamed = await collect(model().streamChat(hello, { additionalParameters: { n: 3 } }))
    expect(streamed).toMatchObject({ text: 'First', raw: values })
    expect(await collect(model().streamChat(hello))).toMatchObject({ text: 'First', raw: values })
    const whole = {
      choices: values.flatMap(({ choices }) => choices.map(({ delta, ...rest }) => ({ ...rest, message: delta }))),
    }
    answer = () => json(whole)
    expect(await model().chat(hello, { additionalParameters: { n: 3 } })).toMatchObject({ text: 'First', raw: whole })
  })

  test('special tokens are not text, and the whole text at the end is not said again', async () => {
    answer = () =>
      stream([part(events(token(1, '<s>', undefined, true), token(2, 'Hi'), token(3, '<|eot_id|>', 'Hi', true)))])
    expect((await collect(model().streamComplete('Hello'))).text).toBe('Hi')
  })

  test('the prompt is not cut off an answer that does not begin with it', async () => {
    const options = { contentHandler: huggingface() }
    answer = () => json([{ generated_text: ' 42' }])
    expect((await model(options).complete('What is the answer?')).text).toBe(' 42')
    answer = () => json([{ generated_text: 'What is the answer? 42' }])
    expect((await model(options).complete('What is the answer?')).text).toBe(' 42')
  })

  test('a model that repeats the prompt of its own accord is not cut', async () => {
    const details = { finish_reason: 'length', generated_tokens: 2 }
    answer = () => json([{ generated_text: 'ha ha', details }])
    expect((await model().complete('ha')).text).toBe('ha ha')
    answer = () => stream([part(events(token(1, 'ha'), token(2, ' ha', 'ha ha')))])
    expect((await collect(model().streamComplete('ha'))).text).toBe('ha ha')
  })

  test('stop strings are not regular expressions', async () => {
    const stopSequences = ['.', '(a|b)', '[0-9]', '\\d', '^', '*']
    answer = () => json([{ generated_text: 'ab 12 x' }])
    expect((await model().complete('Hello', { stopSequences })).text).toBe('ab 12 x')
    answer = () => stream([part(events(token(1, 'ab '), token(2, '12 (a|b)', 'ab 12 (a|b)')))])
    expect((await collect(model().streamComplete('Hello', { stopSequences }))).text).toBe('ab 12 ')
  })

  test('a stop string that is asked for as part of the text stays', async () => {
    answer = () => json([{ generated_text: 'one.', details: { finish_reason: 'stop_sequence', generated_tokens: 2 } }])
    const options = { stopSequences: ['.'], additionalParameters: { include_stop_str_in_output: true } }
    expect(await model().complete('Hello', options)).toMatchObject({ text: 'one.', stopReason: 'stop_sequence' })
  })
})

describe('failures', () => {
  test('an exception frame is an error, not an end', async () => {
    answer = () => stream([part(events(chunk('Hi'))), modelStreamError('ModelInvocationTimeExceeded')])
    const { text, error } = await chunksUntilError(model().streamChat(hello))
    expect(text).toBe('Hi')
    expect(error).toMatchObject({ code: 'timeout', partial: { text: 'Hi' } })

    answer = () => stream([part(events(chunk('Hi'))), exception('InternalStreamFailure', { Message: 'x' })])
    expect((await chunksUntilError(model().streamChat(hello))).error.code).toBe('service-unavailable')
  })

  test('a reset in the middle is an error with what had arrived', async () => {
    answer = () => stream([part(events(chunk('Hi'))), reset()])
    const { error } = await chunksUntilError(model().streamChat(hello))
    expect(error).toMatchObject({ code: 'stream-interrupted', retryable: true, partial: { text: 'Hi' } })
    expect(error.partial?.bytesReceived).toBe(events(chunk('Hi')).length)
  })

  test('a damaged frame is an error with what had arrived', async () => {
    answer = () => stream([part(events(chunk('Hi'))), damagedPart('message-checksum')])
    const { error } = await chunksUntilError(model().streamChat(hello))
    expect(error).toMatchObject({ code: 'stream-corrupt', partial: { text: 'Hi' } })
  })

  test('text that is not JSON in the middle of a stream is an error at once', async () => {
    answer = () => stream([part(events(chunk('Hi')) + '<html>502 Bad Gateway</html>\n'), stall()])
    const { error } = await chunksUntilError(model().streamChat(hello))
    expect(error).toMatchObject({ code: 'stream-corrupt', partial: { text: 'Hi' } })
  })

  test('a page in place of an answer is no answer', async () => {
    answer = () => body('<html>502 Bad Gateway</html>', { contentType: 'text/html' })
    await expect(model().chat(hello)).rejects.toMatchObject({ code: 'unexpected-response' })
    await expect(collect(model().streamChat(hello))).rejects.toMatchObject({ code: 'stream-corrupt' })
    answer = () => body('Service Unavailable', { contentType: 'text/plain' })
    await expect(model().chat(hello)).rejects.toMatchObject({ code: 'model-error' })
    await expect(collect(model().streamChat(hello))).rejects.toMatchObject({ code: 'model-error' })
  })

  test('JSON in no known shape is no answer', async () => {
    answer = () => json({ result: 'ok' })
    await expect(model().complete('Hello')).rejects.toMatchObject({ code: 'unexpected-response' })
    await expect(collect(model().streamComplete('Hello'))).rejects.toMatchObject({ code: 'unexpected-response' })
  })

  test('no answer at all is no empty answer', async () => {
    answer = () => stream([])
    await expect(collect(model().streamChat(hello))).rejects.toMatchObject({ code: 'stream-interrupted' })
    answer = () => body('')
    await expect(model().chat(hello)).rejects.toMatchObject({ code: 'unexpected-response' })
  })

  test('an error that begins the stream is told before anything is shown', async () => {
    answer = () => stream([part(events({ error: 'Model is overloaded', error_type: 'overloaded' }))])
    const { text, error } = await chunksUntilError(model().streamComplete('Hello'))
    expect({ text, code: error.code, retryable: error.retryable }).toEqual({
      text: '',
      code: 'throttled',
      retryable: true,
    })
  })

  test('an error in the middle is told at once, also while the stream goes on', async () => {
    answer = () => stream([part(events(chunk('Hi'), { error: { message: 'CUDA out of memory', code: 500 } })), stall()])
    const { text, error } = await chunksUntilError(model().streamChat(hello))
    expect({ text, code: error.code }).toEqual({ text: 'Hi', code: 'model-error' })
    await expect.poll(() => runtime.requests.at(-1)?.outcome, { timeout: 5_000 }).toBe('aborted')
  })

  test('what broke off within tool calls and reasoning is kept with the error', async () => {
    const delta = {
      reasoning: 'Hm.',
      tool_calls: [{ index: 0, id: 'c1', function: { name: 'f', arguments: '{"a": 1' } }],
    }
    answer = () => stream([part(events({ choices: [{ index: 0, delta }] })), reset()])
    const { error } = await chunksUntilError(model().streamChat(hello))
    expect(error.partial).toMatchObject({
      text: '',
      reasoning: 'Hm.',
      toolCalls: [{ id: 'c1', name: 'f', input: '{"a": 1' }],
    })
  })

  test('neither the prompt nor the answer is in what an error shows of itself', async () => {
    const secret = 'the launch code is 0000'
    answer = () => stream([part(events(chunk('the answer is hidden'), { error: `cannot tokenize: ${secret}` }))])
    const { error } = await chunksUntilError(model().streamChat([{ role: 'user', content: secret }]))
    const shown = `${error.message} ${JSON.stringify(error)} ${String(error.stack)}`
    expect(shown).not.toContain('launch')
    expect(shown).not.toContain('hidden')
    expect(error.partial?.text).toBe('the answer is hidden')
  })

  test('a mistake in a content handler is an error of the library, with its cause', async () => {
    answer = () => json({ text: 'Hi' })
    const cause = new TypeError('cannot read')
    const broken = {
      ...huggingface(),
      answer: () => {
        throw cause
      },
    }
    await expect(model({ contentHandler: broken }).complete('Hello')).rejects.toMatchObject({
      code: 'unexpected-response',
      cause,
    })
  })

  test('an abort is an AbortError with its reason and what had arrived', async () => {
    answer = () => stream([part(events(chunk('Hi'))), stall()])
    const controller = new AbortController()
    const reason = new Error('enough')
    const source = model().streamChat(hello, { signal: controller.signal })
    const failed = chunksUntilError(
      (async function* () {
        for await (const each of source) {
          yield each
          controller.abort(reason)
        }
      })(),
    )
    const { error } = await failed
    expect(error).toMatchObject({ name: 'AbortError', code: 'aborted', cause: reason, partial: { text: 'Hi' } })
  })

  test('bytes that are no frames at all are an error', async () => {
    answer = () => stream([part(events(chunk('Hi'))), wire('<html>')])
    const { error } = await chunksUntilError(model().streamChat(hello))
    expect(['stream-corrupt', 'stream-interrupted']).toContain(error.code)
    expect(error.partial?.text).toBe('Hi')
  })
})
