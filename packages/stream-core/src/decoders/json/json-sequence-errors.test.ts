import { describe, expect, test } from 'vitest'
import { chunkSizes, cutEvery, run, utf8 } from '../../../test-support/cuts.ts'
import { JsonSequenceDecoder, type JsonSequenceDecoderOptions } from '../json-sequence-decoder.ts'
import { ServerSentError } from '../server-sent-error.ts'
import { jsonSequenceDone } from './json-value-reader.ts'

const decode = (input: string, size: number, options: JsonSequenceDecoderOptions) =>
  run(new JsonSequenceDecoder(options), cutEvery(utf8(input), size))

const error = (value: unknown): ServerSentError => new ServerSentError(value)

describe.each(chunkSizes)('errors of a server in chunks of %d bytes', (size) => {
  test.each<[string, string, unknown[]]>([
    ['an event of type error', 'event: error\ndata: {"message":"no"}\n\n', [error({ message: 'no' })]],
    ['without spaces, with CRLF', 'event:error\r\ndata:{"a":1}\r\n\r\n', [error({ a: 1 })]],
    ['as text', 'event: error\ndata: Internal Server Error\n\n', [error('Internal Server Error')]],
    ['as text of several lines', 'event: error\ndata: no\ndata: way\n\n', [error('no\nway')]],
    ['as JSON of several lines', 'event: error\ndata: {\ndata: "a":1}\n\n', [error({ a: 1 })]],
    ['as null', 'event: error\ndata: null\n\n', [error(null)]],
    ['at the end of the input', 'event: error\ndata: no', [error('no')]],
    ['as a field of llama.cpp', 'error: {"code":400}\n\ndata: [DONE]\n\n', [error({ code: 400 }), jsonSequenceDone]],
    ['as a field with text', 'data: {"a":1}\n\nerror: slot unavailable\n\n', [{ a: 1 }, error('slot unavailable')]],
    [
      'before a done marker without blank line',
      'event: error\ndata: {}\ndata: [DONE]\n\n',
      [error({}), jsonSequenceDone],
    ],
    ['and the event after it', 'event: error\ndata: {"a":1}\n\ndata: {"b":2}\n\n', [error({ a: 1 }), { b: 2 }]],
    ['and an event of another type', 'event: error\ndata: x\nevent: message\ndata: 1\n\n', [error('x'), 1]],
    ['not in an event of another type', 'event: errors\ndata: {"a":1}\n\n', [{ a: 1 }]],
    ['not within JSON', '{"a":\n"error: 1"}', [{ a: 'error: 1' }]],
  ])('%s', (_, input, values) => {
    const outcome = decode(input, size, { markErrors: true })
    expect(outcome).toEqual({ values })
    expect(outcome.values.map((value) => ServerSentError.is(value))).toEqual(
      values.map((value) => ServerSentError.is(value)),
    )
  })

  test('a text that is too long is refused', () => {
    const { error: failure } = decode('event: error\ndata: 1 2\ndata: 3 4\ndata: 5 6\ndata: 7 8\n\n', size, {
      markErrors: true,
      maxLineLength: 12,
    })
    expect(failure).toMatchObject({ code: 'line-too-long', lineNumber: 5 })
  })

  test('are values and lines like others without the option', () => {
    expect(decode('event: error\ndata: {"a":1}\n\n', size, {})).toEqual({ values: [{ a: 1 }] })
    expect(decode('error: {"code":400}\n\n', size, {}).error).toMatchObject({ code: 'invalid-json', byteOffset: 0 })
  })
})

describe.each(chunkSizes)('numbers of Python in chunks of %d bytes', (size) => {
  const python = String.raw`{"a":NaN,"b":-Infinity,"c":[Infinity,1],"d":"NaN \"Infinity\\","e\"NaN":-Infinity}`
  const parsed = { a: null, b: -Infinity, c: [Infinity, 1], d: 'NaN "Infinity\\', 'e"NaN': -Infinity }

  test.each([
    ['a line', `${python}\n`, [parsed]],
    ['events', `data: ${python}\n\ndata: {"a":1}\n\n`, [parsed, { a: 1 }]],
    ['one after the other', `${python}${python}`, [parsed, parsed]],
    ['alone', 'NaN\nInfinity\n-Infinity', [null, Infinity, -Infinity]],
  ])('%s', (_, input, values) => {
    expect(decode(input, size, { pythonNumbers: true })).toEqual({ values })
  })

  test.each(['{"a":NaN}', '[Infinity]', '-Infinity'])('%s is not JSON without the option', (input) => {
    expect(decode(input, size, {}).error).toMatchObject({ code: 'invalid-json', byteOffset: 0 })
  })

  test.each(['[Nan]', '[-NaN]', '[+Infinity]', '[Infinit]', '[NaN1]', '{NaN:1}'])(
    '%s is not a number of Python',
    (input) => {
      expect(decode(input, size, { pythonNumbers: true }).error).toMatchObject({ code: 'invalid-json' })
    },
  )
})

describe.each(chunkSizes)('JSON text sequences (RFC 7464) in chunks of %d bytes', (size) => {
  test.each([
    ['\x1e12\n\x1etrue\n\x1e"a"\n', [12, true, 'a']],
    ['\x1e12 \x1enull\t', [12, null]],
    ['\x1e{"a":1}\x1e[1]\x1e"a"', [{ a: 1 }, [1], 'a']],
    ['12', [12]],
    ['\x1e1\n2', [1, 2]],
  ])('%j is complete', (input, values) => {
    expect(decode(input, size, {})).toEqual({ values })
  })

  test.each([
    ['\x1e{"a":1}\n\x1e12', [{ a: 1 }], 10, true],
    ['\x1e123\x1e456\n', [], 1, false],
    ['\x1etrue\x1e456\n', [], 1, false],
    ['\x1e1\n\x1enull', [1], 4, true],
    ['\x1e12{"a":1}\n', [], 1, false],
  ])('%j ends in a value that may be cut off', (input, values, byteOffset, atEnd) => {
    const outcome = decode(input, size, {})
    expect(outcome.values).toEqual(values)
    expect(outcome.error).toMatchObject({ code: 'invalid-json', byteOffset, atEnd })
  })
})
