import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HookSet, runHook } from './hooks.ts'
import { runModule } from './test-support/run-module.ts'

let warnings: Error[]
const record = (warning: Error): void => void warnings.push(warning)
beforeEach(() => {
  warnings = []
  process.on('warning', record)
})
afterEach(() => void process.off('warning', record))

class Refusal extends Error {
  override name = 'Refusal'
}
const secret = 'The capital of France'

const failures = {
  'that throws': () => {
    throw new Refusal(secret)
  },
  'that rejects': async () => {
    throw new Refusal(secret)
  },
  'that rejects later': () => new Promise((_, reject) => setTimeout(() => reject(new Refusal(secret)), 5)),
  'whose result is a foreign promise': () => ({
    then: (_: unknown, reject: (error: Error) => void) => reject(new Refusal(secret)),
  }),
  'whose result cannot be looked at': () => ({
    get then() {
      throw new Refusal(secret)
    },
  }),
} as const

describe.each(Object.entries(failures))('a hook %s', (_, hook) => {
  test('is a warning the first time, and silent after that', async () => {
    const owner = {}
    for (let times = 0; times < 3; times++) runHook(owner, 'onToken', hook, 'event')
    await vi.waitFor(() => expect(warnings).toHaveLength(1))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatchObject({ name: 'SagemakerHookWarning', cause: expect.any(Refusal) as unknown })
    expect(warnings[0]?.message).toMatch(/^The hook onToken failed: Refusal at .*hooks\.test\.ts:\d+:\d+/)
    expect(warnings[0]?.message).not.toContain(secret)
  })
})

test('each hook of each owner has its own first time', async () => {
  const [one, other] = [{}, {}]
  const hook = failures['that throws']
  runHook(one, 'onStart', hook, undefined)
  runHook(one, 'onEnd', hook, undefined)
  runHook(other, 'onStart', hook, undefined)
  runHook(other, 'onStart', hook, undefined)
  await vi.waitFor(() => expect(warnings).toHaveLength(3))
})

test('what is not an error has a warning, too', async () => {
  runHook({}, 'onEnd', () => Promise.reject('words'), undefined)
  await vi.waitFor(() => expect(warnings[0]?.message).toMatch(/^The hook onEnd failed: string\. The call goes on;/))
})

test('the hooks of an object are called as its methods, if they are there', () => {
  class Observer {
    readonly seen: unknown[] = []
    declare onEnd?: (event: number) => void
    onStart(event: string): void {
      this.seen.push(event)
    }
  }
  const observer = new Observer()
  const hooks = new HookSet(observer)
  hooks.run('onStart', 'a')
  hooks.run('onEnd', 1)
  expect(observer.seen).toEqual(['a'])
})

test('an asynchronous hook that rejects ends no program', async () => {
  const hooks = fileURLToPath(new URL('hooks.ts', import.meta.url))
  const printed = await runModule(`
    import { runHook } from ${JSON.stringify(hooks)}
    const warnings = []
    process.on('warning', ({ name, message }) => warnings.push(name))
    const owner = {}
    const hook = async () => { await null; throw new Error('hook') }
    runHook(owner, 'onStart', hook)
    runHook(owner, 'onStart', hook)
    setTimeout(() => console.log(JSON.stringify(warnings)), 50)
  `)
  expect(printed).toEqual(['SagemakerHookWarning'])
})
