import { randomUUID } from 'node:crypto'
import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText, toUnitLength } from '../embed-text.ts'
import { countTokens } from '../language/tokenizer.ts'
import { elementTypes, quantize, toBase64, type ElementType } from './quantize.ts'
import type { EmbeddingSettings } from './settings.ts'
import { embedTokens } from './token-vectors.ts'
import { fieldsOf, type JsonObject } from '../../answers/json-fields.ts'
import { OpenAIRequestError } from '../language-formats/openai/errors.ts'
import { checkVllmModel, checkVllmTokens, readVllmBody, readVllmInput, vllmUsage } from '../servers/vllm-server.ts'

/** OpenAI-shaped embeddings as vLLM writes them, as numbers or in base64. */
export function answerOpenAIEmbedding(request: ReceivedRequest, settings: EmbeddingSettings): LocalAnswer {
  return readVllmBody(request, (body) => {
    if ('input' in body && body['task'] === 'token_embed') return poolTokens(body, settings)
    if ('input' in body) return embed(body, settings)
    throw new OpenAIRequestError(
      "Cannot find suitable handler for request. Expected one of: ['EmbeddingCompletionRequest']",
    )
  })
}

function embed(body: JsonObject, settings: EmbeddingSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const texts = readVllmInput(body['input'])
  checkVllmModel(body, settings.modelName)
  const dimensions = fields.integer('dimensions') ?? settings.dimensions
  if (dimensions < 1 || dimensions > settings.dimensions) {
    throw new OpenAIRequestError(`dimensions must be between 1 and ${settings.dimensions}, got ${dimensions}.`)
  }
  const encoding = fields.string('encoding_format') ?? 'float'
  const elementType = readElementType(body)
  if (encoding !== 'float' && encoding !== 'base64') {
    throw new OpenAIRequestError("encoding_format must be 'float' or 'base64'.")
  }
  const counts = checkVllmTokens(texts.map(countTokens), body, settings.maxTokens, 'embedding generation')
  const promptTokens = counts.reduce((sum, count) => sum + count, 0)
  return json({
    id: `embd-${randomUUID().replaceAll('-', '')}`,
    object: 'list',
    created: Math.floor(Date.now() / 1000),
    model: settings.modelName,
    data: texts.map((text, index) => {
      const vector = toUnitLength(embedText(text, settings.dimensions).subarray(0, dimensions))
      return { index, object: 'embedding', embedding: encodeVector(vector, encoding, elementType) }
    }),
    usage: vllmUsage(promptTokens),
  })
}

/** vLLM's pooling of token vectors: a list of vectors per text. */
function poolTokens(body: JsonObject, settings: EmbeddingSettings): LocalAnswer {
  checkVllmModel(body, settings.modelName)
  const texts = readVllmInput(body['input'])
  const counts = checkVllmTokens(texts.map(countTokens), body, settings.maxTokens, 'embedding generation')
  return json({
    id: `pool-${randomUUID().replaceAll('-', '')}`,
    object: 'list',
    created: Math.floor(Date.now() / 1000),
    model: settings.modelName,
    data: texts.map((text, index) => ({
      index,
      object: 'pooling',
      data: embedTokens(text, settings).map((vector) => [...vector]),
    })),
    usage: vllmUsage(counts.reduce((sum, count) => sum + count, 0)),
  })
}

/** The element type of `embed_dtype` (vLLM, of base64 only) or `output_dtype` (Voyage, Mistral and others, of numbers and base64). */
function readElementType(body: JsonObject): ElementType {
  const fields = fieldsOf(body)
  const name = fields.string('embed_dtype') ?? fields.string('output_dtype') ?? 'float32'
  const found = elementTypes.find((type) => type === (name === 'float' ? 'float32' : name))
  if (found === undefined) throw new OpenAIRequestError(`embed_dtype must be one of ${elementTypes.join(', ')}.`)
  return found
}

function encodeVector(
  vector: Float32Array,
  encoding: 'float' | 'base64',
  type: ElementType,
): readonly number[] | string {
  if (encoding === 'base64') return toBase64(vector, type)
  return type === 'float32' || type === 'float16' ? [...vector] : quantize(vector, type)
}
