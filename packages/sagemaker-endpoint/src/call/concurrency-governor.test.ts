import { describe, expect, test } from 'vitest'
import { ConcurrencyGovernor, type ConcurrencySlot } from './concurrency-governor.ts'

/** Takes all places that there are. */
async function acquireAll(governor: ConcurrencyGovernor): Promise<ConcurrencySlot[]> {
  return Promise.all(Array.from({ length: governor.concurrency }, () => governor.acquire()))
}

/** What becomes of a wait within the current turn of the event loop. */
async function isWaiting(wait: Promise<unknown>): Promise<boolean> {
  return Promise.race([wait.then(() => false), new Promise<boolean>((resolve) => setImmediate(() => resolve(true)))])
}

describe('places', () => {
  test('are given in the order of asking, as others are given back', async () => {
    const governor = new ConcurrencyGovernor(2)
    const [first] = await acquireAll(governor)
    const order: string[] = []
    const third = governor.acquire().then((slot) => (order.push('third'), slot))
    const fourth = governor.acquire().then((slot) => (order.push('fourth'), slot))
    expect(await isWaiting(third)).toBe(true)
    first?.release()
    ;(await third).release()
    await fourth
    expect(order).toEqual(['third', 'fourth'])
  })

  test('are not waited for any longer when the signal aborts', async () => {
    const governor = new ConcurrencyGovernor(1)
    const [slot] = await acquireAll(governor)
    const controller = new AbortController()
    const abandoned = governor.acquire(controller.signal)
    const next = governor.acquire()
    controller.abort(new Error('enough'))
    await expect(abandoned).rejects.toThrow('enough')
    await expect(governor.acquire(controller.signal)).rejects.toThrow('enough')
    slot?.release()
    expect(await isWaiting(next)).toBe(false)
  })
})

describe('throttling', () => {
  test('halves the concurrency once for all requests in flight, down to 1', async () => {
    const governor = new ConcurrencyGovernor(8)
    const slots = await acquireAll(governor)
    expect(slots.map((slot) => slot.throttled())).toEqual(slots.map(() => true))
    expect(governor.concurrency).toBe(4)
    // The same requests, sent again: that is news.
    expect(slots.map((slot) => slot.throttled())).toEqual(slots.map(() => true))
    expect(governor.concurrency).toBe(2)
    slots[0]?.throttled()
    expect(governor.concurrency).toBe(1)
  })

  test('at a concurrency of 1 leaves nothing to try', async () => {
    const governor = new ConcurrencyGovernor(1)
    const [slot] = await acquireAll(governor)
    expect(slot?.throttled()).toBe(false)
    expect(governor.concurrency).toBe(1)
  })

  test('of a request that is alone leaves nothing to try', async () => {
    const governor = new ConcurrencyGovernor(4)
    const slot = await governor.acquire()
    expect(slot.throttled()).toBe(false)
    expect(governor.concurrency).toBe(2)
  })

  test('lets no request go until enough places are given back', async () => {
    const governor = new ConcurrencyGovernor(4)
    const slots = await acquireAll(governor)
    slots[0]?.throttled()
    const next = governor.acquire()
    slots[0]?.release()
    slots[1]?.release()
    expect(await isWaiting(next)).toBe(true)
    slots[2]?.release()
    expect(await isWaiting(next)).toBe(false)
  })
})

describe('answers', () => {
  test('raise a lowered concurrency by one per round, up to the configured one', async () => {
    const governor = new ConcurrencyGovernor(4)
    const [slot] = await acquireAll(governor)
    slot?.throttled()
    const raised: boolean[] = []
    for (let answer = 0; answer < 8; answer++) raised.push(slot?.succeeded() ?? false)
    expect(raised).toEqual([false, true, false, false, true, false, false, false])
    expect(governor.concurrency).toBe(4)
  })

  test('start a request that waits', async () => {
    const governor = new ConcurrencyGovernor(2)
    const slots = await acquireAll(governor)
    slots[0]?.throttled()
    slots[0]?.release()
    const next = governor.acquire()
    expect(await isWaiting(next)).toBe(true)
    slots[1]?.succeeded()
    expect(await isWaiting(next)).toBe(false)
  })
})

describe('without a configured number', () => {
  test('there is no limit before the first throttled request, which halves what was in flight', async () => {
    const governor = new ConcurrencyGovernor(Number.POSITIVE_INFINITY)
    const slots = await Promise.all(Array.from({ length: 20 }, () => governor.acquire()))
    expect(slots[0]?.succeeded()).toBe(false)
    expect(slots.map((slot) => slot.throttled())).toEqual(slots.map(() => true))
    expect(governor.concurrency).toBe(10)
    expect(governor.tryAcquire()).toBeUndefined()
  })

  test('the limit rises by one per round of answers, without end', async () => {
    const governor = new ConcurrencyGovernor(Number.POSITIVE_INFINITY)
    const slots = await Promise.all([governor.acquire(), governor.acquire()])
    slots[0]?.throttled()
    expect(governor.concurrency).toBe(1)
    for (let answers = 0; answers < 6; answers++) slots[0]?.succeeded()
    expect(governor.concurrency).toBe(4)
  })
})

test('a limit that is not adaptive stays as it is', async () => {
  const governor = new ConcurrencyGovernor(4, false)
  const slots = await acquireAll(governor)
  expect(slots.map((slot) => slot.throttled())).toEqual([false, false, false, false])
  expect(governor.concurrency).toBe(4)
})
