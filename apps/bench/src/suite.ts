import type { Contender } from './measure.ts'

/** A workload, and the ways of doing it that are compared. */
export interface Suite {
  readonly name: string
  /** What one item is. */
  readonly item: string
  readonly items: number
  readonly contenders: readonly Contender[]
  /** Which ratios the suite is to reach. */
  readonly goals: readonly Goal[]
}

/** `time of slower / time of faster` must be at least `atLeast`, or at most `atMost`. */
export interface Goal {
  readonly slower: string
  readonly faster: string
  readonly atLeast?: number
  readonly atMost?: number
}
