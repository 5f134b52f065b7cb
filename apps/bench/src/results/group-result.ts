import type { SuiteResult } from './suite-result.ts'

/** What is kept of a group of suites. */
export interface GroupResult {
  readonly name: string
  readonly title: string
  readonly about: string
  readonly machine: string
  /** Date, as YYYY-MM-DD. */
  readonly measuredOn: string
  readonly suites: readonly SuiteResult[]
}
