import { type Scenario, type ScenarioEnd, scenario } from './scenario.ts'

/** An event as it is in the corpus; `retry` is missing where no reconnection time was set. */
export interface EventValue {
  readonly event: string
  readonly data: string
  readonly id: string
  readonly retry?: number
}

const event = (data: string, fields: Partial<EventValue> = {}): EventValue => ({
  event: 'message',
  data,
  id: '',
  ...fields,
})

/** A scenario in which all events are plain ones. */
const plain = (
  name: string,
  parts: readonly string[],
  data: readonly string[],
  end?: ScenarioEnd,
): Scenario<EventValue> =>
  scenario(
    name,
    parts,
    data.map((text) => event(text)),
    end,
  )

export const serverSentEventScenarios: readonly Scenario<EventValue>[] = [
  plain('one event', ['data: a\n\n'], ['a']),
  plain('several events in one chunk', ['data: a\n\ndata: b\n\ndata: c\n\n'], ['a', 'b', 'c']),
  plain('one event over several chunks', ['da', 'ta', ': ', 'a', 'b\n', '\n'], ['ab']),
  plain('a cut between the two line ends', ['data: a\n', '\ndata: b\n', '\n'], ['a', 'b']),
  plain('no space after the colon', ['data:a\n\ndata:  b\n\n'], ['a', ' b']),
  plain('several data lines are joined by LF', ['data: a\ndata: b\ndata:\ndata: c\n\n'], ['a\nb\n\nc']),
  plain('empty data is data', ['data\n\ndata:\n\ndata: \n\n'], ['', '', '']),
  plain('an event without data is none', ['event: ping\n\nid: 1\n\n: c\n\n'], []),
  plain('keep-alive comments', [':\n\n', 'data: a\n\n', ': keep-alive\n\n', 'data: b\n\n'], ['a', 'b']),
  plain('a comment inside an event', ['data: a\n: c\ndata: b\n\n'], ['a\nb']),
  plain('unknown fields are ignored', ['foo: x\nDATA: y\n data: z\ndata: a\n\n'], ['a']),
  plain('CRLF line ends', ['data: a\r\n\r\ndata: b\r\n\r\n'], ['a', 'b']),
  plain('CRLF line ends that are cut', ['data: a\r', '\n\r', '\ndata: b\r', '\n', '\r\n'], ['a', 'b']),
  plain('CR line ends', ['data: a\r\rdata: b\r\r'], ['a', 'b']),
  plain('mixed line ends', ['data: a\ndata: b\r\ndata: c\r\n\r'], ['a\nb\nc']),
  plain('a byte order mark at the start', ['\uFEFFdata: a\n\n'], ['a']),
  plain(
    'a byte order mark later is part of the field name',
    ['data: a\n\n\uFEFFdata: b\n\ndata: \uFEFFc\n\n'],
    ['a', '\uFEFFc'],
  ),
  plain('U+2028 ends no line', ['data: a\u2028b\n\n'], ['a\u2028b']),
  plain('the last event lacks its blank line', ['data: a\n\n', 'data: b\n'], ['a', 'b']),
  plain('the last event lacks its line end', ['data: a\n\n', 'data: b'], ['a', 'b']),
  plain('the standard drops an event without its blank line', ['data: a\n\n', 'data: b\n'], ['a'], {
    options: { deliverPending: false },
  }),
  plain('one newline between events', ['data: a\ndata: b\n', 'data: c\n'], ['a', 'b', 'c'], {
    options: { eventEnd: 'data-line' },
  }),
  plain('[DONE] is data', ['data: a\n\ndata: [DONE]\n\n'], ['a', '[DONE]']),
  scenario(
    'the event field names its event only',
    ['event: token\ndata: a\n\ndata: b\n\nevent:\ndata: c\n\n'],
    [event('a', { event: 'token' }), event('b'), event('c')],
  ),
  scenario(
    'the id stays until the next one; one with NUL is ignored',
    ['id: 1\ndata: a\n\ndata: b\n\nid: \0\ndata: c\n\nid\ndata: d\n\n'],
    [event('a', { id: '1' }), event('b', { id: '1' }), event('c', { id: '1' }), event('d')],
  ),
  scenario(
    'the reconnection time stays until the next one; only digits count',
    ['retry: 250\ndata: a\n\nretry: 1.5\nretry:\ndata: b\n\nretry: 0\n\ndata: c\n\n'],
    [event('a', { retry: 250 }), event('b', { retry: 250 }), event('c', { retry: 0 })],
  ),
  scenario('a character that is cut', ['data: ', [0xf0, 0x9f], [0x98, 0x80], '\n\n'], [event('😀')]),
  scenario('malformed UTF-8 is replaced', ['data: a', [0xff], '\n\n'], [event('a\uFFFD')]),
  plain('a line over the longest length', ['data: a\n\n', 'data: 123', '45\n\n'], ['a'], {
    options: { maxLineLength: 10 },
    error: { code: 'line-too-long', byteOffset: 9, lineNumber: 3 },
  }),
  plain('event data over the longest length', ['data: 1\n\n', 'data: 2345\n', 'data: 6789\ndata: 0\n\n'], ['1'], {
    options: { maxLineLength: 10 },
    error: { code: 'line-too-long', byteOffset: 31, lineNumber: 5 },
  }),
]
