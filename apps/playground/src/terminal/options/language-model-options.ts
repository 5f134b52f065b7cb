import { namedHandler, type ModelOptions } from '@x/sagemaker-llm'
import { languageHandlerNames } from '../../protocol/handler-names.ts'
import type { generationOptions } from './generation-options.ts'
import type { parseOptions } from './option-table.ts'
import { readHandlerName, readNumber, readParameters } from './read-value.ts'

type GenerationValues = ReturnType<typeof parseOptions<typeof generationOptions>>['values']

/**
 * The options of a `SagemakerLLM` that a command line asks for.
 *
 * @throws {UsageError}
 */
export async function languageModelOptions(values: GenerationValues): Promise<ModelOptions> {
  const handler = readHandlerName(values.handler, languageHandlerNames)
  return {
    contentHandler: handler === undefined ? undefined : await namedHandler(handler),
    modelName: values.model,
    temperature: readNumber('--temperature', values.temperature, { from: 0 }),
    maxNewTokens: readNumber('--max-new-tokens', values['max-new-tokens'], { from: 1, whole: true }),
    topP: readNumber('--top-p', values['top-p'], { from: 0, to: 1 }),
    topK: readNumber('--top-k', values['top-k'], { whole: true }),
    seed: readNumber('--seed', values.seed, { whole: true }),
    stopSequences: values.stop,
    additionalParameters: readParameters(values.parameter),
    systemPrompt: values.system,
    reasoning: values['split-reasoning'] ? 'split' : undefined,
  }
}
