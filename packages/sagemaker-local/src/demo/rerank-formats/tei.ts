import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { fieldsOf, type JsonObject } from '../../answers/json-fields.ts'
import { checkTokens, readTeiBody, teiMaxBatchSize, teiRefusal } from '../servers/tei-server.ts'
import { ranked, relevanceLogit, sigmoid } from '../relevance.ts'
import { countPairTokens, type RerankSettings } from './rerank-settings.ts'

/** `/invocations` of Text Embeddings Inference with a reranker (its `/rerank`): best first, probabilities unless `raw_scores`. */
export function answerTeiRerank(request: ReceivedRequest, settings: RerankSettings): LocalAnswer {
  return readTeiBody(request, ['query', 'texts'], (body) => rerank(body, settings))
}

function rerank(body: JsonObject, settings: RerankSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const query = fields.string('query') ?? ''
  const texts = fields.strings('texts') ?? []
  const truncate = fields.boolean('truncate') ?? false
  const rawScores = fields.boolean('raw_scores') ?? false
  const returnText = fields.boolean('return_text') ?? false
  if (texts.length === 0) return teiRefusal(400, 'Empty', '`texts` cannot be empty')
  if (texts.length > teiMaxBatchSize) {
    return teiRefusal(422, 'Validation', `batch size ${texts.length} > maximum allowed batch size ${teiMaxBatchSize}`)
  }
  const tooLong = checkTokens(
    texts.map((text) => countPairTokens(query, text)),
    truncate ? Infinity : settings.maxTokens,
  )
  if (tooLong) return tooLong
  const logits = texts.map((text) => relevanceLogit(query, text))
  return json(
    ranked(rawScores ? logits : logits.map(sigmoid)).map(({ index, score }) => ({
      index,
      ...(returnText ? { text: texts[index] } : {}),
      score,
    })),
  )
}
