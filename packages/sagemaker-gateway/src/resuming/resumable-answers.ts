import type { EventAnswerSettings } from '../events/event-answer.ts'
import type { WritableAnswer } from '../events/event-body.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { RequestScope } from '../http/request-scope.ts'
import { ResumableAnswer } from './resumable-answer.ts'

/** How streams are written, and whether they can be resumed. */
export interface StreamSettings extends EventAnswerSettings {
  /** `undefined` if a client that leaves stops the model. */
  readonly resuming: Resuming | undefined
}

/** How streams are resumed. */
export interface Resuming {
  readonly answers: ResumableAnswers
  readonly resumeForMs: number
  readonly maxResumeBytes: number
}

/** The answers of a gateway that clients can resume, by the ids that clients know. */
export class ResumableAnswers {
  readonly #answers = new Map<string, ResumableAnswer>()

  /** Keeps an answer, which is read from now on. */
  keep(
    id: string,
    answer: WritableAnswer,
    scope: RequestScope,
    limits: Pick<Resuming, 'resumeForMs' | 'maxResumeBytes'>,
  ): ResumableAnswer {
    const kept = new ResumableAnswer(answer, scope, { ...limits, id, forget: () => this.#answers.delete(id) })
    this.#answers.set(id, kept)
    return kept
  }

  /**
   * An answer that the client of a request may resume: one that was made with the same key.
   *
   * @throws {GatewayError} `unknown-response`
   */
  find(id: string, { keyName }: Pick<RequestScope, 'keyName'>): ResumableAnswer {
    const answer = this.#answers.get(id)
    if (answer === undefined || answer.keyName !== keyName)
      throw new GatewayError('unknown-response', 'There is no stream with this id, or it is not kept any more.')
    return answer
  }

  /** No answer waits for a reader any more. */
  close(): void {
    for (const answer of this.#answers.values()) answer.stopWaiting()
  }
}
