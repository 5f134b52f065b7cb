import type { Spread } from '../measuring/spread.ts'
import type { Role } from '../suite.ts'

/** What is kept of a suite: figures only, so that the report can be drawn again without measuring. */
export interface SuiteResult {
  readonly name: string
  /** What the figures are, as the heading of a column. */
  readonly quantity: string
  readonly unit: Unit
  readonly rows: readonly ResultRow[]
  readonly goals: readonly GoalResult[]
}

/** `power`: an exponent of growth. */
export type Unit = 'nanoseconds' | 'milliseconds' | 'bytes' | 'power'

export interface ResultRow {
  readonly name: string
  readonly role: Role
  readonly figure: Spread
  /** On the clock, in nanoseconds per item. */
  readonly wall?: Spread | undefined
  /** How many times the figure of the first contender of ours this is, and of the first floor: medians of the ratios within rounds. */
  readonly timesOurs?: number | undefined
  readonly timesFloor?: number | undefined
  /** CPU nanoseconds at each size, where growth is measured. */
  readonly points?: readonly { readonly size: number; readonly figure: Spread }[] | undefined
}

export interface GoalResult {
  /** What is bounded, such as `split2 / LineDecoder`. */
  readonly subject: string
  readonly figure: Spread
  /** None for a ratio. */
  readonly unit?: Unit | undefined
  readonly atLeast?: number | undefined
  readonly atMost?: number | undefined
  readonly isReached: boolean
  /** Why it is missed. */
  readonly reason?: string | undefined
}
