import { describe, expect, it } from 'vitest'
import { CaptureError, parseCapture, serializeCapture, type Capture } from './capture.ts'

const capture: Capture = {
  startedAt: new Date('2026-11-22T10:00:00.000Z'),
  request: {
    mode: 'complete',
    prompt: 'Once',
    endpoint: { source: 'local', name: 'demo-llm' },
    parameters: { temperature: 0.5, stopSequences: ['END'] },
    stream: true,
  },
  events: [
    {
      type: 'request',
      at: 0,
      operation: 'InvokeEndpointWithResponseStream',
      contentType: 'application/json',
      body: '{}',
    },
    { type: 'part', at: 4.5, start: 0, bytes: btoa('data: {"a":') },
    { type: 'part', at: 5, start: 11, bytes: btoa('1}\n') },
    { type: 'line', at: 5, start: 0, end: 13, text: 'data: {"a":1}' },
    { type: 'value', at: 5, start: 6, end: 13, value: { a: 1 } },
    { type: 'delta', at: 5, value: 0, channel: 'text', text: '1' },
    { type: 'end', at: 6, stopReason: 'end_turn', usage: { outputTokens: 1 } },
  ],
}

const lines = serializeCapture(capture).split('\n')
const withLine = (number: number, line: string) => lines.with(number - 1, line).join('\n')

describe('a capture file', () => {
  it('gives back what was written', () => {
    expect(parseCapture(serializeCapture(capture))).toEqual(capture)
  })

  it('survives an editor that adds blank lines and carriage returns', () => {
    expect(parseCapture(`${lines.join('\r\n')}\n\n`)).toEqual(capture)
  })

  it.each([
    ['', 'Line 1 is not JSON: this is not a capture file.'],
    ['hello', 'Line 1 is not JSON: this is not a capture file.'],
    [withLine(1, lines[0]!.replace('"version":1', '"version":2')), 'another version of the playground'],
    [withLine(3, '{"type":"part","at":1,"start":0,"bytes":"???"}'), 'Line 3, bytes:'],
    [withLine(4, '{"type":"surprise","at":1}'), 'Line 4, type:'],
    [lines.toSpliced(2, 1).join('\n'), 'The bytes from 0 to 11 are missing.'],
    [withLine(5, '{"type":"line","at":5,"start":0,"end":99,"text":""}'), 'A line claims the bytes 0 to 99, of 14.'],
  ])('that is none is refused with a reason (%#)', (text, message) => {
    const parse = () => parseCapture(text)
    expect(parse).toThrow(CaptureError)
    expect(parse).toThrow(message)
  })
})
