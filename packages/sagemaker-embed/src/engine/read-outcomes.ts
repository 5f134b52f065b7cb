import { errorFromContainer, type InvokeResult, parseContainerError, SagemakerError } from '@x/sagemaker-endpoint'
import { AnswerError, describeShape } from '../formats/answer-shape.ts'
import { checkVectors } from '../formats/check-vectors.ts'
import { parseAnswer } from '../formats/parse-answer.ts'
import { reportedTokens } from '../formats/reported-tokens.ts'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { toUnitLength } from '../vectors/unit-length.ts'
import type { EmbeddingRun } from './embedding-run.ts'
import type { TextOutcome } from './text-outcome.ts'

const maxSnippetBytes = 300

/** An answer, and what it answers. */
export interface TextsAnswer {
  readonly endpointName: string
  readonly handler: EmbeddingContentHandler
  /** How many texts were sent. */
  readonly count: number
  /** Body of the request. */
  readonly request: Uint8Array
  readonly result: InvokeResult
}

/** What an answer says. */
export interface ReadAnswer {
  /** In the order of the texts. */
  readonly outcomes: TextOutcome[]
  /** Tokens of the texts, where the container says. */
  readonly tokens: number | undefined
}

/**
 * Reads the vectors of an answer, checks them, and makes them unit length if that is wanted.
 *
 * @throws {SagemakerError} The container's own error when the answer is one; otherwise `unexpected-response` when it is
 * not certain which vector belongs to which text.
 */
export function readOutcomes(answer: TextsAnswer, run: EmbeddingRun): ReadAnswer {
  let body: unknown
  try {
    body = parseAnswer(answer.result.body)
    const vectors = answer.handler.answer(body, { ...run.call, count: answer.count })
    const checked = checkVectors(vectors, answer.count, run.width)
    run.width ??= vectors[0]?.length
    const outcomes = checked.map(({ vector, fault }): TextOutcome => {
      if (fault !== undefined) return { error: unexpectedResponse(fault, body, answer) }
      return { vector: run.call.normalize === true ? toUnitLength(vector) : vector }
    })
    return { outcomes, tokens: reportedTokens(body) }
  } catch (cause) {
    if (SagemakerError.is(cause)) throw cause
    const reported = parseContainerError(body)
    if (reported === undefined) throw unexpectedResponse(cause, body, answer)
    throw errorFromContainer(reported, { ...contextOf(answer), request: answer.request })
  }
}

function unexpectedResponse(cause: unknown, body: unknown, answer: TextsAnswer): SagemakerError {
  const reason =
    cause instanceof AnswerError
      ? cause.message
      : `the content handler ${answer.handler.name} could not read the answer (${describeShape(body)})`
  const message = `${reason} (endpoint ${answer.endpointName}).`
  const snippet = new TextDecoder().decode(answer.result.body.subarray(0, maxSnippetBytes))
  return new SagemakerError('unexpected-response', message, { ...contextOf(answer), cause, snippet })
}

function contextOf({ endpointName, result: { metadata } }: TextsAnswer) {
  return { endpointName, statusCode: metadata.statusCode, requestId: metadata.requestId }
}
