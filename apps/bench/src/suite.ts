import type { Goal } from './goal.ts'

/** A workload, and the ways of doing it that are compared. */
export type Suite = TimedSuite | SampledSuite | GrowthSuite

/** `ours` is a part of this project, a `peer` is what others use for the same work, a `floor` is what cannot be avoided. */
export type Role = 'ours' | 'peer' | 'floor'

interface Named {
  /** Unique within its group. */
  readonly name: string
  readonly goals: readonly Goal[]
}

/** The same work, done by each contender: CPU time and time on the clock per item. */
export interface TimedSuite extends Named {
  readonly kind: 'timed'
  /** What one item is. */
  readonly item: string
  readonly items: number
  /**
   * How often each contender runs; fewer where one run takes seconds.
   *
   * @defaultValue 25
   */
  readonly rounds?: number | undefined
  readonly contenders: readonly TimedContender[]
}

export interface TimedContender {
  readonly name: string
  readonly role: Role
  /** Does all of the work. Returns a checksum, which must be that of the others; undefined where only a part is done. */
  readonly run: () => number | undefined | Promise<number | undefined>
}

/** A quantity that each contender measures by itself. */
export interface SampledSuite extends Named {
  readonly kind: 'sampled'
  /** What is measured, as the heading of a column. */
  readonly quantity: string
  readonly unit: SampledUnit
  /** Whether the contenders do the same, so that ratios between them say something. */
  readonly areAlternatives: boolean
  /** How often each contender is measured; once is enough for what does not vary. */
  readonly rounds: number
  readonly contenders: readonly SampledContender[]
}

export type SampledUnit = 'nanoseconds' | 'milliseconds' | 'bytes'

export interface SampledContender {
  readonly name: string
  readonly role: Role
  readonly sample: () => number | Promise<number>
}

/** How the CPU time of a contender grows with its work. */
export interface GrowthSuite extends Named {
  readonly kind: 'growth'
  /** What the sizes count. */
  readonly item: string
  /** Rising. */
  readonly sizes: readonly number[]
  readonly contenders: readonly GrowthContender[]
}

export interface GrowthContender {
  readonly name: string
  readonly role: Role
  /** Makes the input of a size, unmeasured, and returns what does the work on it. */
  readonly prepare: (size: number) => () => void | Promise<void>
}
