import { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'
import type { GatewayModelKind } from '../contract/gateway-model.ts'
import type { AnswerPart } from '../contract/answer-part.ts'
import { preludeParts } from '../events/event-answer.ts'
import type { RequestScope } from '../http/request-scope.ts'
import type { ServedModel } from '../models/served-model.ts'

/** Failures of an endpoint that are not retryable, and that another endpoint need not have. */
const codesOfEndpoints: ReadonlySet<SagemakerErrorCode> = new Set([
  'endpoint-not-found',
  'model-error',
  'stream-corrupt',
  'stream-interrupted',
  'unexpected-response',
])

/**
 * Asks one model after the other until one answers.
 *
 * @param candidates - at least one
 * @throws the failure of the last one; a failure that no other endpoint would change, at once.
 */
export async function answerOfFirst<K extends GatewayModelKind, T>(
  candidates: readonly ServedModel<K>[],
  scope: RequestScope,
  ask: (model: ServedModel<K>) => Promise<T>,
): Promise<T> {
  for (const [index, model] of candidates.entries()) {
    scope.model = model.name
    try {
      // oxlint-disable-next-line no-await-in-loop -- the next one is asked only if this one fails
      return await ask(model)
    } catch (error) {
      fallBack(error, model, candidates[index + 1], scope)
    }
  }
  throw new TypeError('There are no candidates.')
}

/** The parts of the first model that begins to answer: what fails before there is something of the answer is not seen. */
export async function* partsOfFirst<Part extends AnswerPart>(
  candidates: readonly ServedModel<'language'>[],
  scope: RequestScope,
  ask: (model: ServedModel<'language'>) => Promise<AsyncIterable<Part>>,
): AsyncGenerator<Part, void> {
  for (const [index, model] of candidates.entries()) {
    scope.model = model.name
    const held: Part[] = []
    let hasBegun = false
    try {
      // oxlint-disable-next-line no-await-in-loop -- the next one is asked only if this one fails
      for await (const part of await ask(model)) {
        if (!hasBegun && preludeParts.has(part.type)) {
          held.push(part)
          continue
        }
        if (!hasBegun) yield* held
        hasBegun = true
        yield part
      }
      return
    } catch (error) {
      if (hasBegun) throw error
      fallBack(error, model, candidates[index + 1], scope)
    }
  }
}

/** @throws the error, if there is no other model or it would fail, too. */
function fallBack(error: unknown, model: ServedModel, next: ServedModel | undefined, scope: RequestScope): void {
  const helps = SagemakerError.is(error) && (error.retryable || codesOfEndpoints.has(error.code))
  if (next === undefined || !helps || scope.signal.aborted) throw error
  scope.fellBack(model.name, error.code)
  scope.warn(`${next.name} was asked: ${model.name} failed with ${error.code}`)
}
