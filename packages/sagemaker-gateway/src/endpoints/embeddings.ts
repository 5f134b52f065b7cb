import { Buffer } from 'node:buffer'
import type { EmbeddingKind } from '@x/bedrock-like-types'
import { invalidParameter, OpenAIFields } from '@x/sagemaker-llm/openai-format'
import { jsonResponse } from '../answers/responses.ts'
import type { EndpointCall } from './endpoint-call.ts'
import { answerOfFirst } from './fallback.ts'

/** OpenAI's own limit. */
const maxInputs = 2048

/** Words that servers of embedding models use for what a text is for, by what they mean. */
const queryTypes: ReadonlySet<string> = new Set(['query', 'search_query'])

/**
 * `POST /v1/embeddings`. `input_type` (`query`, or anything else for texts that are to be found) is an extension, as NVIDIA's and Cohere's
 * servers have it.
 *
 * Source: openai/openai-openapi, `createEmbedding`.
 */
export async function embeddings({ body, models, scope }: EndpointCall): Promise<Response> {
  const fields = new OpenAIFields(body)
  const inputs = inputsOf(fields)
  const encode = encodingOf(fields)
  const dimensions = fields.integer('dimensions')
  const kind: EmbeddingKind = queryTypes.has(fields.string('input_type') ?? '') ? 'query' : 'text'
  const name = fields.string('model')
  const model = models.ofKind('embedding', name)
  scope.model = model.name
  const {
    embeddings: vectors,
    tokens,
    response,
  } = await answerOfFirst(models.candidates(model), scope, async (each) =>
    (await each.open()).embed(inputs, { kind, dimensions, signal: scope.signal }),
  )
  scope.answered({ response, usage: { inputTokens: tokens, outputTokens: undefined } })
  const answer = {
    object: 'list',
    data: vectors.map((vector, index) => ({ object: 'embedding', index, embedding: encode(vector) })),
    model: name ?? model.name,
    // The type of OpenAI's clients has no answer without counts.
    usage: { prompt_tokens: tokens ?? 0, total_tokens: tokens ?? 0 },
  }
  return jsonResponse(answer, scope)
}

function inputsOf(fields: OpenAIFields): readonly string[] {
  const input = fields.get('input')
  if (input === undefined) throw invalidParameter('input', 'is missing')
  const first: unknown = Array.isArray(input) ? input[0] : undefined
  if (typeof first === 'number' || Array.isArray(first))
    throw invalidParameter('input', 'token ids are not supported: send text')
  const inputs = fields.strings('input') ?? []
  if (inputs.length === 0) throw invalidParameter('input', 'is empty')
  if (inputs.length > maxInputs) throw invalidParameter('input', `has ${inputs.length} texts; ${maxInputs} is the most`)
  const empty = inputs.indexOf('')
  if (empty !== -1) throw invalidParameter(Array.isArray(input) ? `input[${empty}]` : 'input', 'is an empty text')
  return inputs
}

function encodingOf(fields: OpenAIFields): (vector: Float32Array) => string | readonly number[] {
  const format = fields.string('encoding_format') ?? 'float'
  if (format === 'float') return (vector) => Array.from(vector)
  if (format !== 'base64') throw invalidParameter('encoding_format', 'must be float or base64')
  // Little-endian, as all machines that run Node.js are.
  return ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength).toString('base64')
}
