import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { bundle } from '../test-support/bundle.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 60_000 })

const decoders = [
  'LineDecoder',
  'ServerSentEventDecoder',
  'JsonSequenceDecoder',
  'EventStreamDecoder',
  'EventStreamEncoder',
  'decodeAsyncIterable',
]
const streams = [
  'lines',
  'serverSentEvents',
  'jsonValues',
  'eventStreamMessages',
  'decode',
  'batch',
  'mapConcurrent',
  'ResponseStream',
]

/** What an application may import, by the name that it has in the documentation. */
const sources: Readonly<Record<string, string>> = {
  ...Object.fromEntries(decoders.map((name) => [`\`${name}\``, `export { ${name} } from '@x/stream-core/decoders'`])),
  'all of `@x/stream-core/decoders`': "export * from '@x/stream-core/decoders'",
  ...Object.fromEntries(streams.map((name) => [`\`${name}\``, `export { ${name} } from '@x/stream-core'`])),
  'all of `@x/stream-core`': "export * from '@x/stream-core'",
}

/** What the zlib of one version of Node.js may make larger than that of another: that of 22 goes over figures of 24 by up to 46 bytes. */
const zlibTolerance = 1.02

const specification = readFileSync(new URL('../../../docs/packages/stream-core.md', import.meta.url), 'utf8')
const rows = specification.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))

/** The figure that the documentation gives for an import, in bytes. */
function budgetOf(name: string): number {
  const budget = rows.find(([, cell, figure]) => cell === name && /^[\d,]+$/.test(figure ?? ''))?.[2]
  return Number(budget?.replaceAll(',', ''))
}

test.each(Object.entries(sources))('%s is as small as the documentation says', async (name, source) => {
  const { code } = await bundle(source, ['rxjs'])
  const size = gzipSync(code, { level: 9 }).length
  const budget = budgetOf(name)
  expect(size).toBeLessThanOrEqual(zlibTolerance * budget)
  // Not much smaller either, so that the figure stays true.
  expect(size).toBeGreaterThan(0.96 * budget)
})
