import { expect, test, vi } from 'vitest'
import { joinedSignal } from './signals.ts'

test('is aborted when one of them is, with the error made of its reason', () => {
  const first = new AbortController()
  const second = new AbortController()
  const toError = vi.fn<(reason: unknown) => Error>((reason) => new Error('wrapped', { cause: reason }))
  const joined = joinedSignal([first.signal, undefined, second.signal], toError)
  const listener = vi.fn<() => void>()
  joined.addEventListener('abort', listener, { once: true })
  expect(joined.aborted).toBe(false)
  expect(joined.reason).toBeUndefined()
  second.abort('why')
  expect(listener).toHaveBeenCalledTimes(1)
  expect(joined.aborted).toBe(true)
  expect(joined.reason).toMatchObject({ message: 'wrapped', cause: 'why' })
  expect(joined.reason).toBe(joined.reason)
  expect(toError).toHaveBeenCalledTimes(1)
})

test('a listener that is taken off hears nothing', () => {
  const controller = new AbortController()
  const joined = joinedSignal([controller.signal], () => new Error('x'))
  const listener = vi.fn<() => void>()
  joined.addEventListener('abort', listener)
  joined.removeEventListener('abort', listener)
  controller.abort()
  expect(listener).not.toHaveBeenCalled()
})
