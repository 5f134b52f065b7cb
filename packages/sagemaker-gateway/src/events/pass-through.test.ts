import type { AnswerDecoder } from '@x/sagemaker-llm'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AnswerPart } from '../contract/answer-part.ts'
import { PassThrough } from './pass-through.ts'

const identity = { id: 'chatcmpl-1', created: 7, model: 'a "model"' }

/** A decoder whose parts are the pieces of text that it is given, whole lines at a time. */
function fakeDecoder(given: string[]): AnswerDecoder {
  let held = ''
  const pushEach: AnswerDecoder['pushEach'] = (chunk, emit) => {
    held += Buffer.from(chunk).toString('latin1')
    const lines = held.split('\n')
    held = lines.pop() ?? ''
    for (const line of lines.filter((each) => each.trim() !== '')) {
      given.push(...line.split('\r'))
      emit({ type: 'text-delta', index: 0, text: line })
    }
  }
  return {
    isDone: false,
    start: () => [],
    pushEach,
    flushEach: (emit) => pushEach(Buffer.from('\n'), emit),
    fail: (error) => error,
  }
}

function run(chunks: readonly Uint8Array[]): { parts: AnswerPart[]; given: string[] } {
  const given: string[] = []
  const decoder = new PassThrough(fakeDecoder(given), identity)
  const parts = chunks.flatMap((chunk) => decoder.push(chunk))
  return { parts: [...parts, ...decoder.flush()], given }
}

const head = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' }
const text = fc.string({ unit: 'grapheme', maxLength: 6 })
const delta = fc.oneof(
  { weight: 6, arbitrary: fc.record({ content: text }) },
  fc.record({ reasoning_content: text }),
  fc.record({ role: fc.constant('assistant'), content: text }),
  fc.record({ tool_calls: fc.constant([{ index: 0, function: { arguments: '{"content":"x"}' } }]) }),
)
const line = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .record({ delta, finish: fc.constantFrom(null, null, null, 'stop'), indent: fc.constantFrom('', ' ') })
      .map(({ delta: of, finish, indent }) => {
        const json = JSON.stringify({ ...head, choices: [{ index: 0, delta: of, finish_reason: finish }] })
        return `data: ${indent}${json}`
      }),
  },
  fc.constantFrom('data: [DONE]', ': ping', 'event: x', 'data: {"error":{}}', 'data: 1\r', '{"choices":[]}', 'é'),
)
const cases = fc
  .record({ lines: fc.array(line, { maxLength: 12 }), end: fc.constantFrom('\n', '\n\n', '\r\n', '\r\n\r\n', '\r') })
  .map(({ lines, end }) => Buffer.from(lines.map((each) => each + end).join('')))
  .chain((bytes) =>
    fc
      .array(fc.nat({ max: bytes.length }), { maxLength: 8 })
      .map((cuts) => ({ bytes, offsets: [0, ...cuts.toSorted((a, b) => a - b), bytes.length] })),
  )

/** The text of chunks, in order, whichever way they went. */
const textsIn = (lines: readonly string[]): string =>
  lines
    .flatMap((each) => {
      const value = /^data: *(\{.*\})$/.exec(each)?.[1]
      const { choices = [] } = JSON.parse(value ?? '{}') as { choices?: { delta: Record<string, string> }[] }
      return choices.map(({ delta: of }) => (of['content'] ?? '') + (of['reasoning_content'] ?? ''))
    })
    .join('')

test('any cut gives the same parts, and the decoder knows the whole answer', () => {
  fc.assert(
    fc.property(cases, ({ bytes, offsets }) => {
      const whole = run([bytes])
      const cut = run(offsets.slice(1).map((end, index) => bytes.subarray(offsets[index], end)))
      expect(cut).toEqual(whole)
      const sent = bytes.toString('latin1').split(/\r?\n|\r/)
      expect(textsIn(whole.given)).toBe(textsIn(sent))
    }),
    { numRuns: 500 },
  )
})

test('a passed event differs from that of the container in the identity only', () => {
  const event = (content: string): string =>
    `data: {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [{"index": 0, "delta": {"content": "${content}"}, "token_ids": [18014398509481985]}]}\n\n`
  const { parts } = run([Buffer.from(event('a') + event('b') + event('\\n'))])
  const passed = (content: string): string =>
    event(content)
      .replace('"c"', '"chatcmpl-1"')
      .replace('"created": 1', '"created": 7')
      .replace('"m"', String.raw`"a \"model\""`)
  expect(parts.slice(1, 3)).toEqual([
    { type: 'passed-on', text: passed('b') },
    { type: 'passed-on', text: passed('\\n') },
  ])
})

test.each([
  ['a role in every chunk', { role: 'assistant' }, '\n\n'],
  ['lines that end with CR and LF', {}, '\r\n\r\n'],
])('%s is passed on', (_, more, separator) => {
  const event = (content: string): string =>
    `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta: { ...more, content }, finish_reason: null }] })}`
  const { parts } = run([Buffer.from(event('a') + separator + event('b') + separator)])
  const text = event('b').replace('"c"', '"chatcmpl-1"').replace('"created":1', '"created":7')
  expect(parts[1]).toEqual({ type: 'passed-on', text: `${text.replace('"m"', String.raw`"a \"model\""`)}\n\n` })
})

test('a line that is too long is left to the decoder, with all that follows, however it is cut', () => {
  const event = (content: string): string =>
    `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`
  const bytes = Buffer.from(event('first') + event('second') + event('x'.repeat(20_000)) + event('last'))
  const whole = run([bytes])
  expect(whole.parts.map(({ type }) => type)).toEqual(['text-delta', 'passed-on', 'text-delta', 'text-delta'])
  expect(run([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole)
})
