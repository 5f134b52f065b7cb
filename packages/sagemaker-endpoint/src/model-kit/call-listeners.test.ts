import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test, vi } from 'vitest'
import { type CallListener, CallListeners } from './call-listeners.ts'

type Seen = readonly [listener: string, step: string, ...unknown[]]
type Listener = CallListener<{ readonly prompt: string }, string, { readonly text: string }>

function recorder(name: string, seen: Seen[]): Listener {
  return {
    name,
    start: (call) => {
      seen.push([name, 'start', call])
      return {
        progress: (progress) => void seen.push([name, 'progress', progress]),
        end: (outcome) => void seen.push([name, 'end', outcome]),
        fail: (error, _, outcome) => void seen.push([name, 'fail', error, outcome]),
      }
    },
  }
}

test('listeners see start, progress and end, under one id', () => {
  const seen: Seen[] = []
  const call = new CallListeners(recorder('a', seen), undefined, recorder('b', seen)).start({ prompt: 'Hi' })
  call.progress('one')
  call.end({ text: 'one' })
  expect(seen.map(([listener, step]) => `${listener} ${step}`)).toEqual([
    'a start',
    'b start',
    'a progress',
    'b progress',
    'a end',
    'b end',
  ])
  expect(seen[0]?.[2]).toEqual({ prompt: 'Hi', callId: expect.any(String) as unknown })
  expect(seen[0]?.[2]).toEqual(seen[1]?.[2])
})

test('only the first end is seen, and nothing after it', () => {
  const seen: Seen[] = []
  const call = new CallListeners(recorder('a', seen)).start({ prompt: 'Hi' })
  call.fail('reason', { text: 'so far' })
  call.end({ text: 'all' })
  call.progress('late')
  call.fail('again')
  expect(call.isOver).toBe(true)
  expect(seen.slice(1)).toEqual([['a', 'fail', 'reason', { text: 'so far' }]])
})

test('listeners of one call see that call only', () => {
  const seen: Seen[] = []
  const listeners = new CallListeners<{ prompt: string }, string, { text: string }>()
  expect(listeners.isEmpty).toBe(true)
  listeners.start({ prompt: 'a' }, recorder('of a call', seen)).end({ text: '' })
  listeners.start({ prompt: 'b' }).end({ text: '' })
  expect(seen).toHaveLength(2)
})

test('a call runs in the contexts of its listeners, the first one outermost', () => {
  const storage = new AsyncLocalStorage<string>()
  const context = (name: string): Listener => ({
    name,
    start: () => ({ within: (run) => storage.run(`${storage.getStore() ?? ''}${name}`, run) }),
  })
  const seen: (string | undefined)[] = []
  const last: Listener = { name: 'last', start: () => ({ end: () => void seen.push(storage.getStore()) }) }
  const call = new CallListeners(context('a'), context('b'), last).start({ prompt: '' })
  expect(call.within(() => storage.getStore())).toBe('ab')
  call.end({ text: '' })
  expect(seen).toEqual(['ab'])
})

test('a listener that fails does not disturb the call nor the others, and is one warning per step', async () => {
  const warnings: string[] = []
  const note = (warning: Error): void => void warnings.push(warning.message)
  process.on('warning', note)
  const fail = (): never => {
    throw new TypeError('broken')
  }
  const seen: Seen[] = []
  const listeners = new CallListeners<{ prompt: string }, string, { text: string }>(
    { name: 'broken', start: fail },
    { name: 'half', start: () => ({ progress: fail, end: fail }) },
    recorder('whole', seen),
  )
  for (let calls = 0; calls < 2; calls++) {
    const call = listeners.start({ prompt: '' })
    call.progress('')
    call.end({ text: '' })
  }
  expect(seen.map(([, step]) => step)).toEqual(['start', 'progress', 'end', 'start', 'progress', 'end'])
  await vi.waitFor(() => expect(warnings).toHaveLength(3))
  process.off('warning', note)
  expect(warnings.map((message) => message.replace(/: .*/, ''))).toEqual([
    'The hook broken.start failed',
    'The hook half.progress failed',
    'The hook half.end failed',
  ])
})
