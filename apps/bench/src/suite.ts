import type { Contender } from './measure.ts'

/** A workload, and the ways of doing it that are compared. */
export interface Suite {
  readonly name: string
  /** What one item is. */
  readonly item: string
  readonly items: number
  /** How often each contender runs; fewer where one run takes seconds. Default: 25. */
  readonly rounds?: number | undefined
  readonly contenders: readonly Contender[]
  /** The contender that the others are compared with. Default: the first one. */
  readonly ours?: string | undefined
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
