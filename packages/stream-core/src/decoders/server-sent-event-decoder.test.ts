import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { chunkSizes, cutEvery, run, utf8 } from '../../test-support/cuts.ts'
import { textBytes, withCuts } from '../../test-support/text-bytes-arbitrary.ts'
import {
  type ServerSentEvent,
  ServerSentEventDecoder,
  type ServerSentEventDecoderOptions,
} from './server-sent-event-decoder.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 60_000 })

/** The section "Interpreting an event stream" of the standard, word by word, for input that is all there. */
function interpret(bytes: Uint8Array, deliverPending: boolean): ServerSentEvent[] {
  const events: ServerSentEvent[] = []
  let data = ''
  let event = ''
  let id = ''
  let retry: number | undefined
  const dispatch = (): void => {
    if (data !== '') events.push({ event: event || 'message', data: data.slice(0, -1), id, retry })
    data = ''
    event = ''
  }
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\r|\n/)
  const unterminated = lines.pop() ?? ''
  if (deliverPending && unterminated !== '') lines.push(unterminated)
  for (const line of lines) {
    if (line === '') {
      dispatch()
      continue
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line)!
    if (field === 'data') data += `${value}\n`
    if (field === 'event') event = value
    if (field === 'id' && !value.includes('\0')) id = value
    if (field === 'retry' && /^[0-9]+$/.test(value)) retry = Number(value)
  }
  if (deliverPending) dispatch()
  return events
}

const decode = (text: string, options: ServerSentEventDecoderOptions = {}, size = Number.POSITIVE_INFINITY) =>
  run(new ServerSentEventDecoder(options), cutEvery(utf8(text), size))

const stream = textBytes(
  'data',
  'event',
  'id',
  'retry',
  ':',
  ': ',
  'data: x',
  'data:x\n\n',
  'id: 1\n',
  'event: e\n',
  '\0',
  '1',
  '\n\n',
)

describe('any bytes, any cuts', () => {
  test.each([true, false])('the events are those of the standard (deliverPending %s)', (deliverPending) => {
    fc.assert(
      fc.property(withCuts(stream), ({ whole, chunks }) => {
        const decoder = new ServerSentEventDecoder({ deliverPending })
        expect(run(decoder, chunks)).toEqual({ values: interpret(whole, deliverPending) })
      }),
      { numRuns: 2000 },
    )
  })
})

/** The data of the events, for cases in which nothing else matters. */
const dataOf = (text: string, size: number, options?: ServerSentEventDecoderOptions): string[] =>
  decode(text, options, size).values.map((event) => event.data)

