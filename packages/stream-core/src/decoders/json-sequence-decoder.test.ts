import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { chunkSizes, cutAnywhere, cutEvery, run, utf8 } from '../../test-support/cuts.ts'
import { JsonSequenceDecoder, type JsonSequenceDecoderOptions } from './json-sequence-decoder.ts'
import { jsonSequenceDone } from './json/json-value-reader.ts'
import type { StreamDecodeError } from './stream-decode-error.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 60_000 })

const decode = (
  input: string | Uint8Array,
  options: JsonSequenceDecoderOptions = {},
  size = Number.POSITIVE_INFINITY,
) => {
  const bytes = typeof input === 'string' ? utf8(input) : input
  const { values, error } = run(new JsonSequenceDecoder(options), cutEvery(bytes, size))
  return { values, error: error as StreamDecodeError | undefined }
}

const container = fc.oneof(
  fc.array(fc.jsonValue(), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }),
)
const values = fc
  .array(fc.jsonValue(), { maxLength: 5 })
  .map((list) => list.map((value) => JSON.parse(JSON.stringify(value)) as unknown))
const containers = fc
  .array(container, { maxLength: 5 })
  .map((list) => list.map((value) => JSON.parse(JSON.stringify(value)) as unknown))
const lineEnd = fc.constantFrom('\n', '\r\n', '\r')

const framings: [string, fc.Arbitrary<{ list: unknown[]; text: string }>][] = [
  [
    'JSON lines',
    fc
      .record({ list: values, end: lineEnd })
      .map(({ list, end }) => ({ list, text: list.map((value) => JSON.stringify(value) + end).join('') })),
  ],
  [
    'JSON lines, last one open',
    fc
      .record({ list: values, end: lineEnd })
      .map(({ list, end }) => ({ list, text: list.map((value) => JSON.stringify(value)).join(end) })),
  ],
  ['concatenated', containers.map((list) => ({ list, text: list.map((value) => JSON.stringify(value)).join('') }))],
  [
    'pretty-printed',
    fc.record({ list: values, end: lineEnd }).map(({ list, end }) => ({
      list,
      text: list.map((value) => `${JSON.stringify(value, null, 2).replaceAll('\n', end)}${end}`).join(''),
    })),
  ],
  [
    'record separators',
    values.map((list) => ({ list, text: list.map((value) => `\x1e${JSON.stringify(value)}\n`).join('') })),
  ],
  [
    'events',
    fc.record({ list: values, end: lineEnd }).map(({ list, end }) => ({
      list,
      text: list.map((value) => `data: ${JSON.stringify(value)}${end}${end}`).join(''),
    })),
  ],
  [
    'events, no space, one newline',
    values.map((list) => ({ list, text: list.map((value) => `data:${JSON.stringify(value)}`).join('\n') })),
  ],
  [
    'events, pretty-printed',
    fc.record({ list: values, end: lineEnd }).map(({ list, end }) => ({
      list,
      text: list
        .map(
          (value) =>
            `id: 1${end}data: ${JSON.stringify(value, null, 1).replaceAll('\n', `${end}data: `)}${end}: comment${end}${end}`,
        )
        .join(''),
    })),
  ],
]

describe('any values, any cuts', () => {
  test.each(framings)('%s', (_name, framing) => {
    const cases = framing.chain(({ list, text }) => cutAnywhere(utf8(text)).map((chunks) => ({ list, chunks })))
    fc.assert(
      fc.property(cases, ({ list, chunks }) => {
        expect(run(new JsonSequenceDecoder(), chunks)).toEqual({ values: list })
      }),
      { numRuns: 800 },
    )
  })
})
const eol = ['\n', '\r\n', '\r'] as const

