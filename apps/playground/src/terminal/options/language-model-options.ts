import {
  ai21,
  auto,
  bedrockCompat,
  cohere,
  huggingface,
  jumpstartLlama2,
  jumpstartText2Text,
  lmi,
  openai,
  tgi,
  triton,
} from '@x/sagemaker-llm'
import type { ContentHandler, ModelOptions } from '@x/sagemaker-llm'
import { languageHandlerNames } from './generation-options.ts'
import type { generationOptions } from './generation-options.ts'
import type { parseOptions } from './option-table.ts'
import { namedOnCommandLine, readChoice, readNumber, readParameters } from './read-value.ts'

type GenerationValues = ReturnType<typeof parseOptions<typeof generationOptions>>['values']

type HandlerOptions = Readonly<Record<string, unknown>>

/** Content handlers by factory name. */
export const languageHandlers: Readonly<Record<string, (options?: HandlerOptions) => ContentHandler>> = {
  auto,
  openai,
  tgi,
  lmi,
  huggingface,
  jumpstartLlama2,
  jumpstartText2Text,
  cohere,
  ai21,
  triton,
  bedrockCompat,
}

/**
 * The options of a `SagemakerLLM` that a command line asks for.
 *
 * @throws UsageError
 */
export function languageModelOptions(values: GenerationValues): ModelOptions {
  const handler = readChoice('--handler', values.handler, languageHandlerNames)
  return {
    contentHandler: handler && namedOnCommandLine(languageHandlers, handler)?.(),
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
