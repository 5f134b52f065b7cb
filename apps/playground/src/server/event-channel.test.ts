import { describe, expect, it } from 'vitest'
import { EventChannel } from './event-channel.ts'

const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  const pending = Symbol('pending')
  return (await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, pending))])) !== pending
}

describe('EventChannel', () => {
  it('hands over all events written since the last take, in order', async () => {
    const channel = new EventChannel<number>()
    channel.write(1)
    channel.write(2)
    expect(await channel.take()).toEqual([1, 2])
    channel.write(3)
    channel.close()
    expect(await channel.take()).toEqual([3])
    expect(await channel.take()).toBeUndefined()
  })

  it('wakes a reader that waits', async () => {
    const channel = new EventChannel<number>()
    const taken = channel.take()
    channel.write(1)
    expect(await taken).toEqual([1])
  })

  it('holds the writer back until the reader asks for more than it has taken', async () => {
    const channel = new EventChannel<number>()
    channel.write(1)
    const drained = channel.drained()
    expect(await settled(drained)).toBe(false)
    await channel.take()
    expect(await settled(drained)).toBe(false)
    const next = channel.take()
    expect(await settled(drained)).toBe(true)
    channel.close()
    expect(await next).toBeUndefined()
  })

  it('lets a held writer go when the reader leaves, and drops what is written afterwards', async () => {
    const channel = new EventChannel<number>()
    channel.write(1)
    const drained = channel.drained()
    channel.close()
    await drained
    channel.write(2)
    expect(await channel.take()).toEqual([1])
    expect(await channel.take()).toBeUndefined()
  })
})
