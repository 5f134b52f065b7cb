import { Buffer } from 'node:buffer'
import { containerError, json, type LocalAnswer } from '@x/sagemaker-local'
import {
  autoEmbedding,
  cohereEmbedding,
  huggingfaceEmbedding,
  jumpstartEmbedding,
  lmiEmbedding,
  openaiEmbedding,
  teiEmbedding,
  titanEmbedding,
  type EmbeddingContentHandler,
  type Pooling,
} from '../index.ts'

/** How a kind of container speaks: what it takes, how it answers, and its own words for what it refuses. */
export interface SimulatedContainer {
  readonly name: string
  readonly handler: () => EmbeddingContentHandler
  readonly pooling?: Pooling
  /** The texts of a body; throws where the container would say that it is no request. */
  readonly texts: (body: Record<string, unknown>) => readonly string[]
  readonly answer: (vectors: readonly (readonly (number | null)[])[]) => unknown
  /** Its refusal of more texts than `limit`. */
  readonly tooMany: (count: number, limit: number) => LocalAnswer
  /** Its refusal of a text with too many tokens. */
  readonly tooLong: () => LocalAnswer
  /** Its refusal of a text for another reason. */
  readonly refused: () => LocalAnswer
  readonly throttled: () => LocalAnswer
  /** Whether several texts go into one request. */
  readonly takesSeveral: boolean
}

function strings(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw new Error('expected a list of strings')
}

const teiError = (status: number, error: string, error_type: string): LocalAnswer =>
  containerError(status, { error, error_type })
const djlError = (code: number, message: string): LocalAnswer =>
  containerError(code, { code, type: 'TranslateException', message })
const openaiError = (code: number, message: string): LocalAnswer =>
  containerError(code, { error: { message, type: 'BadRequestError', param: null, code } })
const mmsError = (message: string): LocalAnswer =>
  containerError(400, { code: 400, type: 'InternalServerException', message })

const teiLike = {
  texts: (body: Record<string, unknown>) => strings(body['inputs']),
  answer: (vectors: unknown) => vectors,
  tooMany: (count: number, limit: number) =>
    teiError(422, `batch size ${count} > maximum allowed batch size ${limit}`, 'Validation'),
  tooLong: () =>
    teiError(413, 'Input validation error: `inputs` must have less than 512 tokens. Given: 600', 'Validation'),
  refused: () => teiError(400, '`inputs` cannot be empty', 'Empty'),
  throttled: () => teiError(429, 'Model is overloaded', 'Overloaded'),
  takesSeveral: true,
}
const openaiLike = {
  texts: (body: Record<string, unknown>) => strings(body['input']),
  tooMany: (_: number, limit: number) =>
    openaiError(400, `Invalid 'input': array too long. Expected an array with maximum length ${limit}`),
  tooLong: () =>
    openaiError(400, "This model's maximum context length is 512 tokens. However, you requested 600 tokens."),
  refused: () => openaiError(400, 'The input has a token that is out of vocabulary'),
  throttled: () => openaiError(429, 'Too many requests'),
  takesSeveral: true,
}
const toolkitLike = {
  texts: (body: Record<string, unknown>) => strings(body['inputs']),
  tooMany: () => containerError(413, 'Request Entity Too Large'),
  tooLong: () =>
    mmsError('The size of tensor a (600) must match the size of tensor b (512) at non-singleton dimension 1'),
  refused: () => mmsError('index out of range in self'),
  throttled: () =>
    containerError(503, { code: 503, type: 'ServiceUnavailableException', message: 'no worker is free' }),
  takesSeveral: true,
}
const scriptLike = {
  ...toolkitLike,
  texts: (body: Record<string, unknown>) => strings(body['text_inputs']),
  answer: (vectors: unknown) => ({ embedding: vectors }),
}
const lmiLike = {
  texts: (body: Record<string, unknown>) => strings(body['inputs']),
  tooMany: (_: number, limit: number) => djlError(400, `Batch of inputs exceeds the maximum of ${limit}`),
  tooLong: () => djlError(400, 'Input has 600 tokens, the model takes 512: inputs must have less than 512 tokens'),
  refused: () => djlError(424, 'prediction failure'),
  throttled: () => djlError(429, 'Total requests exceed the queue capacity'),
  takesSeveral: true,
}
const cohereLike = {
  texts: (body: Record<string, unknown>) => {
    if (typeof body['input_type'] !== 'string') throw new Error('input_type is required')
    return strings(body['texts'])
  },
  tooMany: (count: number, limit: number) =>
    containerError(400, {
      message: `invalid request: total number of texts must be at most ${limit} - received ${count}`,
    }),
  tooLong: () => containerError(400, { message: 'too many tokens: inputs must have less than 512 tokens' }),
  refused: () => containerError(400, { message: 'invalid request: text must not be blank' }),
  throttled: () => containerError(429, { message: 'trial limit reached' }),
  takesSeveral: true,
}

