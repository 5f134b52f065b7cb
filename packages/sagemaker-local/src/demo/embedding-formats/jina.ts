import { randomUUID } from 'node:crypto'
import { FieldError, fieldsOf, isObject, parseJson } from '../../answers/json-fields.ts'
import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText, toUnitLength } from '../embed-text.ts'
import { countTokens } from '../language/tokenizer.ts'
import { quantize, type EmbeddingType } from './quantize.ts'
import type { EmbeddingSettings } from './settings.ts'
import { embedTokens } from './token-vectors.ts'

const embeddingTypes: readonly EmbeddingType[] = ['float', 'base64', 'binary', 'ubinary']

/**
 * Jina's embedding models of the AWS Marketplace: `data` with texts or images, `parameters` with `task`, `dimensions`, `embedding_type` and
 * `return_multivector`; an OpenAI-like list. An image is embedded by its address or data. Long texts are truncated.
 */
export function answerJinaEmbedding(request: ReceivedRequest, settings: EmbeddingSettings): LocalAnswer {
  return readItems(request, (texts, parameters) => {
    const fields = fieldsOf(parameters)
    const dimensions = fields.integer('dimensions') ?? settings.dimensions
    if (dimensions < 1 || dimensions > settings.dimensions) {
      throw new FieldError('parameters.dimensions', `between 1 and ${settings.dimensions}`)
    }
    const name = fields.string('embedding_type') ?? 'float'
    const type = embeddingTypes.find((known) => known === name)
    if (type === undefined) throw new FieldError('parameters.embedding_type', `one of ${embeddingTypes.join(', ')}`)
    const cut = (vector: Float32Array): Float32Array => toUnitLength(vector.subarray(0, dimensions))
    const tokens = texts.reduce((sum, text) => sum + Math.min(countTokens(text), settings.maxTokens), 0)
    const several = fields.boolean('return_multivector') ?? false
    return {
      object: 'list',
      model: settings.modelName,
      data: texts.map((text, index) => ({
        object: 'embedding',
        index,
        ...(several
          ? { embeddings: embedTokens(text, settings).map((vector) => quantize(cut(vector), type)) }
          : { embedding: quantize(cut(embedText(text, settings.dimensions)), type) }),
      })),
      usage: { total_tokens: tokens, prompt_tokens: tokens },
    }
  })
}

/** Jina ColBERT: one vector per token; queries and documents differ by `parameters.input_type`. */
export function answerColbert(request: ReceivedRequest, settings: EmbeddingSettings): LocalAnswer {
  return readItems(request, (texts, parameters) => {
    const type = fieldsOf(parameters).string('input_type') ?? 'document'
    if (type !== 'document' && type !== 'query') throw new FieldError('parameters.input_type', 'document or query')
    return {
      data: texts.map((text) => ({
        id: randomUUID(),
        embeddings: embedTokens(text, settings).map((vector) => [...vector]),
      })),
    }
  })
}

function readItems(
  request: ReceivedRequest,
  answer: (texts: readonly string[], parameters: Readonly<Record<string, unknown>>) => object,
): LocalAnswer {
  const parsed = parseJson(request.text)
  if ('error' in parsed) return refusal(`JSON decode error: ${parsed.error}`)
  const { data, parameters } = isObject(parsed.value) ? parsed.value : {}
  try {
    if (!Array.isArray(data) || data.length === 0) throw new FieldError('data', 'a list of objects')
    return json(answer(data.map(contentOf), isObject(parameters) ? parameters : {}))
  } catch (error) {
    if (error instanceof FieldError) return refusal(error.message)
    throw error
  }
}

function contentOf(item: unknown): string {
  const content = isObject(item)
    ? [item['text'], item['image'], item['url'], item['bytes']].find((value) => typeof value === 'string')
    : undefined
  if (typeof content === 'string') return content
  throw new FieldError('data', 'a list of objects with text, image, url or bytes')
}

function refusal(message: string): LocalAnswer {
  return containerError(422, { detail: [{ loc: ['body'], msg: message, type: 'value_error' }] })
}
