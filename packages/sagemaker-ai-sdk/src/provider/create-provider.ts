import { NoSuchModelError } from '@ai-sdk/provider'
import type { SagemakerEmbedding } from '@x/sagemaker-embed'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import type { SagemakerLLM } from '@x/sagemaker-llm'
import type { SagemakerReranker } from '@x/sagemaker-rerank'
import type { SpecificationVersion } from '../contract/call-options.ts'
import type {
  EmbeddingModelBehavior,
  LanguageModelBehavior,
  RetrySettings,
  SagemakerEmbeddingModelSettings,
  SagemakerLanguageModelSettings,
  SagemakerProviderSettings,
  SagemakerRerankingModelSettings,
} from '../contract/settings.ts'
import { SagemakerEmbeddingModel } from '../models/embedding-model.ts'
import { SagemakerLanguageModel } from '../models/language-model.ts'
import { ModelSource } from '../models/model-source.ts'
import { SagemakerRerankingModel } from '../models/reranking-model.ts'
import { Endpoints } from './endpoints.ts'

/** The name of an endpoint with the settings of a model on it, or a model that exists with what it does for the AI SDK. */
type ModelArguments<Model, Settings, Behavior> =
  | readonly [endpointName: string, settings?: Settings | undefined]
  | readonly [model: Model, behavior?: Behavior | undefined]

type LanguageModelArguments = ModelArguments<SagemakerLLM, SagemakerLanguageModelSettings, LanguageModelBehavior>
type EmbeddingModelArguments = ModelArguments<
  SagemakerEmbedding,
  SagemakerEmbeddingModelSettings,
  EmbeddingModelBehavior
>
type RerankingModelArguments = ModelArguments<SagemakerReranker, SagemakerRerankingModelSettings, RetrySettings>

/** A provider of either specification. */
export interface Provider<Version extends SpecificationVersion> {
  (endpointName: string, settings?: SagemakerLanguageModelSettings): SagemakerLanguageModel<Version>
  readonly specificationVersion: Version
  languageModel(...model: LanguageModelArguments): SagemakerLanguageModel<Version>
  chat(...model: LanguageModelArguments): SagemakerLanguageModel<Version>
  embeddingModel(...model: EmbeddingModelArguments): SagemakerEmbeddingModel<Version>
  rerankingModel(...model: RerankingModelArguments): SagemakerRerankingModel<Version>
  imageModel(modelId: string): never
  close(): void
}

/** Makes a provider. The code of a kind of model is loaded when one is called for the first time. */
export function createProvider<Version extends SpecificationVersion>(
  version: Version,
  settings: SagemakerProviderSettings,
): Provider<Version> {
  const endpoints = new Endpoints(settings)

  /** @param make - makes the model of an endpoint, from the settings that are neither of the endpoint nor of the AI SDK. */
  function sourceOf<Model extends { readonly endpoint: SagemakerEndpoint }, Settings extends object>(
    model: string | Model,
    given: Settings,
    retries: RetrySettings['retries'],
    make: (options: Settings, endpoint: SagemakerEndpoint) => Promise<Model>,
  ): ModelSource<Model> {
    if (typeof model !== 'string') return new ModelSource(model.endpoint.endpointName, () => model, {}, retries)
    const { model: options, routing, endpoint } = endpoints.divide(model, given)
    return new ModelSource(model, () => make(options, endpoint), routing, retries)
  }

  function languageModel(...[model, given = {}]: LanguageModelArguments): SagemakerLanguageModel<Version> {
    const { jsonOutput, imageUrls, reasoningSwitch, retries = settings.retries, ...rest } = given
    const source = sourceOf<SagemakerLLM, object>(model, rest, retries, async (options, endpoint) => {
      const { SagemakerLLM } = await import('@x/sagemaker-llm')
      const containerDefaults = { temperature: null, maxNewTokens: null }
      return new SagemakerLLM({ ...containerDefaults, reasoning: 'auto', ...options, endpoint })
    })
    return new SagemakerLanguageModel(version, source, { jsonOutput, imageUrls, reasoningSwitch, retries })
  }

  function embeddingModel(...[model, given = {}]: EmbeddingModelArguments): SagemakerEmbeddingModel<Version> {
    const { kind, retries = settings.retries, ...rest } = given
    const source = sourceOf<SagemakerEmbedding, object>(model, rest, retries, async (options, endpoint) => {
      const { SagemakerEmbedding } = await import('@x/sagemaker-embed')
      return new SagemakerEmbedding({ ...options, endpoint })
    })
    return new SagemakerEmbeddingModel(version, source, { kind, retries })
  }

  function rerankingModel(...[model, given = {}]: RerankingModelArguments): SagemakerRerankingModel<Version> {
    const { retries = settings.retries, ...rest } = given
    const source = sourceOf<SagemakerReranker, object>(model, rest, retries, async (options, endpoint) => {
      const { SagemakerReranker } = await import('@x/sagemaker-rerank')
      return new SagemakerReranker({ ...options, endpoint })
    })
    return new SagemakerRerankingModel(version, source, { retries })
  }

  function imageModel(modelId: string): never {
    throw new NoSuchModelError({ modelId, modelType: 'imageModel' })
  }

  // An arrow function cannot be called with `new`.
  const provider = (endpointName: string, given?: SagemakerLanguageModelSettings): SagemakerLanguageModel<Version> =>
    languageModel(endpointName, given)
  return Object.assign(provider, {
    specificationVersion: version,
    languageModel,
    chat: languageModel,
    embeddingModel,
    rerankingModel,
    imageModel,
    close: () => endpoints.close(),
  })
}
