import { containerError, json, type LocalAnswer } from '@x/sagemaker-local'
import {
  type RerankContentHandler,
  type RerankScoreKind,
  type SagemakerErrorCode,
  cohereRerank,
  djlRerank,
  huggingfaceRerank,
  jinaRerank,
  nimRerank,
  teiRerank,
  textPairsRerank,
  vllmRerank,
} from '../index.ts'

/** A query with its documents, as a container read it. */
export interface ReadRequest {
  readonly query: string
  readonly documents: readonly string[]
  readonly topN?: number | undefined
}

/** A container that scores documents, in its own format. */
export interface SimulatedReranker {
  readonly name: string
  readonly handler: () => RerankContentHandler
  readonly scoreKind: RerankScoreKind
  /** Whether scores come in the order of the documents, without indices. */
  readonly isPositional?: boolean
  /** Whether the container can leave out documents. */
  readonly hasTopN?: boolean
  /** The tokens that it reports for a request. */
  readonly tokens?: number
  /** Reads a request; throws for a body that the container would refuse. */
  readonly read: (body: unknown) => ReadRequest
  /** Writes an answer; entries that are not in the order of their scores are sorted by the caller. */
  readonly write: (entries: readonly (readonly [index: number, score: unknown])[]) => unknown
  /** Refuses more than 4 documents. */
  readonly tooMany: (count: number) => LocalAnswer
  /** Refuses a document that is too long. */
  readonly tooLong: LocalAnswer
  /** The code of that; not there for containers that say it in known words. */
  readonly tooLongCode?: SagemakerErrorCode
  /** Refuses for another reason. */
  readonly refused: LocalAnswer
}

/** The score of a document, which is what its text ends with: `boats 0.75`. */
export function scoreOf(document: string): number {
  return Number(document.slice(document.lastIndexOf(' ') + 1))
}

/** A member of a member of a value; `undefined` if there is none. */
const at = (value: unknown, ...path: readonly (string | number)[]): unknown => {
  let found = value
  for (const step of path) found = (found as Readonly<Record<string | number, unknown>> | undefined)?.[step]
  return found
}
const text = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error('not a string')
  return value
}
const list = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Error('not an array')
  return value
}
const strings = (value: unknown): string[] => list(value).map(text)
/** The texts of objects. */
const texts = (value: unknown): string[] => list(value).map((one) => text(at(one, 'text')))
const topNOf = (body: unknown): number | undefined => at(body, 'top_n') as number | undefined
const results = (entries: readonly (readonly [number, unknown])[]) =>
  entries.map(([index, score]) => ({ index, relevance_score: score }))

const fastApi = (status: number, message: string): LocalAnswer =>
  containerError(status, { error: { message, type: 'BadRequestError', param: null, code: status } })
const toolkit = (message: string): LocalAnswer =>
  containerError(400, { code: 400, type: 'InternalServerException', message })

