import { disconnect, part, scripted, type StepLike, stream } from '@x/sagemaker-local'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsIn, type GatewayFixture, startGateway } from './test-support/gateway-fixture.ts'

/** What a container sends, in parts that end anywhere, also within a character. */
let parts: readonly Uint8Array[] = []
let fixture: GatewayFixture

beforeAll(async () => {
  fixture = await startGateway({ vllm: scripted(() => stream(parts.map((bytes) => part(bytes)))) })
})
afterAll(() => fixture?.[Symbol.asyncDispose]())

const head = { id: 'chatcmpl-of-the-container', object: 'chat.completion.chunk', created: 1, model: '/opt/ml/model' }
const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10, prompt_tokens_details: { cached_tokens: 2 } }

/** A piece of the answer, with members that OpenAI's format does not have. */
const chunks = fc.record({
  delta: fc.oneof(
    fc.record({ content: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }) }),
    fc.record({ reasoning_content: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }) }),
  ),
  logprobs: fc.constantFrom(null, { content: [{ token: 'a', logprob: -0.5, bytes: [97], top_logprobs: [] }] }),
  more: fc.constantFrom({}, { token_ids: [1, 2] }, { stop_reason: null }),
  ofValue: fc.constantFrom({}, { system_fingerprint: 'fp_1' }, { usage: null, system_fingerprint: null }),
})

const answers = fc.record({
  pieces: fc.array(chunks, { minLength: 1, maxLength: 8 }),
  finish: fc.constantFrom('stop', 'length', 'content_filter'),
  hasUsage: fc.boolean(),
  hasDone: fc.boolean(),
  includeUsage: fc.boolean(),
  separator: fc.constantFrom('\n\n', '\r\n\r\n'),
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
})

test('what a container of the format says reaches the client as it is, apart from id and model, wherever it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(answers, async ({ pieces, finish, hasUsage, hasDone, includeUsage, separator, cuts }) => {
      const values = [
        { ...head, choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] },
        ...pieces.map(({ delta, logprobs, more, ofValue }) => ({
          ...head,
          ...ofValue,
          choices: [{ index: 0, delta, logprobs, finish_reason: null, ...more }],
        })),
        { ...head, choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: finish }] },
        ...(hasUsage ? [{ ...head, choices: [], usage }] : []),
      ]
      const sent = values.map((value) => `data: ${JSON.stringify(value)}${separator}`).join('')
      parts = cutAt(Buffer.from(sent + (hasDone ? `data: [DONE]${separator}` : '')), cuts)
      const body = { model: 'vllm', messages: [{ role: 'user', content: 'Hi' }], stream: true }
      const response = await fixture.post('/v1/chat/completions', {
        ...body,
        ...(includeUsage ? { stream_options: { include_usage: true } } : {}),
      })
      const events = eventsIn(await response.text())
      expect(events.pop()).toBe('data: [DONE]')
      const [first] = events as { id: string; created: number }[]
      const received = (events as { choices: object[] }[]).map((value) => ({
        ...withoutNulls(value),
        choices: value.choices.map((one) => choiceOf(one)),
      }))
      const identity = { ...head, id: first?.id, created: first?.created, model: 'vllm' }
      const expected = values
        .filter(({ choices }) => choices.length > 0 || includeUsage)
        .map((value) => ({ ...withoutNulls(value), ...identity, choices: value.choices.map((one) => choiceOf(one)) }))
      expect(received).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})

/** Members that are null say nothing, apart from the two that OpenAI's format has. */
function choiceOf(choice: object): object {
  return { logprobs: null, finish_reason: null, ...withoutNulls(choice) }
}

function withoutNulls(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
}

function cutAt(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const offsets = [0, ...cuts.map((cut) => Math.round(cut * bytes.length)).toSorted((a, b) => a - b), bytes.length]
  return offsets
    .slice(1)
    .map((end, index) => bytes.subarray(offsets[index], end))
    .filter(({ length }) => length > 0)
}

