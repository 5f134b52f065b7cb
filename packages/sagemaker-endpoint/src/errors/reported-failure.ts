import type { ServiceFailure } from './service-failure.ts'

/** Carries a failure that SageMaker reported to where the call's context is known. */
export class ReportedFailure extends Error {
  readonly failure: ServiceFailure

  constructor(failure: ServiceFailure) {
    super(failure.name)
    this.failure = failure
  }
}
