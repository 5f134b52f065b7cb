import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { callerSignal, runSignal } from './signals.ts'

test('any of the signals ends the run, with an error that has its reason', () => {
  const [caller, consumer] = [new AbortController(), new AbortController()]
  const { signal } = runSignal('it', caller.signal, undefined, consumer.signal)
  expect(signal.aborted).toBe(false)
  consumer.abort('left')
  expect(signal.reason).toMatchObject({ code: 'aborted', name: 'AbortError', cause: 'left', endpointName: 'it' })
  caller.abort('late')
  expect(signal.reason).toMatchObject({ cause: 'left' })
})

test('a signal that has aborted before ends the run at its start', () => {
  expect(runSignal('it', AbortSignal.abort('early')).signal.reason).toMatchObject({ code: 'aborted', cause: 'early' })
})

test('a run that is released ends what still runs, and leaves nothing on the signals', () => {
  const caller = new AbortController()
  const run = runSignal('it', caller.signal)
  expect(getEventListeners(caller.signal, 'abort')).toHaveLength(1)
  run.release()
  expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0)
  expect(run.signal.reason).toMatchObject({ code: 'aborted' })
})

test('a signal that nobody listens to listens to nothing', () => {
  const caller = new AbortController()
  const signal = callerSignal('it', caller.signal)
  expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0)
  caller.abort('reason')
  expect([signal.aborted, signal.reason]).toMatchObject([true, { code: 'aborted', cause: 'reason' }])
})