describe('what is passed on in its own text', () => {
  const chunk = (content: string, more = ''): string =>
    `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"/opt","choices":[{"index":0,"delta":{"content":"${content}"},"finish_reason":null}]${more}}\n\n`
  const finish = chunk('').replace('"finish_reason":null', '"finish_reason":"stop"')
  const answerTo = async (steps: readonly StepLike[], more: object = {}): Promise<unknown[]> => {
    await using own = await startGateway({ vllm: scripted(() => stream(steps)) })
    const body = { model: 'vllm', messages: [{ role: 'user', content: 'Hi' }], stream: true, ...more }
    return (await (await own.post('/v1/chat/completions', body)).text()).split('\n\n')
  }
  const contentsOf = (events: readonly unknown[]): string =>
    eventsIn(events.join('\n\n'))
      .map((event) => (event as { choices?: { delta: { content?: string } }[] }).choices?.[0]?.delta.content ?? '')
      .join('')

  test('integers that JavaScript cannot hold, and escapes as the container wrote them', async () => {
    const events = await answerTo([
      part(chunk('a')),
      part(chunk('\\u00e9', ',"seed":9007199254740993')),
      part(`${finish}data: [DONE]\n\n`),
    ])
    expect(events[2]).toMatch(
      /^data: \{"id":"chatcmpl-[^"]+","object":"chat.completion.chunk","created":\d{10},"model":"vllm","choices":\[\{"index":0,"delta":\{"content":"\\u00e9"\},"finish_reason":null\}\],"seed":9007199254740993\}$/,
    )
    expect(events.slice(-2)).toEqual(['data: [DONE]', ''])
  })

  test.each<[string, readonly StepLike[], RegExp]>([
    ['an answer that is cut off', [part(chunk('b')), disconnect()], /connection was lost/],
    ['an answer without an end', [part(chunk('b'))], /finish reason/],
    ['an error within the stream', [part(chunk('b')), part('data: {"error":{"message":"out of memory"}}\n\n')], /./],
    ['a line that is no event', [part(chunk('b')), part('<html>\n')], /./],
  ])('%s is an error event, after all that came before it', async (_, steps, message) => {
    const events = await answerTo([part(chunk('a')), part(chunk('x')), ...steps])
    expect(contentsOf(events)).toBe('axb')
    expect(eventsIn(events.join('\n\n')).at(-1)).toEqual({
      error: expect.objectContaining({ message: expect.stringMatching(message) }),
    })
  })

  test('reasoning between tags is reasoning to the client, also after text was passed on, and words of one that only looks like it are text', async () => {
    const deltasOf = (events: readonly unknown[], member: string): string =>
      eventsIn(events.join('\n\n'))
        .map((event) => (event as { choices?: { delta: Record<string, string> }[] }).choices?.[0]?.delta[member] ?? '')
        .join('')
    const answered = async (...pieces: readonly string[]): Promise<readonly string[]> => {
      const events = await answerTo([part(pieces.map((piece) => chunk(piece)).join('') + finish)])
      return [deltasOf(events, 'reasoning_content'), deltasOf(events, 'content')]
    }
    expect(
      await answered('<th', 'ink>', 'Hm', 'm.', '</think>', 'Yes', '.', '\\n<think>Sure?', '</think>', 'Yes.'),
    ).toEqual(['Hmm.Sure?', 'Yes.\nYes.'])
    expect(await answered('The', ' tag', ' <think>', ' opens.')).toEqual(['', 'The tag <think> opens.'])
  })

  test('reasoning that a container sends apart is passed on, and so is the text after it', async () => {
    const apart = (content: string): string =>
      chunk(content, ',"seed":9007199254740993').replace('"content"', '"reasoning_content"')
    const text = (content: string): string => chunk(content, ',"seed":9007199254740993')
    const events = await answerTo([part(apart('H') + apart('m') + text('Y') + text('es') + finish)])
    const exact = events.map((event) =>
      /"(\w+)":"(\w+)"\},"finish_reason":null\}\],"seed":9007199254740993/.exec(String(event)),
    )
    expect(exact.flatMap((found) => (found === null ? [] : [found.slice(1)]))).toEqual([
      ['reasoning_content', 'm'],
      ['content', 'es'],
    ])
    expect(contentsOf(events)).toBe('Yes')
  })

  test('half a character waits for its other half, and a later event is in its place', async () => {
    const events = await answerTo([
      part(chunk('a') + chunk('b') + chunk('\\ud83d') + chunk('\\ude00') + chunk('c') + finish),
    ])
    expect(contentsOf(events)).toBe('ab😀c')
  })

  test('events that the container writes in other ways lose nothing', async () => {
    const crlf = chunk('b').replaceAll('\n', '\r\n')
    const oneNewline = chunk('c').replace('\n\n', '\n')
    const named = `event: message\nid: 1\n${chunk('d')}`
    for (const odd of [crlf, oneNewline, named, `: ping\n\n${chunk('e')}`]) {
      // oxlint-disable-next-line no-await-in-loop -- one endpoint at a time
      const events = await answerTo([part(chunk('a') + chunk('x') + odd + chunk('y') + finish)])
      expect(contentsOf(events)).toMatch(/^ax[bcde]y$/)
    }
  })
})
