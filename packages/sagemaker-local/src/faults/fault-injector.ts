import { seededRandom, type Random } from '../answers/seeded-random.ts'
import type { Faults } from './faults.ts'

/** The faults of one request, and where its chances come from. */
export interface RequestFaults {
  readonly faults: Faults
  readonly random: Random
}

/**
 * Decides for each request of an endpoint, by its index, whether its faults affect it.
 * @param now - A clock in milliseconds; the runtime starts now.
 */
export function createFaultInjector(
  faults: Faults,
  now: () => number = () => performance.now(),
): (index: number) => RequestFaults | undefined {
  const startedAt = now()
  const random = seededRandom(faults.seed ?? 1)
  return (index) => {
    // Drawn for every request, so that only the seed determines which requests fail.
    const drawn = random()
    if (drawn >= (faults.probability ?? 1)) return undefined
    if (index >= (faults.firstRequests ?? Infinity)) return undefined
    if (now() - startedAt >= (faults.firstMs ?? Infinity)) return undefined
    return { faults, random: seededRandom(`${faults.seed ?? 1}/${index}`) }
  }
}
