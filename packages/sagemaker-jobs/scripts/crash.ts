// pnpm run crash [kills]: kills the process of a job at random moments, resumes it, and compares the results. Jobs are started until
// so many processes were killed. Not part of the tests, which kill a few.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { rowsInFlight, rowsPerShard, runWithKills } from '../src/test-support/crash-harness.ts'
import { textRows } from '../src/test-support/counting-endpoint.ts'

const wanted = Number(process.argv[2] ?? 50)
const rows = 800
/** Poisoned rows of transform jobs, whose shards are divided. */
const poisoned = [3, 377, 799]

for (const engine of ['realtime', 'async', 'transform'] as const) {
  const job = { engine, rows, ...(engine === 'transform' && { poisoned }) }
  let [killed, again, jobs, worst] = [0, 0, 0, 0]
  while (killed < wanted) {
    const folder = mkdtempSync(path.join(tmpdir(), 'crash-'))
    const report = await runWithKills({ ...job, folder }, Math.min(10, wanted - killed), 20)
    const isPoisoned = (index: number) => engine === 'transform' && poisoned.includes(index)
    const expected = textRows(rows).map(({ input }, index) => (isPoisoned(index) ? 'model-error' : input.length))
    const outcomes = report.results.map(({ output, error }) => error?.code ?? output)
    if (JSON.stringify(outcomes) !== JSON.stringify(expected))
      throw new Error(`${engine}: the results differ, see ${folder}`)
    const repeated = [...report.sent.values()].reduce((sum, count) => sum + count - 1, 0)
    // Shards with a poisoned row are sent again in parts.
    const most = engine === 'transform' ? 3 * rowsPerShard * (4 + report.kills) : report.kills * rowsInFlight
    if (repeated > most) throw new Error(`${engine}: ${repeated} rows were sent again`)
    killed += report.kills
    again += repeated
    jobs++
    worst = Math.max(worst, report.kills === 0 ? 0 : repeated / report.kills)
    rmSync(folder, { recursive: true })
  }
  const perKill = (again / killed).toFixed(1)
  process.stdout.write(
    `${engine}: ${jobs} jobs of ${rows} rows, ${killed} processes killed, no row lost and none twice; ` +
      `${perKill} rows sent again per kill (${worst.toFixed(1)} in the worst job${engine === 'transform' ? '' : `; at most ${rowsInFlight} in flight`})\n`,
  )
}
