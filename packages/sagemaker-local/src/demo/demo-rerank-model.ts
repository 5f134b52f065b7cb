import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import { rerankDeployment } from './deployments/scoring-deployments.ts'
import { rerankFormats, type RerankFormat } from './rerank-formats/rerank-formats.ts'
import type { RerankSettings } from './rerank-formats/rerank-settings.ts'

/** Options of {@link demoRerankModel}. */
export interface DemoRerankModelOptions {
  /**
   * Whose requests it takes and whose answers it gives.
   * @defaultValue `tei`
   */
  readonly format?: RerankFormat | undefined
  /**
   * Name of the model in answers, and the only one that a request may ask for where the container checks it.
   * @defaultValue `demo`
   */
  readonly modelName?: string | undefined
  /**
   * Longest pair of query and document, in tokens; longer ones are refused or truncated, as the container does.
   * @defaultValue 512
   */
  readonly maxTokens?: number | undefined
}

/**
 * A small reranker: it scores a document by the share of the query's character n-grams that occur in it, so that documents that repeat the
 * words of the query, or parts of them, come first. It knows nothing about meaning.
 */
export function demoRerankModel(options: DemoRerankModelOptions = {}): LocalEndpoint {
  const { format = 'tei' } = options
  const settings: RerankSettings = {
    modelName: options.modelName ?? 'demo',
    maxTokens: options.maxTokens ?? 512,
  }
  const { answer, server, example } = rerankFormats[format]
  return {
    description: `Demo reranker in the format of ${server} (${format})`,
    exampleBody: JSON.stringify(example),
    deployment: rerankDeployment(format, settings.modelName),
    answer: (request) => answer(request, settings),
  }
}
