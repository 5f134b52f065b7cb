import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import { embeddingFormats, type EmbeddingFormat } from './embedding-formats/embedding-formats.ts'
import { embeddingDeployment } from './deployments/embedding-deployment.ts'
import type { EmbeddingSettings } from './embedding-formats/settings.ts'

/** Options of {@link demoEmbeddingModel}. */
export interface DemoEmbeddingModelOptions {
  /**
   * Whose requests it takes and whose answers it gives.
   * @defaultValue `tei`
   */
  readonly format?: EmbeddingFormat | undefined
  /**
   * Numbers in a vector.
   * @defaultValue 384
   */
  readonly dimensions?: number | undefined
  /**
   * Name of the model in answers, and the only one that a request may ask for where the container checks it.
   * @defaultValue `demo`
   */
  readonly modelName?: string | undefined
  /**
   * Longest text, in tokens; longer ones are refused.
   * @defaultValue 512
   */
  readonly maxTokens?: number | undefined
}

/**
 * A small embedding model: it hashes character n-grams to vectors of unit length, so that the cosine of two vectors is large when
 * the texts share words or parts of words. It knows nothing about meaning.
 */
export function demoEmbeddingModel(options: DemoEmbeddingModelOptions = {}): LocalEndpoint {
  const { format = 'tei' } = options
  const settings: EmbeddingSettings = {
    modelName: options.modelName ?? 'demo',
    dimensions: options.dimensions ?? 384,
    maxTokens: options.maxTokens ?? 512,
  }
  const { answer, server, example } = embeddingFormats[format]
  return {
    description: `Demo embedding model in the format of ${server} (${format}), ${settings.dimensions} dimensions`,
    exampleBody: JSON.stringify(example),
    deployment: embeddingDeployment(format, settings.modelName),
    answer: (request) => answer(request, settings),
  }
}
