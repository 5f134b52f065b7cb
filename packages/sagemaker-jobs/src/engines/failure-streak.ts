import type { SagemakerError } from '@x/sagemaker-endpoint'

/** Requests in a row without an answer, for reasons that are not theirs. */
const mostOutages = 20
/** Rows in a row that are refused before any was answered: something is wrong with all of them. */
const mostRefusals = 100

/** Notices that sending more rows is of no use, so that a job stops instead of failing every row. */
export class FailureStreak {
  #outages = 0
  #refusals = 0
  #hasAnswers = false

  /** A request was answered. */
  answered(): void {
    this.#outages = 0
    this.#hasAnswers = true
  }

  /** @throws {SagemakerError} the failure, if it is one too many. */
  notAnswered(error: SagemakerError): void {
    this.#outages++
    if (this.#outages >= mostOutages) throw error
  }

  /** @throws {SagemakerError} the refusal, if it is one too many. */
  refused(error: SagemakerError): void {
    this.#outages = 0
    this.#refusals++
    if (!this.#hasAnswers && this.#refusals >= mostRefusals) throw error
  }
}
