import type { Role } from '../suite.ts'

/** What was measured of one contender. */
export interface Measurement {
  readonly name: string
  readonly role: Role
  /**
   * One figure per round, in the order of the rounds: CPU nanoseconds per item, the sampled quantity, or the exponent with which
   * the cost grows.
   */
  readonly rounds: readonly number[]
  /** Nanoseconds on the clock per item, where time is measured. */
  readonly wallRounds?: readonly number[] | undefined
  /** CPU nanoseconds at each size, where growth is measured. */
  readonly points?: readonly { readonly size: number; readonly rounds: readonly number[] }[] | undefined
}
