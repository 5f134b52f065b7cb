import { namedEmbeddingHandler, SagemakerEmbedding } from '@x/sagemaker-embed'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { namedHandler, SagemakerLLM, type ModelOptions } from '@x/sagemaker-llm'
import {
  namedClassificationHandler,
  namedRerankHandler,
  SagemakerClassifier,
  SagemakerReranker,
} from '@x/sagemaker-rerank'
import type { KnownSuggestion } from './discover.ts'

/** A suggestion, and the endpoint to try it with. */
export interface SuggestedModel {
  readonly endpoint: SagemakerEndpoint
  readonly suggestion: KnownSuggestion
  /** Sent as `model`. */
  readonly modelName: string | undefined
}

/** Options of a `SagemakerLLM` that follow from a suggestion. Never accepts a licence on the user's behalf. */
export async function suggestedLanguageOptions({
  suggestion,
  modelName,
}: Omit<SuggestedModel, 'endpoint'>): Promise<ModelOptions> {
  const { acceptEula: _, ...handlerOptions } = suggestion.handlerOptions
  const { additionalParameters } = suggestion.options as { additionalParameters?: Readonly<Record<string, unknown>> }
  return {
    contentHandler: await namedHandler(suggestion.handler, handlerOptions),
    modelName,
    additionalParameters,
  }
}

/** Creates the suggested language model. */
export async function suggestedLanguageModel(model: SuggestedModel, options: ModelOptions = {}): Promise<SagemakerLLM> {
  return new SagemakerLLM({ endpoint: model.endpoint, ...(await suggestedLanguageOptions(model)), ...options })
}

/** Creates the suggested embedding model. */
export async function suggestedEmbeddingModel({
  endpoint,
  suggestion,
  modelName,
}: SuggestedModel): Promise<SagemakerEmbedding> {
  const { pooling, inputType } = suggestion.options as {
    readonly pooling?: 'mean' | 'cls' | 'last'
    readonly inputType?: { readonly query: string; readonly text: string }
  }
  return new SagemakerEmbedding({
    endpoint,
    contentHandler: await namedEmbeddingHandler(suggestion.handler, suggestion.handlerOptions),
    modelName,
    pooling,
    inputType,
  })
}

/** Creates the suggested reranker. */
export async function suggestedReranker({
  endpoint,
  suggestion,
  modelName,
}: SuggestedModel): Promise<SagemakerReranker> {
  const contentHandler = await namedRerankHandler(suggestion.handler)
  return new SagemakerReranker({ endpoint, contentHandler, modelName })
}

/** Creates the suggested classifier. */
export async function suggestedClassifier({
  endpoint,
  suggestion,
  modelName,
}: SuggestedModel): Promise<SagemakerClassifier> {
  const contentHandler = await namedClassificationHandler(suggestion.handler)
  return new SagemakerClassifier({ endpoint, contentHandler, modelName })
}