export const simulatedRerankers: readonly SimulatedReranker[] = [
  {
    name: 'TEI',
    handler: teiRerank,
    scoreKind: 'probability',
    read: (body) => {
      if (typeof at(body, 'raw_scores') === 'string') throw new Error('raw_scores')
      return { query: text(at(body, 'query')), documents: strings(at(body, 'texts')) }
    },
    write: (entries) => entries.map(([index, score]) => ({ index, score })),
    tooMany: (count) =>
      containerError(422, { error: `batch size ${count} > maximum allowed batch size 4`, error_type: 'Validation' }),
    tooLong: containerError(413, {
      error: 'Input validation error: `inputs` must have less than 512 tokens. Given: 600',
      error_type: 'Validation',
    }),
    refused: containerError(422, { error: 'tokenizer error', error_type: 'Tokenizer' }),
  },
  {
    name: 'vLLM',
    handler: vllmRerank,
    scoreKind: 'probability',
    hasTopN: true,
    tokens: 56,
    read: (body) => ({
      query: text(at(body, 'query')),
      documents: strings(at(body, 'documents')),
      topN: topNOf(body),
    }),
    write: (entries) => ({
      id: 'rerank-1',
      model: 'm',
      usage: { total_tokens: 56, prompt_tokens: 56 },
      results: results(entries),
    }),
    tooMany: (count) =>
      fastApi(400, `Invalid 'documents': array too long. Expected an array with maximum length 4, but got ${count}`),
    tooLong: fastApi(
      400,
      "This model's maximum context length is 512 tokens. However, you requested 600 tokens in the input.",
    ),
    refused: fastApi(400, 'documents: nothing to score'),
  },
  {
    name: 'Cohere',
    handler: cohereRerank,
    scoreKind: 'probability',
    hasTopN: true,
    tokens: 31,
    // Objects with a text, and strings.
    read: (body) => ({
      query: text(at(body, 'query')),
      documents: list(at(body, 'documents')).map((one) => text(typeof one === 'string' ? one : at(one, 'text'))),
      topN: topNOf(body),
    }),
    write: (entries) => ({ id: 'r', results: results(entries), meta: { tokens: { input_tokens: 31 } } }),
    tooMany: (count) =>
      containerError(400, { message: `number of documents must be at most 4, received ${count} documents` }),
    tooLong: containerError(400, { message: 'too many tokens: total number of tokens in the document exceeds 512' }),
    refused: containerError(400, { message: 'invalid document' }),
  },
  {
    name: 'Jina',
    handler: jinaRerank,
    scoreKind: 'unknown',
    hasTopN: true,
    tokens: 7 + 20,
    read: (body) => ({
      query: text(at(body, 'data', 'query')),
      documents: texts(at(body, 'data', 'documents')),
      topN: topNOf(at(body, 'data')),
    }),
    write: (entries) => ({
      data: [
        { id: 'q', query_usage: { total_tokens: 7 }, docs_usage: { total_tokens: 20 }, results: results(entries) },
      ],
    }),
    tooMany: (count) =>
      containerError(400, { detail: `List should have at most 4 items after validation, not ${count}` }),
    tooLong: containerError(400, { detail: 'Input is too long: 600 tokens exceed the maximum context length of 512' }),
    refused: containerError(400, { detail: 'cannot encode' }),
  },
  {
    name: 'Jina m0',
    handler: () => jinaRerank({ multimodal: true }),
    scoreKind: 'unknown',
    hasTopN: true,
    read: (body) => ({
      query: text(at(body, 'data', 0, 'query')),
      documents: texts(at(body, 'data', 0, 'documents')),
      topN: topNOf(at(body, 'data', 0)),
    }),
    write: (entries) => ({ data: [{ results: results(entries) }] }),
    tooMany: (count) =>
      containerError(400, { detail: `List should have at most 4 items after validation, not ${count}` }),
    tooLong: containerError(400, { detail: 'Input is too long: 600 tokens exceed the maximum context length of 512' }),
    refused: containerError(400, { detail: 'cannot encode' }),
  },
  {
    name: 'Hugging Face toolkit',
    handler: huggingfaceRerank,
    scoreKind: 'probability',
    isPositional: true,
    read: (body) => {
      const pairs = list(at(body, 'inputs'))
      return { query: text(at(pairs, 0, 'text')), documents: pairs.map((pair) => text(at(pair, 'text_pair'))) }
    },
    write: (entries) => entries.map(([, score]) => ({ label: 'LABEL_0', score })),
    tooMany: (count) => toolkit(`number of inputs must be at most 4, got ${count} inputs`),
    tooLong: toolkit(
      'The expanded size of the tensor (600) must match the existing size (512) at non-singleton dimension 1.',
    ),
    tooLongCode: 'invalid-request',
    refused: toolkit('text input must be of type `str`'),
  },
  {
    name: 'DJL',
    handler: djlRerank,
    scoreKind: 'probability',
    isPositional: true,
    read: (body) => ({ query: text(at(body, 'query')), documents: strings(at(body, 'texts')) }),
    write: (entries) => entries.map(([, score]) => [score]),
    tooMany: (count) =>
      containerError(400, {
        code: 400,
        type: 'TranslateException',
        message: `Batch size ${count} > maximum allowed batch size 4`,
      }),
    tooLong: containerError(400, {
      code: 400,
      type: 'TranslateException',
      message: 'Input is too long: 600 tokens exceed the maximum context length of 512',
    }),
    refused: containerError(400, {
      code: 400,
      type: 'TranslateException',
      message: 'Missing text or text_pair in json.',
    }),
  },
  {
    name: 'NIM',
    handler: nimRerank,
    scoreKind: 'logit',
    read: (body) => ({ query: text(at(body, 'query', 'text')), documents: texts(at(body, 'passages')) }),
    write: (entries) => ({ rankings: entries.map(([index, score]) => ({ index, logit: score })) }),
    tooMany: (count) =>
      containerError(422, { detail: `passages: List should have at most 4 items after validation, not ${count}` }),
    tooLong: containerError(400, { error: 'Input length 600 exceeds maximum allowed token size 512' }),
    refused: containerError(400, { error: 'passage is empty' }),
  },
  {
    name: 'text pairs',
    handler: textPairsRerank,
    scoreKind: 'unknown',
    isPositional: true,
    read: (body) => {
      const pairs = list(at(body, 'text_pairs'))
      return { query: text(at(pairs, 0, 0)), documents: pairs.map((pair) => text(at(pair, 1))) }
    },
    write: (entries) => ({ scores: entries.map(([, score]) => score) }),
    tooMany: (count) => containerError(400, `number of inputs must be at most 4, got ${count} inputs`),
    tooLong: containerError(400, 'Input is too long: 600 tokens exceed the maximum context length of 512'),
    refused: containerError(400, 'cannot score'),
  },
]

/** The answer of a container to a request, with the scores of its documents: sorted, if it sorts. */
export function answerOf(container: SimulatedReranker, { documents, topN }: ReadRequest): LocalAnswer {
  const entries = documents.map((document, index): [number, number] => [index, scoreOf(document)])
  if (container.isPositional !== true) entries.sort((a, b) => b[1] - a[1])
  return json(container.write(topN === undefined ? entries : entries.slice(0, topN)))
}
