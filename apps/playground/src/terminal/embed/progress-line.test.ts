import { expect, it } from 'vitest'
import { remaining } from './progress-line.ts'

it.each([
  [undefined, 10_000, 0, false],
  [0.5, 1_000, 0, false],
  [0.5, 10_000, 0, 'about 10 s left'],
  [0.1, 60_000, 0, 'about 9 min left'],
  [0.01, 600_000, 0, 'about 16.5 h left'],
  // What earlier runs have done took none of this time.
  [0.75, 10_000, 0.5, 'about 10 s left'],
  [0.5, 10_000, 0.5, false],
  [1, 10_000, 0, false],
])('at a share of %s after %i ms, from %s on: %s', (share, elapsedMs, before, words) => {
  expect(remaining(share, elapsedMs, before)).toBe(words)
})
