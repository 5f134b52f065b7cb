import type { LanguageModelV3 as OldLanguageModelV3, ProviderV3 as OldProviderV3 } from '@ai-sdk/provider-v3'
import type { LanguageModelV4, ProviderV3, ProviderV4 } from '@ai-sdk/provider'
import { generateText as generateTextV7 } from 'ai'
import { generateText as generateTextV6 } from 'ai-v6'
import type { SagemakerLanguageModelSettings } from './contract/settings.ts'
import { sagemaker, type SagemakerLanguageModelOptions } from './index.ts'
import { sagemaker as sagemakerV3 } from './v3.ts'

// Without the overloads of the provider, whose models are typed as the SDK's: what is made is checked against both versions.
export const v4: ProviderV4 = sagemaker
export const v3: OldProviderV3 = sagemakerV3
export const v3BesideV4: ProviderV3 = sagemakerV3
export const modelV4: LanguageModelV4 = sagemaker('my-llama')
export const modelV3: OldLanguageModelV3 = sagemakerV3('my-llama')

const options = { prefixAwareId: 'user-1', timeouts: { firstByteMs: 1_000 } } satisfies SagemakerLanguageModelOptions
export const results: unknown = [
  generateTextV7({ model: sagemaker('my-llama'), prompt: 'Hello', providerOptions: { sagemaker: options } }),
  generateTextV6({ model: sagemakerV3('my-llama'), prompt: 'Hello', providerOptions: { sagemaker: options } }),
]

export const settings: SagemakerLanguageModelSettings = { jsonOutput: 'tool', temperature: 0.2, region: 'us-east-1' }

// @ts-expect-error: a model of specification V4 is none for version 6.
export const refused: unknown = generateTextV6({ model: sagemaker('my-llama'), prompt: 'Hello' })
// @ts-expect-error: there is no such option.
export const unknown: object = { prefixAware: 'user-1' } satisfies SagemakerLanguageModelOptions
