import { SagemakerEmbedding, SagemakerError } from '@x/sagemaker-embed'
import { embeddingEndpoint } from './embedding-endpoint.ts'
import type { QueryEvent } from '../../protocol/embedding-event.ts'
import type { QueryRequest } from '../../protocol/embedding-request.ts'
import { encodeVector, type ShownVector, type VectorForm } from '../../protocol/shown-vector.ts'
import type { EndpointPool } from '../endpoint-pool.ts'
import { errorEvent, toSagemakerError } from '../error-event.ts'

/** Embeds what is searched for. */
export async function embedQuery(
  pool: EndpointPool,
  { endpoint, query, form }: QueryRequest,
  signal: AbortSignal,
): Promise<QueryEvent> {
  const startedAt = performance.now()
  try {
    const embedding = new SagemakerEmbedding(await embeddingEndpoint(pool, endpoint))
    const vector = await queryVector(embedding, query, form, signal)
    return { type: 'vector', vector: encodeVector(vector) }
  } catch (error) {
    return errorEvent(toSagemakerError(error), performance.now() - startedAt)
  }
}

async function queryVector(
  embedding: SagemakerEmbedding,
  query: string,
  form: VectorForm,
  signal: AbortSignal,
): Promise<ShownVector> {
  if (form === 'float32') return embedding.getQueryEmbedding(query, { signal })
  const [vector] =
    form === 'sparse'
      ? await embedding.getSparseEmbeddings([query], { kind: 'query', signal })
      : (await embedding.embed([query], { kind: 'query', dtype: form, signal })).embeddings
  return (
    vector ?? Promise.reject(new SagemakerError('unexpected-response', 'the endpoint sent no vector for the query.'))
  )
}
