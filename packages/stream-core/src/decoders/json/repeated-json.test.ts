import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { RepeatedJson } from './repeated-json.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 60_000 })

/** A value, or how it fails to be one. */
function outcomeOf(parse: () => unknown): unknown {
  try {
    const value = parse()
    // The text shows the order of members, and tells -0 from 0 no more than JSON does.
    return { value, text: JSON.stringify(value) }
  } catch (error) {
    return (error as Error).name
  }
}

const ofPlatform = (texts: readonly string[]): unknown[] => texts.map((text) => outcomeOf(() => JSON.parse(text)))

/** Each text in the middle of another, as a line of a chunk is. */
function ofRepeated(texts: readonly string[]): unknown[] {
  const json = new RepeatedJson()
  return texts.map((text) =>
    outcomeOf(() => json.parse(`data: ${text}\n\n`, 'data: '.length, 'data: '.length + text.length)),
  )
}

const string = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('<string>', '<text>', '"', '\\', 'a\nb', '__proto__', ''),
)
const json = fc.json({ maxDepth: 4, stringUnit: 'grapheme' })

/** What comes around a string that changes: chunks of servers, and texts that a wrong template would take for another. */
const around = fc.oneof(
  fc.constantFrom<[string, string]>(
    ['{"id":"c","choices":[{"index":0,"delta":{"content":', '},"finish_reason":null}],"usage":null}'],
    ['{"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":', '},"logprobs":{"content":[]}}]}'],
    ['{"a":', ',"a":1}'],
    ['{"a":1,"a":', '}'],
    ['{"__proto__":', '}'],
    ['{"__proto__":{"a":1},"b":', '}'],
    ['{"a":{"__proto__":{"b":', '}}}'],
    ['{', ':1,"b":"<string>"}'],
    ['["<string>",', ']'],
    ['{"<text>":', ',"<string>":"<text>"}'],
    ['', ''],
    [' [', '] '],
    ['[[[[', ']]]]'],
    ['{"a":"\\"', '"}'],
    ['{"a":"\\\\",', ':""}'],
  ),
  fc.tuple(json, json).map(([one, other]): [string, string] => [`{"a":${one},"b":`, `,"c":${other}}`]),
)
/** Between them: strings, strings that are not written as they should be, and other values. */
const middle = fc.oneof(
  { weight: 8, arbitrary: string.map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('"', '\\', 'u', '0', ',', ':', '{', '\n', ' ', 'a') }) },
  { weight: 1, arbitrary: string.map((text) => `"${text}"`) },
  { weight: 1, arbitrary: json },
)
const repeats = fc
  .tuple(around, fc.array(middle, { maxLength: 8 }))
  .map(([[before, after], middles]) => middles.map((text) => before + text + after))

test('the values, and the failures, are those of JSON.parse, whatever is repeated', () => {
  fc.assert(
    fc.property(fc.array(repeats, { maxLength: 4 }), (groups) => {
      const texts = groups.flat()
      expect(ofRepeated(texts)).toEqual(ofPlatform(texts))
    }),
    { numRuns: 3000 },
  )
})

test('texts that differ from each other in a few characters are told apart', () => {
  const characters = fc.string({
    unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', 'a', '1', ' '),
    maxLength: 3,
  })
  const edits = fc.array(fc.record({ at: fc.nat(40), remove: fc.nat(3), add: characters }), { maxLength: 12 })
  fc.assert(
    fc.property(around, string, edits, ([before, after], text, changes) => {
      const whole = before + JSON.stringify(text) + after
      const other = before + JSON.stringify(`${text}.`) + after
      const changed = changes.map(({ at, remove, add }) => whole.slice(0, at) + add + whole.slice(at + remove))
      const texts = [whole, other, whole, ...changed.flatMap((each) => [each, whole])]
      expect(ofRepeated(texts)).toEqual(ofPlatform(texts))
    }),
    { numRuns: 3000 },
  )
})

const chunk = (content: string): string =>
  JSON.stringify({ id: 'c', choices: [{ index: 0, delta: { content }, finish_reason: null }], usage: null })

test('chunks that differ in their text are parsed until it is known where, and those with other members again', () => {
  const parse = vi.spyOn(JSON, 'parse')
  const json = new RepeatedJson()
  const texts = ['The', ' sea', ' is', ' wide', '.'].map((text) => chunk(text))
  for (const text of texts) json.parse(text, 0, text.length)
  // The first two, and the template with two placeholders.
  expect(parse).toHaveBeenCalledTimes(4)
  const last = chunk('.').replace('"finish_reason":null', '"finish_reason":"stop"')
  json.parse(last, 0, last.length)
  expect(parse.mock.calls.some(([text]) => text === last)).toBe(true)
  parse.mockRestore()
})

test('a stream whose events differ in more than a string is compared a few times only', () => {
  const parse = vi.spyOn(JSON, 'parse')
  const json = new RepeatedJson()
  for (let index = 0; index < 100; index++) {
    const text = JSON.stringify({ index, token: { text: ` ${index}`, logprob: -index / 3 } })
    json.parse(text, 0, text.length)
  }
  expect(parse.mock.calls.length).toBeLessThanOrEqual(100 + 2 * 8)
  parse.mockRestore()
})

test('no two values share a part', () => {
  const json = new RepeatedJson()
  const values = ['a', 'b', 'c', 'd'].map((text) => json.parse(chunk(text), 0, chunk(text).length))
  const [, , third, fourth] = values as { choices: [{ index: number; delta: { content: string } }] }[]
  third!.choices[0].index = 7
  third!.choices[0].delta.content = 'changed'
  third!.choices.push(undefined as never)
  expect(fourth).toEqual(JSON.parse(chunk('d')))
  expect(json.parse(chunk('e'), 0, chunk('e').length)).toEqual(JSON.parse(chunk('e')))
})
