import type { GenerationOptions } from '../../language/generate.ts'
import { fieldsOf, type Fields, type JsonObject } from '../../../answers/json-fields.ts'
import type { DemoSettings } from '../generation.ts'
import { TgiValidationError } from './errors.ts'

const maxStopSequences = 4

/** Generation options as TGI understands them, and the seed it reports (null when nothing was left to chance). */
export interface TgiOptions extends GenerationOptions {
  readonly seed: number
  readonly reportedSeed: number | null
}

/** What TGI reads from a request, whichever of its APIs it came through. */
export interface TgiParameters {
  readonly maxNewTokens: number | undefined
  readonly doSample: boolean
  readonly temperature: number | undefined
  readonly topP: number | undefined
  readonly topK: number | undefined
  readonly typicalP: number | undefined
  readonly repetitionPenalty: number | undefined
  readonly frequencyPenalty: number | undefined
  readonly stop: readonly string[]
  readonly seed: number | undefined
}

/** The parameters that all of TGI's APIs spell alike. Throws a `FieldError` for a wrong type. */
export function commonTgiParameters(fields: Fields): Omit<TgiParameters, 'maxNewTokens' | 'doSample'> {
  return {
    temperature: fields.number('temperature'),
    topP: fields.number('top_p'),
    topK: fields.integer('top_k'),
    typicalP: fields.number('typical_p'),
    repetitionPenalty: fields.number('repetition_penalty'),
    frequencyPenalty: fields.number('frequency_penalty'),
    stop: fields.strings('stop') ?? [],
    seed: fields.integer('seed'),
  }
}

/** Reads `parameters` of a generate request. Throws a `FieldError` for a wrong type. */
export function readTgiParameters(parameters: JsonObject): TgiParameters {
  const fields = fieldsOf(parameters)
  return {
    ...commonTgiParameters(fields),
    maxNewTokens: fields.integer('max_new_tokens'),
    doSample: fields.boolean('do_sample') ?? false,
  }
}

/**
 * Checks parameters as TGI's router does, with its wording and in its order (router/src/validation.rs).
 * @throws {TgiValidationError}
 */
export function validateTgiParameters(
  parameters: TgiParameters,
  inputLength: number,
  settings: DemoSettings,
): TgiOptions {
  const { temperature, topP, topK, typicalP, stop } = parameters
  const refuseIf = (invalid: boolean, message: string): void => {
    if (invalid) throw new TgiValidationError(message)
  }
  refuseIf(temperature !== undefined && temperature <= 0, '`temperature` must be strictly positive')
  refuseIf((parameters.repetitionPenalty ?? 1) <= 0, '`repetition_penalty` must be strictly positive')
  refuseIf(Math.abs(parameters.frequencyPenalty ?? 0) > 2, '`frequency_penalty` must be >= -2.0 and <= 2.0')
  refuseIf(topK !== undefined && topK <= 0, '`top_k` must be strictly positive')
  refuseIf(topP !== undefined && (topP <= 0 || topP >= 1), '`top_p` must be > 0.0 and < 1.0')
  refuseIf(typicalP !== undefined && (typicalP <= 0 || typicalP >= 1), '`typical_p` must be > 0.0 and < 1.0')
  refuseIf((parameters.maxNewTokens ?? 1) <= 0, '`max_new_tokens` must be strictly positive')
  refuseIf(
    stop.length > maxStopSequences,
    `\`stop\` supports up to ${maxStopSequences} stop sequences. Given: ${stop.length}`,
  )
  refuseIf(inputLength === 0, '`inputs` cannot be empty')
  const { contextWindow } = settings
  refuseIf(
    inputLength >= contextWindow,
    `\`inputs\` must have less than ${contextWindow} tokens. Given: ${inputLength}`,
  )
  const maxNewTokens = parameters.maxNewTokens ?? contextWindow - inputLength
  refuseIf(
    inputLength + maxNewTokens > contextWindow,
    `\`inputs\` tokens + \`max_new_tokens\` must be <= ${contextWindow}. Given: ${inputLength} \`inputs\` tokens and ${maxNewTokens} \`max_new_tokens\``,
  )
  // As in TGI, anything that only makes sense with sampling switches it on.
  const samples =
    parameters.doSample ||
    (temperature ?? 1) !== 1 ||
    topP !== undefined ||
    topK !== undefined ||
    typicalP !== undefined
  const seed = parameters.seed ?? settings.seed
  return {
    maxNewTokens,
    temperature: samples ? (temperature ?? 1) : 0,
    topP,
    topK,
    stop,
    seed,
    reportedSeed: samples ? seed : null,
  }
}
