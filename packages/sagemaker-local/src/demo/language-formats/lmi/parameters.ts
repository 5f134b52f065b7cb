import { fieldsOf, isStrings, type JsonObject } from '../../../answers/json-fields.ts'
import type { DeltaOptions } from '../deltas.ts'
import type { DemoSettings } from '../generation.ts'
import { LmiRequestError } from './errors.ts'

/** Default limit of LMI, in tokens. */
const defaultMaxNewTokens = 30

/** What LMI's own schema says about generation and its answer. */
export interface LmiParameters extends DeltaOptions {
  readonly details: boolean
  readonly returnFullText: boolean
  /** The seed that the request brought. */
  readonly requestSeed: number | null
}

/**
 * Reads `parameters` of a request with `inputs`.
 *
 * @param stopNames - Members that hold stop sequences, the strongest first; others are ignored, as unknown names are.
 * @throws {LmiRequestError} for values that the engine refuses.
 * @throws {FieldError} for a member of the wrong type.
 */
export function readLmiParameters(
  parameters: JsonObject,
  inputLength: number,
  settings: DemoSettings,
  stopNames: readonly string[],
): LmiParameters {
  const fields = fieldsOf(parameters)
  const refuseIf = (invalid: boolean, message: string): void => {
    if (invalid) throw new LmiRequestError(message)
  }
  const temperature = fields.number('temperature')
  const topP = fields.number('top_p')
  const topK = fields.integer('top_k') ?? 0
  const maxNewTokens = fields.integer('max_new_tokens') ?? defaultMaxNewTokens
  refuseIf(temperature !== undefined && temperature < 0, `temperature must be non-negative, got ${temperature}.`)
  refuseIf(topP !== undefined && (topP <= 0 || topP > 1), `top_p must be in (0, 1], got ${topP}.`)
  refuseIf(maxNewTokens < 1, `max_tokens must be at least 1, got ${maxNewTokens}.`)
  refuseIf(
    inputLength > settings.contextWindow,
    `This model's maximum context length is ${settings.contextWindow} tokens. However, your prompt has ${inputLength} tokens.`,
  )
  const samples = fields.boolean('do_sample') ?? temperature !== undefined
  const stop = stopNames.map((name) => parameters[name]).find(isStrings)
  return {
    maxNewTokens,
    temperature: samples ? (temperature ?? 1) : 0,
    topP,
    topK: topK > 0 ? topK : undefined,
    seed: fields.integer('seed') ?? settings.seed,
    requestSeed: fields.integer('seed') ?? null,
    stopSequences: stop ?? [],
    details: fields.boolean('details') ?? false,
    returnFullText: fields.boolean('return_full_text') ?? false,
  }
}
