import type { GenerationOptions } from '@x/bedrock-like-types'

const isGenerationOption: Readonly<Record<keyof GenerationOptions, true>> = {
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

/** Splits options that stand side by side into those of generation and the rest. */
export function splitGenerationOptions<T extends GenerationOptions>(
  options: T,
): readonly [GenerationOptions, Omit<T, keyof GenerationOptions>] {
  const entries = Object.entries(options)
  const isOfGeneration = ([name]: [string, unknown]): boolean => Object.hasOwn(isGenerationOption, name)
  const generation = Object.fromEntries(entries.filter(isOfGeneration))
  const rest = Object.fromEntries(entries.filter((entry) => !isOfGeneration(entry)))
  return [generation, rest as Omit<T, keyof GenerationOptions>]
}
