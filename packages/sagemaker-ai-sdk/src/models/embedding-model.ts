import type { SagemakerEmbedding } from '@x/sagemaker-embed'
import { callError } from '../answer/call-error.ts'
import { providerMetadata, responseHeaders } from '../answer/answer-facts.ts'
import type { CommonCallOptions, SpecificationVersion } from '../contract/call-options.ts'
import type { SagemakerCallOptions, SagemakerEmbeddingModelOptions } from '../contract/provider-options.ts'
import type { EmbeddingModelBehavior } from '../contract/settings.ts'
import type { EmbeddingResult } from '../contract/stream-part.ts'
import { warningOf } from '../request/call-warnings.ts'
import { type OptionKinds, sagemakerOptions } from '../request/sagemaker-options.ts'
import type { ModelSource } from './model-source.ts'

/** The options of `doEmbed` of both specifications. */
export interface EmbeddingCallOptions extends CommonCallOptions {
  readonly values: readonly string[]
  /** V4. */
  readonly dimensions?: number | undefined
}

const ownKinds: OptionKinds<Omit<SagemakerEmbeddingModelOptions, keyof SagemakerCallOptions>> = {
  kind: 'string',
  dimensions: 'number',
}

/**
 * An embedding model on a SageMaker endpoint, as both specifications of the AI SDK want one. It takes any number of texts:
 * `SagemakerEmbedding` sends them in batches, bounds the concurrency and finds a text that is refused.
 */
export class SagemakerEmbeddingModel<Version extends SpecificationVersion> {
  readonly specificationVersion: Version
  /** Name of the provider, for telemetry. */
  readonly provider = 'aws.sagemaker'
  /** Name of the endpoint. */
  readonly modelId: string
  /** No limit: the AI SDK is not to split what is split here. */
  readonly maxEmbeddingsPerCall: undefined
  readonly supportsParallelCalls = true
  readonly #source: ModelSource<SagemakerEmbedding>
  readonly #behavior: EmbeddingModelBehavior

  constructor(version: Version, source: ModelSource<SagemakerEmbedding>, behavior: EmbeddingModelBehavior) {
    this.specificationVersion = version
    this.modelId = source.endpointName
    this.#source = source
    this.#behavior = behavior
  }

  /**
   * The vectors of texts, in their order.
   *
   * @throws {APICallError} whose cause is a `SagemakerError` with the `index` of the text if one is at fault.
   */
  async doEmbed(call: EmbeddingCallOptions): Promise<EmbeddingResult> {
    const { routing, own, warnings } = sagemakerOptions(call, ownKinds)
    try {
      const embedding = await this.#source.model()
      const options = {
        ...routing,
        kind: own.kind ?? this.#behavior.kind ?? ('text' as const),
        dimensions: call.dimensions ?? own.dimensions,
        signal: call.abortSignal,
      }
      const { embeddings, tokens, response } = await embedding.embed(call.values, this.#source.callOptions(options))
      return {
        embeddings: embeddings.map((vector) => Array.from(vector)),
        ...(tokens === undefined ? {} : { usage: { tokens } }),
        warnings: [...warnings, ...response.warnings.map(warningOf)],
        providerMetadata: providerMetadata(response),
        response: { headers: responseHeaders(response) },
      }
    } catch (thrown) {
      const { retries } = this.#behavior
      throw callError(thrown, { endpointName: this.modelId, operation: 'invocations', retries })
    }
  }
}
