import type { GenerationOptions } from '@x/bedrock-like-types'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import type { ContentHandler } from '../contract/content-handler.ts'
import { hookedWireObserver, type WireObserver } from '../contract/wire-observer.ts'
import { completionToPromptFunction, messagesToPromptFunction } from '../prompts/prompt-functions.ts'
import { defaultGeneration } from './generation-options.ts'
import type { ModelOptions } from './model-options.ts'
import type { InputRules } from './write-model-call.ts'

/** The options of a model object as its calls need them, resolved once. */
export interface ModelSettings extends InputRules {
  readonly endpointName: string
  readonly modelName: string | undefined
  readonly contentHandler: ContentHandler | undefined
  readonly wireObserver: WireObserver | undefined
  /** The generation options, defaults included. */
  readonly generation: GenerationOptions
}

/** Resolves the options of a model object. */
export function modelSettings(
  options: ModelOptions,
  { endpointName, transport }: Pick<SagemakerEndpoint, 'endpointName' | 'transport'>,
): ModelSettings {
  const { messagesToPrompt, completionToPrompt, wireObserver } = options
  return {
    endpointName,
    transport,
    modelName: options.modelName,
    systemPrompt: options.systemPrompt,
    contentHandler: options.contentHandler,
    messagesToPrompt: messagesToPrompt && messagesToPromptFunction(messagesToPrompt),
    completionToPrompt: completionToPromptFunction(completionToPrompt),
    wireObserver: wireObserver && hookedWireObserver(wireObserver),
    generation: defaultGeneration(options),
  }
}
