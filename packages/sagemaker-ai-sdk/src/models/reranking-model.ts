import type { SagemakerReranker } from '@x/sagemaker-rerank'
import { callError } from '../answer/call-error.ts'
import { providerMetadata, responseHeaders } from '../answer/answer-facts.ts'
import type { CommonCallOptions, SpecificationVersion } from '../contract/call-options.ts'
import type { SagemakerCallOptions, SagemakerRerankingModelOptions } from '../contract/provider-options.ts'
import type { RetrySettings } from '../contract/settings.ts'
import type { RerankingResult } from '../contract/stream-part.ts'
import { warningOf } from '../request/call-warnings.ts'
import { type OptionKinds, sagemakerOptions } from '../request/sagemaker-options.ts'
import type { ModelSource } from './model-source.ts'

/** The options of `doRerank` of both specifications. */
export interface RerankingCallOptions extends CommonCallOptions {
  readonly documents:
    | { readonly type: 'text'; readonly values: readonly string[] }
    | { readonly type: 'object'; readonly values: readonly object[] }
  readonly query: string
  readonly topN?: number | undefined
}

const ownKinds: OptionKinds<Omit<SagemakerRerankingModelOptions, keyof SagemakerCallOptions>> = {
  minScore: 'number',
  additionalParameters: 'object',
}

/** A reranker on a SageMaker endpoint, as both specifications of the AI SDK want one. */
export class SagemakerRerankingModel<Version extends SpecificationVersion> {
  readonly specificationVersion: Version
  /** Name of the provider, for telemetry. */
  readonly provider = 'aws.sagemaker'
  /** Name of the endpoint. */
  readonly modelId: string
  readonly #source: ModelSource<SagemakerReranker>
  readonly #retries: RetrySettings['retries']

  constructor(version: Version, source: ModelSource<SagemakerReranker>, { retries }: RetrySettings) {
    this.specificationVersion = version
    this.modelId = source.endpointName
    this.#source = source
    this.#retries = retries
  }

  /**
   * Ranks documents by their relevance to a query, best first.
   *
   * @throws {APICallError} whose cause is a `SagemakerError` with the `index` of the document if one is at fault.
   */
  async doRerank(call: RerankingCallOptions): Promise<RerankingResult> {
    const { routing, own, warnings } = sagemakerOptions(call, ownKinds)
    try {
      const reranker = await this.#source.model()
      const options = this.#source.callOptions({ ...routing, ...own, topN: call.topN, signal: call.abortSignal })
      const documents = call.documents.values as readonly (string | Readonly<Record<string, unknown>>)[]
      const { ranking, scoreKind, tokens, response, raw } = await reranker.rerank(call.query, documents, options)
      const { requestId } = response
      return {
        ranking: ranking.map(({ index, score }) => ({ index, relevanceScore: score })),
        warnings: [...warnings, ...response.warnings.map(warningOf)],
        providerMetadata: providerMetadata(response, { scoreKind, tokens }),
        response: {
          ...(requestId === undefined ? {} : { id: requestId }),
          headers: responseHeaders(response),
          body: raw,
        },
      }
    } catch (thrown) {
      throw callError(thrown, { endpointName: this.modelId, operation: 'invocations', retries: this.#retries })
    }
  }
}
