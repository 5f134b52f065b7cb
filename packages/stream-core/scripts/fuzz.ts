// Runs the properties of `src/decoders/any-bytes.test.ts` many more times than a test can: by default a million cases in all.
//   npm run fuzz --prefix packages/stream-core -- [cases] [seed]
import { fuzz, fuzzTargets } from '../test-support/decoder-fuzzing.ts'

const cases = Number(process.argv[2] ?? 1_000_000)
const firstSeed = Number(process.argv[3] ?? Date.now() % 1_000_000)
const casesPerRun = 10_000

const runsPerTarget = Math.ceil(cases / fuzzTargets.length / casesPerRun)
for (const target of fuzzTargets) {
  for (let run = 0; run < runsPerTarget; run++) fuzz(target, casesPerRun, firstSeed + run)
  console.log(`${target.name}: ${runsPerTarget * casesPerRun} cases, seeds from ${firstSeed}`)
}