describe.each(chunkSizes)('in chunks of %d bytes', (size) => {
  const valuesOf = (text: string): unknown[] => {
    const { values, error } = decode(text, {}, size)
    expect(error).toBeUndefined()
    return values
  }

  describe('every framing', () => {
    test.each<[string, string, unknown[]]>([
      ['nothing', '', []],
      ['white space', ' \t\r\n\n', []],
      ['one document', '{"a":[1,2]}', [{ a: [1, 2] }]],
      ['one document over many lines', '{\n  "a": [\n    1\n  ]\n}\n', [{ a: [1] }]],
      ['JSON lines', '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
      ['JSON lines with blank lines and spaces', '\n {"a":1} \n\n\t{"a":2}', [{ a: 1 }, { a: 2 }]],
      ['documents without anything between them', '{"a":1}{"a":2}[3]"x"{}', [{ a: 1 }, { a: 2 }, [3], 'x', {}]],
      ['documents with spaces between them', '{"a":1} {"a":2} 3 "x" null', [{ a: 1 }, { a: 2 }, 3, 'x', null]],
      ['scalars on lines', '1\n-2.5e3\n"x"\ntrue\nnull\n0', [1, -2500, 'x', true, null, 0]],
      ['record separators', '\u001e{"a":1}\n\u001e2\n\u001e"x"\n', [{ a: 1 }, 2, 'x']],
      ['brackets, quotes and escapes in strings', '{"a":"}]\\"\\\\"}{"b":"\\u007b{["}', [{ a: '}]"\\' }, { b: '{{[' }]],
      ['a byte order mark', '\uFEFF{"a":1}', [{ a: 1 }]],
      ['a byte order mark and events', '\uFEFFdata: 1\n\n', [1]],
      ['events', 'data: {"a":1}\n\ndata: {"a":2}\n\n', [{ a: 1 }, { a: 2 }]],
      ['events without a space', 'data:{"a":1}\n\ndata:{"a":2}\n\n', [{ a: 1 }, { a: 2 }]],
      ['events with one newline between them', 'data: {"a":1}\ndata: {"a":2}\n', [{ a: 1 }, { a: 2 }]],
      ['an event without a line end', 'data: {"a":1}\n\ndata: {"a":2}', [{ a: 1 }, { a: 2 }]],
      ['an event with other fields and comments', ': c\nid: 1\nevent: e\nretry: 5\ndata: 1\n:\nid\n\n', [1]],
      ['an event without data', 'event: ping\n\ndata:\n\ndata\n\ndata: 1\n\n', [1]],
      [
        'a value over several data lines',
        'data: {"a":\ndata: [1,\ndata:2]\ndata: }\n\ndata: 3\n\n',
        [{ a: [1, 2] }, 3],
      ],
      ['several values in one data line', 'data: {"a":1}{"a":2} 3\n\n', [{ a: 1 }, { a: 2 }, 3]],
      ['events, then bare JSON', 'data: {"a":1}\n\n{"error":"x"}', [{ a: 1 }, { error: 'x' }]],
      ['bare JSON, then events', '{"a":1}\ndata: {"a":2}\n\n', [{ a: 1 }, { a: 2 }]],
      ['characters of all lengths', 'data: {"a":"é日😀"}\n\n"é日😀"', [{ a: 'é日😀' }, 'é日😀']],
      ['U+2028 in a string', '"\u2028"\n', ['\u2028']],
      ['a value with the name of a field', '{"data: x":"id"}\n', [{ 'data: x': 'id' }]],
      ['equal keys: the last one counts', '{"a":1,"a":2}', [{ a: 2 }]],
    ])('%s', (_name, text, values) => {
      for (const end of eol) expect(valuesOf(text.replaceAll('\n', end))).toEqual(values)
    })

    test('__proto__ is a key like others', () => {
      expect(Object.keys(valuesOf('{"__proto__":1}')[0] as object)).toEqual(['__proto__'])
    })

    test.each([
      ['in an event', 'data: 1\n\ndata: [DONE]\n\ndata: 2\n\n'],
      ['without a space', 'data:1\n\ndata:[DONE]\n\ndata:2\n\n'],
      ['on a line', '1\n[DONE]\n2\n'],
      ['between documents', '1 [DONE]2'],
    ])('[DONE] is a symbol, %s', (_name, text) => {
      expect(valuesOf(text)).toEqual([1, jsonSequenceDone, 2])
    })
  })

  describe('what is not JSON', () => {
    interface Violation {
      readonly values: readonly unknown[]
      readonly at: readonly [lineNumber: number, byteOffset: number]
      readonly text: RegExp
      readonly atEnd?: boolean
    }
    test.each<[string, string, Violation]>([
      ['HTML', '<html>\n', { values: [], at: [1, 0], text: /^</ }],
      ['HTML after white space', '\n  <!doctype html>', { values: [], at: [2, 3], text: /^</ }],
      ['plain text', 'Internal Server Error\n', { values: [], at: [1, 0], text: /^I/ }],
      ['text like a field', 'error: out of memory\n', { values: [], at: [1, 0], text: /^e/ }],
      ['HTML after values', '{"a":1}\n{"a":2}\n<html>', { values: [{ a: 1 }, { a: 2 }], at: [3, 16], text: /^</ }],
      ['HTML after events', 'data: 1\n\n<html>\n', { values: [1], at: [3, 9], text: /^</ }],
      ['HTML in an event', 'data: 1\n\ndata: <html>\n\n', { values: [1], at: [3, 15], text: /^</ }],
      ['HTML within a line', '{"a":1}<html>', { values: [{ a: 1 }], at: [1, 7], text: /^</ }],
      ['a bad line among good ones', '{"a":1}\n{"a":}\n{"a":2}\n', { values: [{ a: 1 }], at: [2, 8], text: /^{"a":}/ }],
      [
        'a line that ends in a string',
        '{"a":1}\n{"a":"x\n{"a":2}\n',
        { values: [{ a: 1 }], at: [2, 8], text: /^{"a":"x/ },
      ],
      ['a line that lacks its end', '{"a":1\n{"a":2}\n', { values: [], at: [1, 0], text: /^{"a":1\n{/ }],
      [
        'a value that is cut, then another',
        '{"é":"日"}\n{"a":{"b":1}\n{"a":2}\n',
        { values: [{ é: '日' }], at: [2, 13], text: /^{"a"/ },
      ],
      ['a comma between documents', '{"a":1},{"a":2}', { values: [{ a: 1 }], at: [1, 7], text: /^,/ }],
      ['single quotes', "{'a':1}", { values: [], at: [1, 0], text: /^{'/ }],
      ['NaN', 'data: {"a":NaN}\n\n', { values: [], at: [1, 6], text: /^{"a":N/ }],
      ['a trailing comma', '[1,]\n', { values: [], at: [1, 0], text: /^\[1,\]/ }],
      ['a word that goes on', 'truefalse nullx', { values: [true, false, null], at: [1, 14], text: /^x/ }],
      ['an event that ends in a value', 'data: {"a":\n\ndata: 1}\n\n', { values: [], at: [1, 6], text: /^{"a":\n$/ }],
      ['a string over two data lines', 'data: 0\n\ndata: "x\ndata: y"\n\n', { values: [0], at: [3, 15], text: /^"x$/ }],
      [
        'an object that the end cuts',
        '{"a":1}\n{"a":',
        { values: [{ a: 1 }], at: [2, 8], text: /^{"a":$/, atEnd: true },
      ],
      ['a string that the end cuts', '1\n"x', { values: [1], at: [2, 2], text: /^"x$/, atEnd: true }],
      ['a word that the end cuts', 'tru', { values: [], at: [1, 0], text: /^tru$/, atEnd: true }],
      ['a number that the end cuts', '1 -', { values: [1], at: [1, 2], text: /^-$/, atEnd: true }],
      [
        'an event that the end cuts',
        'data: 1\n\ndata: {"a":"x',
        { values: [1], at: [3, 15], text: /^{"a":"x$/, atEnd: true },
      ],
      [
        'an event of several lines, cut',
        'data: {\ndata: "a":',
        { values: [], at: [1, 6], text: /^{\n ?"a":$/, atEnd: true },
      ],
    ])('%s', (_name, text, violation) => {
      const { values, error } = decode(text, {}, size)
      expect(values).toEqual(violation.values)
      const [lineNumber, byteOffset] = violation.at
      const { atEnd = false } = violation
      expect(error).toMatchObject({ code: 'invalid-json', lineNumber, byteOffset, atEnd })
      expect(error?.text).toMatch(violation.text)
    })

    test('the rest begins with the bad value, and the value and the rest are in no output', () => {
      const { error } = decode('{"a":1}\n{"secret":"x",\n}\n', {}, size)
      expect(new TextDecoder().decode(error?.rest)).toMatch(/^{"secret":"x",\n}/)
      expect(error?.message).not.toContain('secret')
      expect(JSON.stringify(error)).not.toContain('secret')
    })
  })

  describe('limits', () => {
    test('a value may be as long as the limit and no longer', () => {
      expect(decode('"1234" "1234"\n"1234"', { maxLineLength: 6 }, size).values).toEqual(['1234', '1234', '1234'])
      const { values, error } = decode('"1234""12345"', { maxLineLength: 6 }, size)
      expect(values).toEqual(['1234'])
      expect(error).toMatchObject({ code: 'line-too-long', byteOffset: 6, lineNumber: 1 })
    })

    test('the lines of a value count together', () => {
      expect(decode('[1,\n2]', { maxLineLength: 6 }, size).values).toEqual([[1, 2]])
      expect(decode('[1,\n23]', { maxLineLength: 6 }, size).error?.code).toBe('line-too-long')
      expect(decode('data:[1,\ndata:23]\n\n', { maxLineLength: 8 }, size).values).toEqual([[1, 23]])
      expect(decode('data:[1,\ndata:2345]\n\n', { maxLineLength: 8 }, size).error?.code).toBe('line-too-long')
    })

    test('a line of an event may be as long as the limit and no longer', () => {
      expect(decode('data: 1234\n\n', { maxLineLength: 10 }, size).values).toEqual([1234])
      const { error } = decode('\ndata: 12345\n\n', { maxLineLength: 10 }, size)
      expect(error).toMatchObject({ code: 'line-too-long', byteOffset: 1, lineNumber: 2 })
      expect(decode(': 123456789\n', { maxLineLength: 10 }, size).error?.code).toBe('line-too-long')
    })

    test('a line of bare JSON may be longer than the values on it', () => {
      expect(decode(`${'[1] '.repeat(100)}\n`, { maxLineLength: 3 }, size).values).toHaveLength(100)
      expect(decode(`${' '.repeat(1000)}[1]${' '.repeat(1000)}\n`, { maxLineLength: 3 }, size).values).toEqual([[1]])
    })
  })

  test('bytes that are not UTF-8 are replaced, or an error', () => {
    const bytes = new Uint8Array([...utf8('1\n"é'), 0xff, ...utf8('"\n2')])
    expect(decode(bytes, {}, size).values).toEqual([1, 'é\uFFFD', 2])
    const { values, error } = decode(bytes, { fatal: true }, size)
    expect(values).toEqual([1])
    expect(error).toMatchObject({ code: 'invalid-utf8', byteOffset: 5, lineNumber: 2 })
    expect(error?.rest.slice(0, 4)).toEqual(Uint8Array.of(...utf8('"é'), 0xff))
  })
})

describe('when a value comes, or an error', () => {
  const push = (...chunks: string[]): readonly (readonly unknown[])[] => {
    const decoder = new JsonSequenceDecoder()
    return chunks.map((chunk) => decoder.push(utf8(chunk)))
  }

  test('a container, string or word with its last character, also within a line', () => {
    expect(push('{"a":1', '}', '"x', '" tru', 'e')).toEqual([[], [{ a: 1 }], [], ['x'], [true]])
  })

  test('a number with what follows it', () => {
    expect(push('1', '2', '\n3', ' ')).toEqual([[], [], [12], [3]])
  })

  test('the value of an event with its data line, and not later', () => {
    expect(push('data: {"a":1}', '\n', '\n')).toEqual([[], [{ a: 1 }], []])
  })

  test('HTML is an error with its first character, after values on the line before', () => {
    expect(() => push('<')).toThrow('invalid-json')
    expect(() => push('data: 1\n\n', '<')).toThrow('invalid-json')
    const decoder = new JsonSequenceDecoder()
    expect(decoder.push(utf8('{"a":1}\n<'))).toEqual([{ a: 1 }])
    expect(() => decoder.push(new Uint8Array(0))).toThrow('invalid-json')
  })

  test('plain text is an error with the first character that tells it from a field', () => {
    expect(push('d', 'a')).toEqual([[], []])
    expect(() => push('d', 'a', 'm')).toThrow('invalid-json')
    expect(() => push('I')).toThrow('invalid-json')
  })

  test('a long body of plain text is not gathered first', () => {
    expect(() => push('Service temporarily unavailable')).toThrow('invalid-json')
  })
})