describe.each(chunkSizes)('the format, in chunks of %d bytes', (size) => {
  const events: [string, string, string[]][] = [
    ['data lines are joined by LF', 'data: a\ndata: b\n\n', ['a\nb']],
    ['an event without data is none', 'event: ping\nid: 1\n\n: nothing\n\n', []],
    ['empty data is data', 'data\n\ndata:\n\ndata: \n\n', ['', '', '']],
    ['empty data lines count', 'data\ndata\n\n', ['\n']],
    ['one space after the colon is removed, no more', 'data:a\ndata: b\ndata:  c\ndata:\td\n\n', ['a\nb\n c\n\td']],
    ['a colon in the value is part of it', 'data: a: b\n\ndata::\n\n', ['a: b', ':']],
    ['a line without a colon is a field without a value', 'data: a\ndata\n\n', ['a\n']],
    ['comments are ignored, wherever they are', ':\ndata: a\n: b\n:data: c\ndata: d\n\n', ['a\nd']],
    ['unknown fields are ignored', 'foo: x\ndata: a\ndatax: b\nfoo\n\n', ['a']],
    ['field names are taken literally', 'Data: x\n data: y\ndata : z\ndata: a\n\n', ['a']],
    ['CR, LF and CRLF, mixed', 'data: a\rdata: b\r\ndata: c\n\r\ndata: d\r\r', ['a\nb\nc', 'd']],
    ['blank lines between events', '\n\n\ndata: a\n\n\n\ndata: b\n\n', ['a', 'b']],
    ['a byte order mark at the start', '\uFEFFdata: a\n\n', ['a']],
    ['but not a second one, nor later', '\uFEFF\uFEFFdata: x\n\n\uFEFFdata: y\n\ndata: \uFEFFa\n\n', ['\uFEFFa']],
    ['U+2028 ends no line', 'data: a\u2028data: b\n\n', ['a\u2028data: b']],
    ['NUL in data is data', 'data: a\0b\n\n', ['a\0b']],
    ['characters of all lengths', 'data: é日😀\n\n', ['é日😀']],
    ['[DONE] is data', 'data: [DONE]\n\n', ['[DONE]']],
  ]
  test.each(events)('%s', (_name, text, data) => {
    expect(dataOf(text, size)).toEqual(data)
  })

  test('the event field names the event, for that event alone', () => {
    const { values } = decode(
      'event: a\ndata: 1\n\ndata: 2\n\nevent: b\nevent: c\ndata: 3\n\nevent\ndata: 4\n\n',
      {},
      size,
    )
    expect(values.map(({ event }) => event)).toEqual(['a', 'message', 'c', 'message'])
  })

  test('the event name of an event without data is forgotten', () => {
    expect(decode('event: a\n\ndata: 1\n\n', {}, size).values.map(({ event }) => event)).toEqual(['message'])
  })

  test('the id stays until the next one, and an id with NUL is ignored', () => {
    const { values } = decode('data: 1\n\nid: a\n\ndata: 2\n\ndata: 3\nid: b\0\n\nid\ndata: 4\n\n', {}, size)
    expect(values.map(({ id }) => id)).toEqual(['', 'a', 'a', ''])
  })

  test('the reconnection time stays until the next one, and anything but digits is ignored', () => {
    const text = 'data: 1\n\nretry: 20\n\ndata: 2\n\nretry: 3s\nretry:\nretry: -1\ndata: 3\n\nretry:0\ndata: 4\n\n'
    expect(decode(text, {}, size).values.map(({ retry }) => retry)).toEqual([undefined, 20, 20, 0])
  })

  test('an event that lacks its blank line, or even its line end, is delivered at the end', () => {
    expect(dataOf('data: a\n\ndata: b\n', size)).toEqual(['a', 'b'])
    expect(dataOf('data: a\n\ndata: b', size)).toEqual(['a', 'b'])
    expect(dataOf('data: a\n\ndata: b\ndata', size)).toEqual(['a', 'b\n'])
  })

  test('or dropped, as the standard has it', () => {
    expect(dataOf('data: a\n\ndata: b\n', size, { deliverPending: false })).toEqual(['a'])
    expect(dataOf('data: a\n\ndata: b', size, { deliverPending: false })).toEqual(['a'])
  })

  test('one newline between events makes one event, unless data lines end events', () => {
    expect(dataOf('data: a\ndata:b\ndata: c', size)).toEqual(['a\nb\nc'])
    expect(dataOf('data: a\ndata:b\ndata: c', size, { eventEnd: 'data-line' })).toEqual(['a', 'b', 'c'])
  })

  test('with data lines that end events, fields before a data line belong to it', () => {
    const { values } = decode('event: a\nid: 1\ndata: x\ndata: y\n\n', { eventEnd: 'data-line' }, size)
    expect(values).toEqual([
      { event: 'a', data: 'x', id: '1', retry: undefined },
      { event: 'message', data: 'y', id: '1', retry: undefined },
    ])
  })

  test('a line longer than the limit is an error, after the events before it', () => {
    const { values, error } = decode('data: a\n\ndata: 12345\n\n', { maxLineLength: 10 }, size)
    expect(values.map(({ data }) => data)).toEqual(['a'])
    expect(error).toMatchObject({ code: 'line-too-long', byteOffset: 9, lineNumber: 3 })
    expect(dataOf('data: a\n\ndata: 1234\n\n', size, { maxLineLength: 10 })).toEqual(['a', '1234'])
  })

  test('so is the data of one event, over all of its lines', () => {
    const { values, error } = decode(
      'data:123\ndata:456\n\ndata:123\ndata:456\ndata:78\n\n',
      { maxLineLength: 9 },
      size,
    )
    expect(values.map(({ data }) => data)).toEqual(['123\n456'])
    expect(error).toMatchObject({ code: 'line-too-long', lineNumber: 6 })
  })

  test('bytes that are not UTF-8 are replaced, or an error', () => {
    const bytes = new Uint8Array([...utf8('data: a'), 0xff, ...utf8('\n\n')])
    expect(run(new ServerSentEventDecoder(), cutEvery(bytes, size)).values.map(({ data }) => data)).toEqual(['a\uFFFD'])
    expect(run(new ServerSentEventDecoder({ fatal: true }), cutEvery(bytes, size)).error).toMatchObject({
      code: 'invalid-utf8',
      byteOffset: 7,
    })
  })
})

test('an event comes with the chunk that has its blank line', () => {
  const decoder = new ServerSentEventDecoder()
  expect(decoder.push(utf8('data: a\n'))).toEqual([])
  expect(decoder.push(utf8('\n')).map(({ data }) => data)).toEqual(['a'])
  expect(decoder.push(utf8('data: b\r\n\r')).map(({ data }) => data)).toEqual(['b'])
  expect(decoder.push(utf8('\n'))).toEqual([])
})
