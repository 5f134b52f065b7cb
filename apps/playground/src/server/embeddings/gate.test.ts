import { describe, expect, it } from 'vitest'
import { Gate } from './gate.ts'

describe('a gate', () => {
  it('lets through at once while it is open', async () => {
    const gate = new Gate()
    gate.open()
    await gate.passed()
    expect(gate.isClosed).toBe(false)
  })

  it('holds all who wait until it opens, also when it was closed twice', async () => {
    const gate = new Gate()
    gate.close()
    gate.close()
    const passed: number[] = []
    const waiting = [1, 2].map(async (who) => {
      await gate.passed()
      passed.push(who)
    })
    await new Promise((resolve) => setTimeout(resolve))
    expect(passed).toEqual([])
    gate.open()
    await Promise.all(waiting)
    expect(passed).toEqual([1, 2])
  })

  it('holds who wakes up when it has been closed again meanwhile', async () => {
    const gate = new Gate()
    gate.close()
    let isThrough = false
    const waiting = gate.passed().then(() => (isThrough = true))
    gate.open()
    gate.close()
    await new Promise((resolve) => setTimeout(resolve))
    expect(isThrough).toBe(false)
    gate.open()
    await waiting
  })
})
