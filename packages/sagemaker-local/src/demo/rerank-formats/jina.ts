import { randomUUID } from 'node:crypto'
import { FieldError, fieldsOf, isObject, parseJson, type JsonObject } from '../../answers/json-fields.ts'
import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { countTokens } from '../language/tokenizer.ts'
import { ranked, relevanceLogit, sigmoid } from '../relevance.ts'
import type { RerankSettings } from './rerank-settings.ts'

/** Jina's rerankers of the AWS Marketplace: one query in `data`, or a list of them as the multimodal one takes it; best first. */
export function answerJinaRerank(request: ReceivedRequest, settings: RerankSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  if ('error' in parsed) return refusal(`JSON decode error: ${parsed.error}`)
  const data: unknown = isObject(parsed.value) ? parsed.value['data'] : undefined
  const queries = Array.isArray(data) ? data : [data]
  try {
    return json({ data: queries.map((query) => rerank(query, settings)) })
  } catch (error) {
    if (error instanceof FieldError) return refusal(error.message)
    throw error
  }
}

function rerank(value: unknown, { maxTokens }: RerankSettings): object {
  if (!isObject(value)) throw new FieldError('data', 'an object with query and documents, or a list of them')
  const fields = fieldsOf(value)
  const query = fields.string('query')
  const documents = fields.array('documents')
  if (query === undefined) throw new FieldError('data.query', 'a string')
  if (documents === undefined || documents.length === 0) throw new FieldError('data.documents', 'a list of documents')
  const contents = documents.map(readDocument)
  // Long documents are truncated, as the containers do.
  const counts = contents.map(({ text }) => Math.min(countTokens(text), maxTokens))
  const scores = contents.map(({ text }) => sigmoid(relevanceLogit(query, text)))
  return {
    id: randomUUID(),
    query_usage: { total_tokens: countTokens(query) },
    results: ranked(scores)
      .slice(0, fields.integer('top_n'))
      .map(({ index, score }) => ({
        id: randomUUID(),
        index,
        document: { id: randomUUID(), ...contents[index]?.document },
        relevance_score: score,
        usage: { total_tokens: counts[index] },
      })),
  }
}

/** A document and the text by which it is ranked; an image is ranked by its address or data. */
function readDocument(document: unknown): { readonly document: JsonObject; readonly text: string } {
  if (typeof document === 'string') return { document: { text: document }, text: document }
  const content = isObject(document)
    ? [document['text'], document['image'], document['url'], document['bytes']].find(
        (value) => typeof value === 'string',
      )
    : undefined
  if (!isObject(document) || typeof content !== 'string') {
    throw new FieldError('data.documents', 'a list of texts, or of objects with text, image, url or bytes')
  }
  return { document, text: content }
}

function refusal(message: string): LocalAnswer {
  return containerError(422, { detail: [{ loc: ['body'], msg: message, type: 'value_error' }] })
}