/** Two token vectors of which the mean is the given vector. */
const tokens = (vector: readonly (number | null)[]): (number | null)[][] => [
  vector.map((value) => value && value * 2),
  vector.map((value) => value && 0),
]
const base64 = (vector: readonly (number | null)[]): string =>
  Buffer.from(Float32Array.from(vector, (value) => value ?? Number.NaN).buffer).toString('base64')
const data = (vectors: readonly unknown[]): unknown => ({
  object: 'list',
  data: vectors.map((embedding, index) => ({ index, object: 'embedding', embedding })),
  model: 'm',
  usage: { prompt_tokens: vectors.length * 3, total_tokens: vectors.length * 3 },
})

/** Every format that the package knows, as the containers speak it. */
export const simulatedContainers: readonly SimulatedContainer[] = [
  { name: 'TEI', handler: teiEmbedding, ...teiLike },
  { name: 'TEI, read by auto', handler: autoEmbedding, ...teiLike },
  { name: 'vLLM in base64', handler: openaiEmbedding, ...openaiLike, answer: (vectors) => data(vectors.map(base64)) },
  {
    name: 'vLLM in numbers, last first',
    handler: () => openaiEmbedding({ encodingFormat: 'float' }),
    ...openaiLike,
    answer: (vectors) => {
      const answer = data(vectors) as { data: unknown[] }
      return { ...answer, data: answer.data.toReversed() }
    },
  },
  {
    name: 'Hugging Face feature-extraction',
    handler: huggingfaceEmbedding,
    pooling: 'mean',
    ...toolkitLike,
    answer: (vectors) => vectors.map((vector) => [tokens(vector)]),
  },
  {
    name: 'Hugging Face feature-extraction with squeezed batches, read by auto',
    handler: autoEmbedding,
    pooling: 'mean',
    ...toolkitLike,
    answer: (vectors) => vectors.map(tokens),
  },
  {
    name: 'Hugging Face sentence-embeddings',
    handler: huggingfaceEmbedding,
    ...toolkitLike,
    answer: (vectors) => ({ embeddings: vectors.length === 1 ? vectors[0] : vectors }),
  },
  { name: 'JumpStart text embedding', handler: jumpstartEmbedding, ...scriptLike },
  {
    name: 'JumpStart sentence similarity',
    handler: () => jumpstartEmbedding({ input: 'array' }),
    ...scriptLike,
    texts: (body) => strings(body),
  },
  {
    name: 'LMI',
    handler: lmiEmbedding,
    ...lmiLike,
    answer: (vectors) => vectors,
  },
  {
    name: 'LMI with sparse weights',
    handler: lmiEmbedding,
    ...lmiLike,
    answer: (vectors) => vectors.map((vector) => ({ dense_vecs: vector, lexical_weights: { '4865': 0.0836 } })),
  },
  {
    name: 'Cohere',
    handler: cohereEmbedding,
    ...cohereLike,
    answer: (vectors) => ({ id: 'e', embeddings: vectors, meta: { billed_units: { input_tokens: vectors.length } } }),
  },
  {
    name: 'Cohere by type',
    handler: cohereEmbedding,
    ...cohereLike,
    answer: (vectors) => ({
      id: 'e',
      response_type: 'embeddings_by_type',
      embeddings: { float: vectors, int8: [[1]] },
    }),
  },
  {
    name: 'Titan',
    handler: titanEmbedding,
    ...toolkitLike,
    texts: (body) => strings([body['inputText']]),
    answer: (vectors) => ({ embedding: vectors[0], inputTextTokenCount: 3 }),
    takesSeveral: false,
  },
]

/** The container's answer to a request for vectors, in its own format. */
export function answered(container: SimulatedContainer, vectors: readonly (readonly (number | null)[])[]): LocalAnswer {
  return json(container.answer(vectors))
}
