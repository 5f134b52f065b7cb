import { namedEmbeddingHandler, type EmbeddingContentHandler } from '@x/sagemaker-embed'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import type { EndpointReference } from '../../protocol/run-request.ts'
import type { EndpointPool } from '../endpoint-pool.ts'

/** Options of an embedding model for an endpoint: how it is reached and in what format it is called. */
export interface EmbeddingEndpoint {
  readonly endpoint: SagemakerEndpoint
  readonly contentHandler?: EmbeddingContentHandler | undefined
  readonly modelName?: string | undefined
  readonly additionalParameters?: Readonly<Record<string, unknown>> | undefined
}

/** @throws {SagemakerError} `invalid-request` for a handler that is not known. */
export async function embeddingEndpoint(pool: EndpointPool, reference: EndpointReference): Promise<EmbeddingEndpoint> {
  const { handler, modelName, additionalParameters } = reference
  return {
    endpoint: pool.get(reference),
    contentHandler: handler === undefined ? undefined : await namedEmbeddingHandler(handler),
    modelName,
    additionalParameters,
  }
}
