import { describe, expect, test } from 'vitest'
import { rowsInFlight, runWithKills } from '../test-support/crash-harness.ts'
import { textRows } from '../test-support/counting-endpoint.ts'
import { temporaryFolder } from '../test-support/temporary-folder.ts'

describe('a job whose process is killed at random moments', () => {
  test.each([
    ['realtime', 3, 15],
    ['async', 2, 5],
  ] as const)(
    'and resumed gives the results of an undisturbed one: %s',
    { timeout: 60_000 },
    async (engine, kills, delayMs) => {
      const rows = 500
      const report = await runWithKills({ engine, rows, folder: temporaryFolder() }, kills, delayMs)
      expect(report.status).toMatchObject({ state: 'complete', total: rows, done: rows })
      expect(report.results).toEqual(
        textRows(rows).map(({ id, input }, index) => ({ id, index, output: input.length })),
      )
      expect(report.kills).toBeGreaterThan(0)
      const again = [...report.sent.values()].reduce((sum, count) => sum + count - 1, 0)
      expect(again).toBeLessThanOrEqual(report.kills * rowsInFlight)
    },
  )
})
