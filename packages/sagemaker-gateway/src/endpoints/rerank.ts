import { randomUUID } from 'node:crypto'
import { invalidParameter, OpenAIFields } from '@x/sagemaker-llm/openai-format'
import { jsonResponse } from '../answers/responses.ts'
import type { EndpointCall } from './endpoint-call.ts'
import { answerOfFirst } from './fallback.ts'

/** More would only be a mistake: every document is a call of the model. */
const maxDocuments = 10_000

/**
 * `POST /v1/rerank`, in the form of Cohere and Jina, which vLLM, llama.cpp and Infinity serve, too.
 *
 * Source: docs.cohere.com/reference/rerank, jina.ai/reranker.
 */
export async function rerank({ body, models, scope }: EndpointCall): Promise<Response> {
  const fields = new OpenAIFields(body)
  const query = fields.requiredString('query')
  if (query.trim() === '') throw invalidParameter('query', 'is empty')
  const documents = documentsOf(fields)
  const topN = fields.integer('top_n')
  if (topN !== undefined && topN < 1) throw invalidParameter('top_n', `${topN} is not a whole number from 1`)
  const returnDocuments = fields.boolean('return_documents') ?? false
  const name = fields.string('model')
  const model = models.ofKind('rerank', name)
  scope.model = model.name
  const { ranking, tokens, response } = await answerOfFirst(models.candidates(model), scope, async (each) =>
    (await each.open()).rerank(query, documents, { topN, signal: scope.signal }),
  )
  scope.answered({ response, usage: { inputTokens: tokens, outputTokens: undefined } })
  const answer = {
    id: `rerank-${randomUUID()}`,
    model: name ?? model.name,
    results: ranking.map(({ index, score, document }) => ({
      index,
      relevance_score: score,
      document: returnDocuments ? { text: document } : undefined,
    })),
    usage: tokens === undefined ? undefined : { total_tokens: tokens },
  }
  return jsonResponse(answer, scope)
}

function documentsOf(fields: OpenAIFields): readonly string[] {
  const documents = fields.array('documents')
  if (documents === undefined) throw invalidParameter('documents', 'is missing')
  if (documents.length === 0) throw invalidParameter('documents', 'is empty')
  if (documents.length > maxDocuments)
    throw invalidParameter('documents', `has ${documents.length} documents; ${maxDocuments} is the most`)
  return documents.map((document, index) =>
    typeof document === 'string' ? document : new OpenAIFields(document, `documents[${index}]`).requiredString('text'),
  )
}
