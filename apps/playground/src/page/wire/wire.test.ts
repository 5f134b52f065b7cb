import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../protocol/run-event.ts'
import { labelOfValue, Wire } from './wire.ts'

const encoder = new TextEncoder()
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))

function cutInto(text: string, size: number): RunEvent[] {
  const bytes = encoder.encode(text)
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => ({
    type: 'part' as const,
    at: index,
    start: index * size,
    bytes: base64(bytes.subarray(index * size, (index + 1) * size)),
  }))
}

function wireOf(events: readonly RunEvent[]): Wire {
  const wire = new Wire()
  for (const event of events) wire.add(event)
  return wire
}

describe('Wire', () => {
  it('keeps the bytes of all parts, however many', () => {
    const text = 'ü'.repeat(5000)
    expect(new TextDecoder().decode(wireOf(cutInto(text, 7)).body)).toBe(text)
  })

  it('finds every character that was cut, and no other', () => {
    const text = 'aé€😀b'
    const bytes = encoder.encode(text)
    for (let size = 1; size <= bytes.length; size += 1) {
      const wire = wireOf(cutInto(text, size))
      let start = 0
      const expected = Array.from(text).flatMap((character) => {
        const end = start + encoder.encode(character).length
        const cut = {
          character,
          start,
          end,
          firstPart: Math.floor(start / size),
          lastPart: Math.floor((end - 1) / size),
        }
        start = end
        return cut.firstPart === cut.lastPart ? [] : [cut]
      })
      expect(wire.cuts, `parts of ${size} bytes`).toEqual(expected)
    }
  })

  it('does not call bytes that are no UTF-8 a cut character', () => {
    const part = (at: number, start: number, ...bytes: number[]): RunEvent => ({
      type: 'part',
      at,
      start,
      bytes: base64(Uint8Array.from(bytes)),
    })
    expect(wireOf([part(0, 0, 0x61, 0x80), part(1, 2, 0xff, 0xc0), part(2, 4, 0x62)]).cuts).toEqual([])
  })

  const call: RunEvent[] = [
    ...cutInto('data: {"t":"a"}\n\ndata: {"t":"b"}\n\n', 12),
    { type: 'line', at: 4, start: 0, end: 15, text: 'data: {"t":"a"}' },
    { type: 'line', at: 5, start: 17, end: 32, text: 'data: {"t":"b"}' },
    { type: 'value', at: 4, start: 6, end: 15, value: { t: 'a' } },
    { type: 'value', at: 5, start: 23, end: 32, value: { t: 'b' } },
    { type: 'delta', at: 4, value: 0, channel: 'text', text: 'a' },
    { type: 'delta', at: 5, value: 1, channel: 'text', text: 'b' },
    { type: 'delta', at: 5, value: 1, channel: 'text', text: '!' },
  ]
  const names = (wire: Wire, lane: 'parts' | 'lines' | 'values' | 'text', index: number) =>
    wire.linked(wire[lane][index]!).map((item) => `${item.lane} ${item.index}`)

  it('links the same bytes through all lanes', () => {
    const wire = wireOf(call)
    expect(names(wire, 'text', 0)).toEqual(['parts 0', 'parts 1', 'lines 0', 'values 0', 'text 0'])
    expect(names(wire, 'text', 2)).toEqual(['parts 1', 'parts 2', 'lines 1', 'values 1', 'text 2'])
    expect(names(wire, 'values', 1)).toEqual(['parts 1', 'parts 2', 'lines 1', 'values 1', 'text 1', 'text 2'])
    expect(names(wire, 'parts', 0)).toEqual(['parts 0', 'lines 0', 'values 0', 'text 0'])
    expect(names(wire, 'lines', 1)).toEqual(['parts 1', 'parts 2', 'lines 1', 'values 1', 'text 1', 'text 2'])
  })

  it('links text without a value of its own to the whole body', () => {
    const wire = wireOf([
      ...cutInto('[{"generated_text":"a"}]', 100),
      { type: 'delta', at: 1, channel: 'text', text: 'a' },
    ])
    expect(names(wire, 'text', 0)).toEqual(['parts 0', 'text 0'])
  })
})

it.each([
  [{ id: 'x', choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }] }, '{"content":"Hi"}'],
  [{ id: 'x', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }, 'finish: stop'],
  [{ choices: [], usage: { total_tokens: 3 } }, 'usage {"total_tokens":3}'],
  [{ index: 1, token: { id: 1, text: ' sea' }, generated_text: null }, '" sea"'],
  [{ error: 'no', error_type: 'validation' }, '{"error":"no"}'],
  [[1, 2], '[1,2]'],
  [null, 'null'],
])('labels a value with what tells it from the next: %j', (value, label) => {
  expect(labelOfValue(value)).toBe(label)
})
