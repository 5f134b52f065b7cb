import type { GenerationOptions } from '@x/bedrock-like-types'
import { invalidRequest } from '../contract/invalid-request.ts'

/** Used when neither the model nor the call says otherwise. */
export const defaultTemperature = 0.1
/** Used when neither the model nor the call says otherwise. */
export const defaultMaxNewTokens = 512

/**
 * The generation options of a call: its own over those of the model over the defaults, one by one; of `additionalParameters`,
 * parameter by parameter.
 */
export function callGeneration(model: GenerationOptions, options: GenerationOptions): GenerationOptions {
  const [ofModel] = splitOptions(model, generationOptionNames)
  const [ofCall] = splitOptions(options, generationOptionNames)
  const additionalParameters = mergeParameters(ofModel.additionalParameters, ofCall.additionalParameters)
  const defaults = { temperature: defaultTemperature, maxNewTokens: defaultMaxNewTokens }
  return mergeGiven<GenerationOptions>(defaults, ofModel, ofCall, { additionalParameters })
}

/** A parameter that is `undefined` counts: it leaves out one that is otherwise sent. */
function mergeParameters(
  ofModel: GenerationOptions['additionalParameters'],
  ofCall: GenerationOptions['additionalParameters'],
): GenerationOptions['additionalParameters'] {
  return ofModel === undefined || ofCall === undefined ? (ofCall ?? ofModel) : { ...ofModel, ...ofCall }
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

/** What tells the options of generation from those that stand beside them. */
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

/** The names of options of one kind, each of them once: a table that lacks one does not compile. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>

/** Splits options that stand side by side into those that are named and the rest. */
export function splitOptions<Options extends object, Name extends keyof Options>(
  options: Options,
  names: Readonly<Record<Name, true>>,
): readonly [Pick<Options, Name>, Omit<Options, Name>] {
  const entries = Object.entries(options)
  const isNamed = ([name]: [string, unknown]): boolean => Object.hasOwn(names, name)
  const named = Object.fromEntries(entries.filter(isNamed))
  const rest = Object.fromEntries(entries.filter((entry) => !isNamed(entry)))
  return [named as Pick<Options, Name>, rest as Omit<Options, Name>]
}

/** The members of several objects, later ones over earlier ones. A member that is `undefined` was not given and replaces nothing. */
export function mergeGiven<T extends object>(...layers: readonly (T | undefined)[]): T {
  const merged: Record<string, unknown> = {}
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer ?? {})) if (value !== undefined) merged[name] = value
  }
  return merged as T
}
