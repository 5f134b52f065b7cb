import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunkSizes, cutEvery, run, utf8 } from '../test-support/cuts.ts'
import { textBytes, withCuts } from '../test-support/text-bytes-arbitrary.ts'
import {
  type ServerSentEvent,
  ServerSentEventDecoder,
  type ServerSentEventDecoderOptions,
} from './server-sent-event-decoder.ts'

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
      { numRuns: 5000 },
    )
  })
})

test.each(chunkSizes)('what containers send (chunks of %d)', (size) => {
  const data = (text: string, options?: ServerSentEventDecoderOptions): string[] =>
    decode(text, options, size).values.map((event) => event.data)
  expect(data('data: {"a":1}\n\ndata:{"b":2}\n\ndata: [DONE]\n\n')).toEqual(['{"a":1}', '{"b":2}', '[DONE]'])
  expect(data('data: 1\n\ndata: 2')).toEqual(['1', '2'])
  expect(data('data: 1\n\ndata: 2', { deliverPending: false })).toEqual(['1'])
  expect(data('data: 1\ndata: 2\n')).toEqual(['1\n2'])
  expect(data('data: 1\ndata: 2\n', { eventEnd: 'data-line' })).toEqual(['1', '2'])
})
