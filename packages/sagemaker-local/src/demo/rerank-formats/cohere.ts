import { randomUUID } from 'node:crypto'
import { FieldError, fieldsOf, isObject, isStrings, parseJson, type JsonObject } from '../../answers/json-fields.ts'
import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { CohereRequestError } from '../language-formats/cohere/parameters.ts'
import { ranked, relevanceLogit, sigmoid } from '../relevance.ts'

const maxDocuments = 10_000

/** Cohere Rerank 2 to 3.5: documents as texts or objects (`rank_fields`), best first. Long documents are cut into chunks, never refused. */
export function answerCohereRerank(request: ReceivedRequest): LocalAnswer {
  const parsed = parseJson(request.text)
  try {
    if ('error' in parsed) throw new CohereRequestError(parsed.error)
    if (!isObject(parsed.value)) throw new CohereRequestError('the body must be a JSON object')
    return json(rerank(parsed.value))
  } catch (error) {
    if (error instanceof CohereRequestError) return containerError(400, { message: error.message })
    if (error instanceof FieldError) return containerError(400, { message: `invalid request: ${error.message}` })
    throw error
  }
}

function rerank(body: JsonObject): object {
  const fields = fieldsOf(body)
  const query = fields.string('query') ?? ''
  const documents = fields.array('documents') ?? []
  const rankFields = fields.strings('rank_fields') ?? ['text']
  const topN = fields.integer('top_n')
  const returnDocuments = fields.boolean('return_documents') ?? false
  if (query === '') throw new CohereRequestError('query must not be empty')
  if (documents.length === 0) throw new CohereRequestError('list of documents must not be empty')
  if (documents.length > maxDocuments) {
    throw new CohereRequestError(
      `total number of documents must be at most ${maxDocuments} - received ${documents.length}`,
    )
  }
  if (topN !== undefined && topN < 1) throw new CohereRequestError('top_n must be at least 1')
  const scores = documents.map((document, index) => sigmoid(relevanceLogit(query, textOf(document, index, rankFields))))
  return {
    id: randomUUID(),
    results: ranked(scores)
      .slice(0, topN)
      .map(({ index, score }) => ({
        ...(returnDocuments ? { document: objectOf(documents[index]) } : {}),
        index,
        relevance_score: score,
      })),
    meta: { api_version: { version: body['api_version'] === 2 ? '2' : '1' }, billed_units: { search_units: 1 } },
  }
}

/** Of an object, the fields that are ranked, in their order. */
function textOf(document: unknown, index: number, rankFields: readonly string[]): string {
  if (typeof document === 'string') return document
  if (!isObject(document)) throw new FieldError('documents', 'an array of strings or objects')
  const values = rankFields.flatMap((name) => {
    const value = document[name]
    return value === undefined
      ? []
      : [typeof value === 'string' ? value : isStrings(value) ? value.join(' ') : JSON.stringify(value)]
  })
  if (values.length > 0) return values.join('\n')
  throw new CohereRequestError(`document at index ${index} is missing the field(s): ${rankFields.join(', ')}`)
}

const objectOf = (document: unknown): unknown => (typeof document === 'string' ? { text: document } : document)
