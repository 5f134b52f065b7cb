import { SagemakerEmbedding } from '@x/sagemaker-embed'
import { embeddingEndpoint } from './embedding-endpoint.ts'
import type { QueryEvent } from '../../protocol/embedding-event.ts'
import type { QueryRequest } from '../../protocol/embedding-request.ts'
import { encodeVector } from '../../protocol/vector-text.ts'
import type { EndpointPool } from '../endpoint-pool.ts'
import { errorEvent, toSagemakerError } from '../error-event.ts'

/** Embeds what is searched for. */
export async function embedQuery(
  pool: EndpointPool,
  { endpoint, query }: QueryRequest,
  signal: AbortSignal,
): Promise<QueryEvent> {
  const startedAt = performance.now()
  try {
    const embedding = new SagemakerEmbedding(await embeddingEndpoint(pool, endpoint))
    return { type: 'vector', vector: encodeVector(await embedding.getQueryEmbedding(query, { signal })) }
  } catch (error) {
    return errorEvent(toSagemakerError(error), performance.now() - startedAt)
  }
}
