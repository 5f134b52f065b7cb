import { randomUUID } from 'node:crypto'
import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText, toUnitLength } from '../embed-text.ts'
import { countTokens } from '../language/tokenizer.ts'
import { toBase64 } from './quantize.ts'
import type { EmbeddingSettings } from './settings.ts'
import { FieldError, fieldsOf, isStrings, type JsonObject } from '../../answers/json-fields.ts'
import { OpenAIRequestError } from '../language-formats/openai/errors.ts'
import { checkVllmModel, readVllmBody } from '../servers/vllm-server.ts'

/** OpenAI-shaped embeddings as vLLM writes them, as numbers or in base64. */
export function answerOpenAIEmbedding(request: ReceivedRequest, settings: EmbeddingSettings): LocalAnswer {
  return readVllmBody(request, (body) => {
    if ('input' in body) return embed(body, settings)
    throw new OpenAIRequestError(
      "Cannot find suitable handler for request. Expected one of: ['EmbeddingCompletionRequest']",
    )
  })
}

function embed(body: JsonObject, settings: EmbeddingSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const texts = readInput(body['input'])
  checkVllmModel(body, settings.modelName)
  const dimensions = fields.integer('dimensions') ?? settings.dimensions
  if (dimensions < 1 || dimensions > settings.dimensions) {
    throw new OpenAIRequestError(`dimensions must be between 1 and ${settings.dimensions}, got ${dimensions}.`)
  }
  const encoding = fields.string('encoding_format') ?? 'float'
  if (encoding !== 'float' && encoding !== 'base64') {
    throw new OpenAIRequestError("encoding_format must be 'float' or 'base64'.")
  }
  const counts = texts.map(countTokens)
  const longest = Math.max(...counts)
  if (longest > settings.maxTokens) {
    throw new OpenAIRequestError(
      `This model's maximum context length is ${settings.maxTokens} tokens. However, you requested ${longest} tokens in the input for embedding generation. Please reduce the length of the input.`,
    )
  }
  const promptTokens = counts.reduce((sum, count) => sum + count, 0)
  return json({
    id: `embd-${randomUUID().replaceAll('-', '')}`,
    object: 'list',
    created: Math.floor(Date.now() / 1000),
    model: settings.modelName,
    data: texts.map((text, index) => {
      const vector = toUnitLength(embedText(text, settings.dimensions).subarray(0, dimensions))
      return { index, object: 'embedding', embedding: encoding === 'base64' ? toBase64(vector) : [...vector] }
    }),
    usage: {
      prompt_tokens: promptTokens,
      total_tokens: promptTokens,
      completion_tokens: 0,
      prompt_tokens_details: null,
    },
  })
}

function readInput(input: unknown): readonly string[] {
  if (typeof input === 'string') return [input]
  if (!isStrings(input)) throw new FieldError('input', 'a string or an array of strings')
  if (input.length === 0) throw new OpenAIRequestError('input cannot be empty')
  return input
}
