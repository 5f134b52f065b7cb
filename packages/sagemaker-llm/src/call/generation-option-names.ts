import type { GenerationOptions } from '@x/bedrock-like-types'
import type { OptionNames } from './split-options.ts'

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
  additionalParameters: true,
}
