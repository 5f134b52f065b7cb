/** What a suite is to reach. Bounds are ratios within one run wherever they can be, since figures depend on the machine. */
export type Goal = RatioGoal | DifferenceGoal | AmountGoal | ExponentGoal

interface Reasoned {
  /** Why the goal is missed, shown where it is. */
  readonly reason?: string | undefined
}

/** The quantity of `of`, divided by that of `over`. */
export interface RatioGoal extends Reasoned {
  readonly kind: 'ratio'
  readonly of: string
  readonly over: string
  readonly atLeast?: number
  readonly atMost?: number
}

/** The quantity of `of` less that of `over`, in the unit of the suite. */
export interface DifferenceGoal extends Reasoned {
  readonly kind: 'difference'
  readonly of: string
  readonly over: string
  readonly atMost: number
}

/** The quantity of `of`, in the unit of the suite. */
export interface AmountGoal extends Reasoned {
  readonly kind: 'amount'
  readonly of: string
  readonly atMost: number
}

/** The exponent with which the cost of `of` grows: 1 is linear, 2 is quadratic. */
export interface ExponentGoal extends Reasoned {
  readonly kind: 'exponent'
  readonly of: string
  readonly atMost: number
}
