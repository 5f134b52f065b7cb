import type { GenerationOptions } from '@x/bedrock-like-types'
import {
  defaultMaxNewTokens,
  defaultTemperature,
  type LLMCallOptions,
  type ModelOptions,
} from './sagemaker-llm-options.ts'
import { generationOptionNames } from './generation-option-names.ts'
import { mergeGiven } from './merge-given.ts'
import { splitOptions } from './split-options.ts'

/**
 * The generation options of a call: its own over those of the model over the defaults, one by one; of `additionalParameters`,
 * parameter by parameter.
 */
export function callGeneration(model: ModelOptions, options: LLMCallOptions): GenerationOptions {
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
