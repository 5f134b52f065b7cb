import type { ModelKind } from '../containers/container.ts'

/** A suggestion how to call an endpoint. */
export interface Suggestion {
  /** Kind of model. */
  readonly kind: ModelKind | 'unknown'
  /** Package that calls this kind of model. */
  readonly package: '@x/sagemaker-llm' | '@x/sagemaker-embed' | '@x/sagemaker-rerank'
  /** Name of the content handler, as passed to `namedHandler`, `namedEmbeddingHandler` and so on. */
  readonly handler: string
  /** Options of the handler's factory; empty if it needs none. */
  readonly handlerOptions: Readonly<Record<string, unknown>>
  /** Further options of the model object, such as `pooling` or `inferenceComponentName`. */
  readonly options: Readonly<Record<string, unknown>>
  /** Call that the model supports. */
  readonly call: SuggestedCall
  /** TypeScript program that makes one call. */
  readonly code: string
  /** Reasons for the suggestion, in sentences. */
  readonly why: string
}

/** A method of a model object: `embed` stands for `getTextEmbedding`, `embedSparse` for `getSparseEmbeddings`, `embedMultiVector` for
 * `getMultiVectorEmbeddings`. */
export type SuggestedCall = 'chat' | 'complete' | 'embed' | 'embedSparse' | 'embedMultiVector' | 'rerank' | 'classify'

/** Connection that the suggested program uses. */
export interface SuggestedConnection {
  /** Endpoint name. */
  readonly endpointName: string
  /**
   * AWS Region.
   *
   * @defaultValue from the environment of the program
   */
  readonly region?: string | undefined
  /** URL of the service, for a local runtime. */
  readonly endpoint?: string | undefined
}
