import { expect, test } from 'vitest'
import { memoryCache } from './memory-cache.ts'

test('gives what was kept, and nothing for what was not', async () => {
  const cache = memoryCache()
  await cache.set([['a', Float32Array.of(1, 2)]])
  expect(await cache.get(['b', 'a'])).toEqual([undefined, Float32Array.of(1, 2)])
})

test('keeps and gives copies', async () => {
  const cache = memoryCache()
  const vector = Float32Array.of(1, 2)
  await cache.set([['a', vector]])
  vector[0] = 9
  const [first] = await cache.get(['a'])
  if (first) first[1] = 9
  expect(await cache.get(['a'])).toEqual([Float32Array.of(1, 2)])
})

test('forgets what was not used for longest when the room is used up', async () => {
  const cache = memoryCache({ maxBytes: 16 })
  await cache.set([
    ['a', Float32Array.of(1, 2)],
    ['b', Float32Array.of(3, 4)],
  ])
  await cache.get(['a'])
  await cache.set([['c', Float32Array.of(5, 6)]])
  expect((await cache.get(['a', 'b', 'c'])).map((vector) => vector !== undefined)).toEqual([true, false, true])
})
