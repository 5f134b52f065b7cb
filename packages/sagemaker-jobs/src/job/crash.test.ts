import { describe, expect, test } from 'vitest'
import { rowsInFlight, rowsOf, rowsPerShard, runWithKills } from '../test-support/crash-harness.ts'
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

  test('of 100 shards, three with a poisoned row, by batch transform', { timeout: 60_000 }, async () => {
    const poisoned = [3, 377, 799]
    const job = { engine: 'transform', rows: 100 * rowsPerShard, poisoned } as const
    const report = await runWithKills({ ...job, folder: temporaryFolder() }, 2, 10)
    const undisturbed = await runWithKills({ ...job, folder: temporaryFolder() }, 0, 0)
    expect(report.kills).toBe(2)
    expect(report.status).toMatchObject({ state: 'partial', total: 800, done: 797, failed: 3 })
    const outcomes = ({ results }: typeof report) =>
      results.map(({ id, index, output, error }) => ({ id, index, output, code: error?.code }))
    expect(outcomes(report)).toEqual(outcomes(undisturbed))
    expect(outcomes(report)).toEqual(
      rowsOf(job).map(({ id, input }, index) =>
        poisoned.includes(index) ? { id, index, code: 'model-error' } : { id, index, output: input.length },
      ),
    )
    // The transform job goes on while nobody watches it: what is sent again are parts of the three shards.
    const again = [...report.sent.values()].filter((count) => count > 1).length
    expect(again).toBeLessThanOrEqual(3 * rowsPerShard)
  })
})
