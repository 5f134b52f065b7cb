import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundle } from '../test-support/bundle.ts'

// Bytes of the minified module after gzip, rxjs not counted. A little more than what is needed today: more is a decision.
const budgets: [string, string, number][] = [
  ['LineDecoder', "export { LineDecoder } from '@x/stream-core/decoders'", 2600],
  ['ServerSentEventDecoder', "export { ServerSentEventDecoder } from '@x/stream-core/decoders'", 3000],
  ['JsonSequenceDecoder', "export { JsonSequenceDecoder } from '@x/stream-core/decoders'", 4500],
  ['EventStreamDecoder', "export { EventStreamDecoder } from '@x/stream-core/decoders'", 2200],
  ['EventStreamEncoder', "export { EventStreamEncoder } from '@x/stream-core/decoders'", 1500],
  ['@x/stream-core/decoders', "export * from '@x/stream-core/decoders'", 8200],
  ['@x/stream-core', "export * from '@x/stream-core'", 11_000],
]

test.each(budgets)('%s stays within its budget', async (_name, source, budget) => {
  const { code } = await bundle(source, ['rxjs'])
  const size = gzipSync(code, { level: 9 }).length
  expect(size).toBeLessThanOrEqual(budget)
  expect(size).toBeGreaterThan(budget * 0.8)
})
