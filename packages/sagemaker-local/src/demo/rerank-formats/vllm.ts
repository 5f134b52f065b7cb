import { randomUUID } from 'node:crypto'
import { FieldError, fieldsOf, isObject, isStrings, type JsonObject } from '../../answers/json-fields.ts'
import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { OpenAIRequestError } from '../language-formats/openai/errors.ts'
import { ranked, relevanceLogit, sigmoid } from '../relevance.ts'
import { checkVllmModel, checkVllmTokens, readVllmBody, usesActivation, vllmUsage } from '../servers/vllm-server.ts'
import { countPairTokens, type RerankSettings } from './rerank-settings.ts'

/** `/invocations` of vLLM with a cross-encoder: rerank for `query` and `documents`, score for two sides of pairs. */
export function answerVllmRerank(request: ReceivedRequest, settings: RerankSettings): LocalAnswer {
  return readVllmBody(request, (body) => {
    if ('query' in body && 'documents' in body) return rerank(body, settings)
    for (const [left, right] of sides) if (left in body && right in body) return score(body, left, right, settings)
    throw new OpenAIRequestError(
      "Cannot find suitable handler for request. Expected one of: ['RerankRequest', 'ScoreRequest']",
    )
  })
}

const sides = [
  ['text_1', 'text_2'],
  ['queries', 'documents'],
  ['queries', 'items'],
  ['data_1', 'data_2'],
] as const

function rerank(body: JsonObject, settings: RerankSettings): LocalAnswer {
  checkVllmModel(body, settings.modelName)
  const query = textOf(body['query'], 'query')
  const { documents: content } = body
  if (!Array.isArray(content)) throw new FieldError('documents', 'an array')
  const documents = content.map((document) => textOf(document, 'documents'))
  const topN = fieldsOf(body).integer('top_n') ?? 0
  const { scores, tokens } = scorePairs(
    documents.map((document) => [query, document] as const),
    body,
    settings,
  )
  return json({
    id: `rerank-${randomUUID().replaceAll('-', '')}`,
    model: settings.modelName,
    usage: { total_tokens: tokens, prompt_tokens: tokens },
    results: ranked(scores)
      .slice(0, topN > 0 ? topN : undefined)
      .map(({ index, score: relevance }) => ({
        index,
        document: { text: documents[index], multi_modal: null },
        relevance_score: relevance,
      })),
  })
}

function score(body: JsonObject, left: string, right: string, settings: RerankSettings): LocalAnswer {
  checkVllmModel(body, settings.modelName)
  const [first, second] = [textsOf(body[left], left), textsOf(body[right], right)]
  if (first.length > 1 && first.length !== second.length) {
    throw new OpenAIRequestError('Input lengths must be either 1:1, 1:N or N:N')
  }
  const pairs = second.map((text, index) => [first[first.length === 1 ? 0 : index] ?? '', text] as const)
  const { scores, tokens } = scorePairs(pairs, body, settings)
  return json({
    id: `score-${randomUUID().replaceAll('-', '')}`,
    object: 'list',
    created: Math.floor(Date.now() / 1000),
    model: settings.modelName,
    data: scores.map((value, index) => ({ index, object: 'score', score: value })),
    usage: vllmUsage(tokens),
  })
}

function scorePairs(
  pairs: readonly (readonly [query: string, document: string])[],
  body: JsonObject,
  settings: RerankSettings,
): { scores: number[]; tokens: number } {
  if (pairs.length === 0) throw new OpenAIRequestError('At least one text_pair element must be given')
  const counts = pairs.map(([query, document]) => countPairTokens(query, document))
  const limited = checkVllmTokens(counts, body, settings.maxTokens, 'score')
  const logits = pairs.map(([query, document]) => relevanceLogit(query, document))
  return {
    scores: usesActivation(body) ? logits.map(sigmoid) : logits,
    tokens: limited.reduce((sum, count) => sum + count, 0),
  }
}

/** A text, or the text parts of multimodal content. */
function textOf(value: unknown, field: string): string {
  if (typeof value === 'string') return value
  const content: unknown = isObject(value) ? value['content'] : undefined
  if (!Array.isArray(content)) throw new FieldError(field, 'a string or an object with content')
  return content
    .filter(isObject)
    .flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
    .join('\n')
}

function textsOf(value: unknown, field: string): readonly string[] {
  if (typeof value === 'string') return [value]
  if (isStrings(value) && value.length > 0) return value
  throw new FieldError(field, 'a string or an array of strings')
}
