import { expect, test } from 'vitest'
import { fuzz, fuzzTargets } from '../../test-support/decoder-fuzzing.ts'

const casesPerDecoder = 12_000

test.each(fuzzTargets)(
  '$name: any bytes end in values or a typed error, the same for any cuts',
  { timeout: 60_000 },
  (target) => {
    expect(() => fuzz(target, casesPerDecoder)).not.toThrow()
  },
)
