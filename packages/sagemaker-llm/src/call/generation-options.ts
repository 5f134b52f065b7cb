import type { GenerationOptions } from '@x/bedrock-like-types'
import type { OptionNames } from '@x/sagemaker-endpoint/model-kit'
import { invalidRequest } from '../contract/invalid-request.ts'

/** Used when neither the model nor the call says otherwise. */
export const defaultTemperature = 0.1
/** Used when neither the model nor the call says otherwise. */
export const defaultMaxNewTokens = 512

/** Distinguishes the options of generation from those of the endpoint and the model. */
export const generationOptionNames: OptionNames<GenerationOptions> = {
  temperature: true,
  maxNewTokens: true,
  topP: true,
  topK: true,
  stopSequences: true,
  seed: true,
  tools: true,
  toolChoice: true,
  responseFormat: true,
  reasoning: true,
  reasoningTags: true,
  reasoningEffort: true,
  presencePenalty: true,
  frequencyPenalty: true,
  parallelToolCalls: true,
  logprobs: true,
  additionalParameters: true,
}

/** The generation options of a model object over the defaults. */
export function defaultGeneration(model: GenerationOptions): GenerationOptions {
  const own: Record<string, unknown> = {}
  for (const name of Object.keys(generationOptionNames)) own[name] = Reflect.get(model, name)
  return mergeOptions({ temperature: defaultTemperature, maxNewTokens: defaultMaxNewTokens }, own)
}

/**
 * Options over defaults, one by one; of `additionalParameters`, parameter by parameter. An option that is `undefined` was not given
 * and replaces nothing, while a parameter that is `undefined` counts: it leaves out one that is sent otherwise.
 */
export function mergeOptions<T extends GenerationOptions>(defaults: T, given: Partial<T>): T {
  const merged = { ...defaults } as Record<string, unknown>
  for (const name in given) if (given[name] !== undefined) merged[name] = given[name]
  const [all, own] = [defaults.additionalParameters, given.additionalParameters]
  if (all !== undefined && own !== undefined) merged['additionalParameters'] = { ...all, ...own }
  return merged as T
}

/**
 * Refuses values that no container understands, before they are sent: JSON has no NaN, and an empty stop string would end
 * every answer before its first character.
 *
 * @throws {SagemakerError} `invalid-request` that names the option.
 */
export function checkGenerationOptions(options: GenerationOptions): void {
  const { temperature, maxNewTokens, topP, topK, seed, stopSequences, tools, toolChoice } = options
  requireNumber('temperature', temperature, (value) => value >= 0, 'a number from 0')
  requireNumber('maxNewTokens', maxNewTokens, (value) => Number.isInteger(value) && value > 0, 'a whole number from 1')
  requireNumber('topP', topP, (value) => value >= 0 && value <= 1, 'a number from 0 to 1')
  requireNumber('topK', topK, Number.isInteger, 'a whole number')
  requireNumber('seed', seed, Number.isInteger, 'a whole number')
  requireNumber('presencePenalty', options.presencePenalty, Number.isFinite, 'a number')
  requireNumber('frequencyPenalty', options.frequencyPenalty, Number.isFinite, 'a number')
  if (stopSequences?.includes('')) throw invalidRequest('stopSequences: an empty stop sequence ends every answer')
  const needsTool = toolChoice?.any !== undefined || toolChoice?.tool !== undefined
  if (needsTool && !tools?.length) throw invalidRequest('toolChoice: there are no tools to choose from')
}

function requireNumber(
  name: string,
  value: number | null | undefined,
  isAllowed: (value: number) => boolean,
  allowed: string,
): void {
  if (value === undefined || value === null) return
  if (!Number.isFinite(value) || !isAllowed(value)) throw invalidRequest(`${name}: ${String(value)} is not ${allowed}`)
}
