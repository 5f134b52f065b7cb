import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventLog } from './event-log.ts'

const event = fc.string({ maxLength: 20, unit: 'grapheme' }).map((text) => `data: ${JSON.stringify(text)}\n\n`)
const pushed = fc.array(event, { maxLength: 4 }).map((events) => ({ kind: 'push' as const, events }))
const taken = fc.nat(6).map((count) => ({ kind: 'take' as const, count }))
const moved = fc.nat(100).map((back) => ({ kind: 'move' as const, back }))

test('whatever comes, is taken and gone back to, a reader gets every event in order, and taken ones are dropped first', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(pushed, taken, moved), { maxLength: 60 }), fc.nat(300), (steps, maxBytes) => {
      const log = new EventLog('answer', maxBytes)
      const bytesOf = (events: readonly string[]): number => Buffer.byteLength(events.join(''))
      const all: string[] = []
      const received: string[] = []
      const expected: string[] = []
      let position = 0
      for (const step of steps) {
        if (step.kind === 'push') {
          for (const text of step.events) all.push(`id: answer:${all.length}\n${text}`)
          log.push(step.events.join(''))
        } else if (step.kind === 'take') {
          const taken = Array.from({ length: step.count }, () => log.take()).filter((text) => text !== undefined)
          received.push(...taken)
          expected.push(...all.slice(position, position + step.count))
          position += taken.length
        } else {
          position = Math.max(log.first, position - step.back)
          log.moveTo(position)
        }
        expect(received).toEqual(expected)
        expect(log.next).toBe(all.length)
        expect(log.first).toBeLessThanOrEqual(position)
        expect(log.unreadBytes).toBe(bytesOf(all.slice(position)))
        expect(log.last).toBe(all.at(-1))
        // What was taken is kept as long as it fits, and not longer than until the next is taken.
        expect(log.first === 0 || bytesOf(all.slice(log.first - 1)) > maxBytes).toBe(true)
        const hasTaken = step.kind === 'take' && step.count > 0 && log.first < position && log.next - log.first > 1
        expect(!hasTaken || bytesOf(all.slice(log.first)) <= maxBytes).toBe(true)
      }
    }),
  )
})

test('events that were taken are kept up to the limit', () => {
  const log = new EventLog('a', 63)
  const text = 'data: 12345\n\n'
  log.push(text.repeat(10))
  expect(log.first).toBe(0)
  for (let time = 0; time < 10; time++) log.take()
  // An event has 21 bytes with its id.
  expect([log.first, log.next]).toEqual([7, 10])
})
