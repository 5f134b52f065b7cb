import { randomUUID } from 'node:crypto'
import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText, toUnitLength } from '../embed-text.ts'
import { countTokens } from '../language/tokenizer.ts'
import { CohereRequestError } from '../language-formats/cohere/parameters.ts'
import { FieldError, fieldsOf, isObject, parseJson, type JsonObject } from '../../answers/json-fields.ts'
import { quantize, type EmbeddingType } from './quantize.ts'
import type { EmbeddingSettings } from './settings.ts'

const maxTexts = 96
const inputTypes = ['search_document', 'search_query', 'classification', 'clustering', 'image']
const embeddingTypes: readonly EmbeddingType[] = ['float', 'int8', 'uint8', 'binary', 'ubinary', 'base64']

/** Cohere's embed: at most 96 texts, `input_type` required, vectors as floats or in the types that are asked for. */
export function answerCohereEmbedding(request: ReceivedRequest, settings: EmbeddingSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  try {
    if ('error' in parsed) throw new CohereRequestError(parsed.error)
    if (!isObject(parsed.value)) throw new CohereRequestError('the body must be a JSON object')
    return json(embed(parsed.value, settings))
  } catch (error) {
    if (error instanceof CohereRequestError) return containerError(400, { message: error.message })
    if (error instanceof FieldError) return containerError(400, { message: `invalid request: ${error.message}` })
    throw error
  }
}

function embed(body: JsonObject, settings: EmbeddingSettings): object {
  const fields = fieldsOf(body)
  const texts = fields.strings('texts') ?? []
  const inputType = fields.string('input_type')
  const types = fields.strings('embedding_types')
  const dimensions = fields.integer('output_dimension') ?? settings.dimensions
  const refuseIf = (invalid: boolean, message: string): void => {
    if (invalid) throw new CohereRequestError(message)
  }
  refuseIf(texts.length === 0, 'texts must have at least one item.')
  refuseIf(texts.length > maxTexts, `total number of texts must be at most ${maxTexts} - received ${texts.length}`)
  refuseIf(inputType === undefined, 'valid input_type must be provided with the provided model')
  refuseIf(
    inputType !== undefined && !inputTypes.includes(inputType),
    `input_type must be one of ${inputTypes.join(', ')}`,
  )
  refuseIf(
    dimensions < 1 || dimensions > settings.dimensions,
    `output_dimension must be at most ${settings.dimensions}`,
  )
  const tooLong = fields.string('truncate') === 'NONE' && texts.some((text) => countTokens(text) > settings.maxTokens)
  refuseIf(tooLong, `too many tokens: total number of tokens in the prompt cannot exceed ${settings.maxTokens}`)
  const vectors = texts.map((text) => toUnitLength(embedText(text, settings.dimensions).subarray(0, dimensions)))
  const tokens = texts.reduce((total, text) => total + countTokens(text), 0)
  const meta = { api_version: { version: '1' }, billed_units: { input_tokens: tokens } }
  if (types === undefined) {
    return {
      id: randomUUID(),
      texts,
      embeddings: vectors.map((vector) => [...vector]),
      meta,
      response_type: 'embeddings_floats',
    }
  }
  const known = types.map((name) => embeddingTypes.find((type) => type === name))
  refuseIf(known.includes(undefined), `embedding_types must be among ${embeddingTypes.join(', ')}`)
  const embeddings = known.flatMap((type) =>
    type === undefined ? [] : [[type, vectors.map((vector) => quantize(vector, type))] as const],
  )
  return {
    id: randomUUID(),
    texts,
    embeddings: Object.fromEntries(embeddings),
    meta,
    response_type: 'embeddings_by_type',
  }
}
