import { parseContainerError, SagemakerError, type SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { explainError, type Explanation } from '../explain-error.ts'
import { contractOfAnswer, dimensionsOf } from './contract-of-answer.ts'
import { contractOfRefusal } from './contract-of-refusal.ts'
import type { Contract } from './contract.ts'
import { readAnswer, type ProbedAnswer } from './read-answer.ts'

/** What one call tells about an endpoint. */
export interface Diagnosis {
  readonly endpoint: string
  /** Whether a call in the suggested format succeeded; `undefined` if there was no suggestion. */
  readonly confirmed?: boolean
  /** The format, if it is known. */
  readonly contract?: Contract | undefined
  /** What the format is known by: the answer, or the words in which the request was refused. */
  readonly knownBy?: 'answer' | 'refusal'
  /** Whether the answer came in pieces; `undefined` when there was none. */
  readonly streams?: boolean
  readonly framing?: ProbedAnswer['framing']
  /** Numbers in a vector of an embedding model. */
  readonly dimensions?: number | undefined
  readonly requestId?: string | undefined
  readonly variant?: string | undefined
  readonly durationMs?: number
  /** What went wrong, and what to do about it. */
  readonly error?: Explanation
}

export interface DiagnoseOptions {
  /** Sent as `model`. */
  readonly model: string | undefined
  /** The local runtime that is called. */
  readonly url: string | undefined
  readonly signal: AbortSignal
}

/**
 * Finds out with one call which format an endpoint speaks, whether it streams, and what is wrong if something is.
 *
 * @throws {SagemakerError} `aborted`
 */
export async function diagnose(
  endpoint: SagemakerEndpoint,
  { model, url, signal }: DiagnoseOptions,
): Promise<Diagnosis> {
  const { endpointName } = endpoint
  try {
    const answer = await readAnswer(endpoint, model, signal)
    return { endpoint: endpointName, ...diagnosisOf(answer, endpointName) }
  } catch (error) {
    if (!SagemakerError.is(error) || error.code === 'aborted') throw error
    const contract = contractOfRefusal(error.originalMessage ?? '')
    return {
      endpoint: endpointName,
      ...(contract && { contract, knownBy: 'refusal' }),
      error: explainError(error, url),
    }
  }
}

function diagnosisOf(answer: ProbedAnswer, endpointName: string): Omit<Diagnosis, 'endpoint'> {
  const { framing, metadata, values } = answer
  const [first] = values
  const contract = contractOfAnswer(first, framing)
  const facts = {
    requestId: metadata?.requestId,
    variant: metadata?.invokedProductionVariant,
    durationMs: Math.round(answer.durationMs),
  }
  if (contract !== undefined) {
    const dimensions = contract.kind === 'embedding' ? dimensionsOf(first) : undefined
    return { contract, knownBy: 'answer', streams: framing !== 'document', framing, dimensions, ...facts }
  }
  // Containers that stream have said that all is well before they find out that it is not.
  const refusal = parseContainerError(first)
  const known = refusal && contractOfRefusal(refusal.message)
  const error = new SagemakerError(
    refusal === undefined ? 'unexpected-response' : 'invalid-request',
    refusal === undefined
      ? `${values.length === 0 ? 'the answer is not JSON' : 'the answer is in no known format'} (endpoint ${endpointName}).`
      : `the container refuses the request (endpoint ${endpointName}): "${refusal.message.slice(0, 300)}"`,
    { endpointName },
  )
  return { ...(known && { contract: known, knownBy: 'refusal' }), error: explainError(error), ...facts }
}
