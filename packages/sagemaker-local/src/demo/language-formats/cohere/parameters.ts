import type { DeltaOptions, AnswerEnd } from '../deltas.ts'
import type { DemoSettings } from '../generation.ts'
import { fieldsOf, type JsonObject } from '../../../answers/json-fields.ts'

/** A request that Cohere refuses. */
export class CohereRequestError extends Error {
  constructor(message: string) {
    super(`invalid request: ${message}`)
  }
}

/** Reads what Cohere's chat and generate have in common. Throws {@link CohereRequestError}, or a `FieldError` for a wrong type. */
export function readCohereParameters(body: JsonObject, inputLength: number, settings: DemoSettings): DeltaOptions {
  const fields = fieldsOf(body)
  const refuseIf = (invalid: boolean, message: string): void => {
    if (invalid) throw new CohereRequestError(message)
  }
  const temperature = fields.number('temperature') ?? 0.3
  const p = fields.number('p') ?? 0.75
  const k = fields.integer('k') ?? 0
  const stopSequences = fields.strings('stop_sequences') ?? []
  refuseIf(temperature < 0 || temperature > 5, 'temperature must be between 0 and 5.0 inclusive.')
  refuseIf(p !== 0 && (p < 0.01 || p > 0.99), 'p must be between 0.01 and 0.99 inclusive.')
  refuseIf(k < 0 || k > 500, 'k must be between 0 and 500 inclusive.')
  refuseIf(stopSequences.length > 5, 'stop_sequences must have at most 5 items.')
  const maxNewTokens = fields.integer('max_tokens') ?? settings.contextWindow - inputLength
  refuseIf(
    maxNewTokens < 1 || inputLength + maxNewTokens > settings.contextWindow,
    'too many tokens: total number of tokens in the prompt and completion exceeds the limit.',
  )
  return {
    maxNewTokens,
    temperature,
    topP: p === 0 ? undefined : p,
    topK: k === 0 ? undefined : k,
    seed: fields.integer('seed') ?? settings.seed,
    stopSequences,
  }
}

export function cohereFinishReason({ finishReason, stopSequence }: AnswerEnd): string {
  if (finishReason === 'length') return 'MAX_TOKENS'
  return stopSequence === undefined ? 'COMPLETE' : 'STOP_SEQUENCE'
}
