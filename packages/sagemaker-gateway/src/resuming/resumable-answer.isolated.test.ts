import { expect, onTestFinished, test, vi } from 'vitest'
import type { EventSink } from '../events/event-answer.ts'
import { RequestScope } from '../http/request-scope.ts'
import { ResumableAnswer } from './resumable-answer.ts'

/** A reader that keeps what it gets, and is never full. */
class Reader implements EventSink {
  text = ''
  write(text: string): undefined {
    this.text += text
  }
  writeComment(): void {}

  get numbers(): number[] {
    return [...this.text.matchAll(/^id: a:(\d+)$/gm)].map(([, number]) => Number(number))
  }
}

const scopeOf = (): RequestScope =>
  new RequestScope(new Request('http://localhost/v1/chat/completions'), { beforeStream() {}, whenDone() {} })

/** An answer of 100 events of 1,000 bytes with their ids, which counts those that were written. */
function countedAnswer(): { written: number; writeTo: (sink: EventSink) => Promise<void> } {
  const counted = {
    written: 0,
    async writeTo(sink: EventSink) {
      for (; counted.written < 100; counted.written++) {
        const event = `data: ${'x'.repeat(1000)}`.slice(0, 989 - String(counted.written).length)
        // oxlint-disable-next-line no-await-in-loop -- one event after the other
        await sink.write(`${event}\n\n`)
      }
    },
  }
  return counted
}

const settings = { id: 'a', resumeForMs: 60_000, maxResumeBytes: 20_000, forget: () => {} }
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

test('the model waits when half of the bytes that are kept are unread, and goes on with the reader', async () => {
  const answer = countedAnswer()
  const kept = new ResumableAnswer(answer, scopeOf(), settings)
  const whole = kept.whole()
  await settle()
  expect(answer.written).toBe(10)
  const reader = new Reader()
  await whole.writeTo(reader)
  expect(reader.numbers).toEqual(Array.from({ length: 100 }, (_, index) => index))
  expect([kept.first, kept.next]).toEqual([80, 100])
})

test('a reader that takes over gets everything from its event on, and the other one nothing more', async () => {
  const kept = new ResumableAnswer(countedAnswer(), scopeOf(), settings)
  const slow = new Reader()
  let drain = (): void => {}
  const stuck: EventSink = {
    write: (text) => (slow.write(text), new Promise((resolve) => (drain = resolve))),
    writeComment() {},
  }
  const first = kept.whole().writeTo(stuck)
  await settle()
  const next = new Reader()
  await kept.from(0, scopeOf()).writeTo(next)
  drain()
  await first
  expect(slow.numbers).toEqual([0])
  expect(next.numbers).toEqual(Array.from({ length: 100 }, (_, index) => index))
})

test('the model stops when no reader has come in time, also while it waits for one', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const scope = scopeOf()
  const forget = vi.fn<() => void>()
  const answer = countedAnswer()
  const kept = new ResumableAnswer(answer, scope, { ...settings, forget })
  kept.whole()
  await vi.advanceTimersByTimeAsync(1)
  scope.leave()
  await vi.advanceTimersByTimeAsync(59_000)
  expect([forget.mock.calls.length, scope.signal.aborted]).toEqual([0, false])
  // A reader that comes and leaves begins the time again.
  const other = scopeOf()
  kept.from(0, other)
  other.leave()
  await vi.advanceTimersByTimeAsync(59_000)
  expect(scope.signal.aborted).toBe(false)
  await vi.advanceTimersByTimeAsync(1000)
  expect([forget.mock.calls.length, scope.signal.aborted]).toEqual([1, true])
  vi.useRealTimers()
  // It does not wait for room any more.
  await vi.waitFor(() => expect(answer.written).toBe(100))
})
