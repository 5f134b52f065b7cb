import type {
  CallWarning,
  CodecRequest,
  RerankDocument,
  RerankScoreKind,
  ResponseMetadata,
} from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import {
  AnswerError,
  type AnswerOrigin,
  type BatchAnswer,
  type BatchCodec,
  type JsonResponse,
  type Outcome,
  readJsonAnswer,
  unexpectedAnswer,
} from '@x/sagemaker-endpoint/model-kit'
import { imageOf, textOf } from '../contract/document-text.ts'
import type { RerankCall, RerankContentHandler } from '../contract/rerank-content-handler.ts'

type Document = string | RerankDocument

/** A document, with its position among all documents of the ranking. */
export interface RerankItem {
  readonly index: number
  readonly document: Document
}

/** What JSON adds to a text, at least: quotes and a comma. */
const jsonOverheadBytes = 3

/** A short text that any reranker accepts. */
const probe: RerankItem = { index: -1, document: 'a' }

/** The codec of one ranking: sends documents, reads their scores, and keeps what the responses say about all of them. */
export class ScoreCodec implements BatchCodec<RerankItem, number | null> {
  readonly probe: RerankItem = probe
  readonly splittable: boolean
  readonly warnings: CallWarning[] = []
  readonly #handler: RerankContentHandler
  readonly #call: Omit<RerankCall, 'documents'>
  readonly #endpointName: string
  readonly #total: number
  readonly #answers: { readonly start: number; readonly body: unknown }[] = []
  readonly #kinds = new Set<RerankScoreKind>()
  #tokens: number | undefined
  #metadata: ResponseMetadata | undefined

  /**
   * @param call - with the `topN` of the caller.
   * @param total - number of documents of the ranking.
   */
  constructor(handler: RerankContentHandler, call: Omit<RerankCall, 'documents'>, endpointName: string, total: number) {
    this.#handler = handler
    this.#call = call
    this.#endpointName = endpointName
    this.#total = total
    this.splittable = handler.splittable ?? true
  }

  /** Whether the scores of all responses are the same, and what they are. */
  get scoreKind(): RerankScoreKind {
    const [kind = 'unknown'] = this.#kinds
    return this.#kinds.size > 1 ? 'unknown' : kind
  }

  /** Tokens of all requests; `undefined` if the container reported none. */
  get tokens(): number | undefined {
    return this.#tokens
  }

  /** Metadata of the last response. */
  get metadata(): ResponseMetadata | undefined {
    return this.#metadata
  }

  /** The answer of the container; several in the order of their documents. */
  get raw(): unknown {
    const bodies = this.#answers.toSorted((a, b) => a.start - b.start).map(({ body }) => body)
    return bodies.length === 1 ? bodies[0] : bodies
  }

  sizeOf({ document }: RerankItem): number {
    const text = textOf(document)
    if (text !== undefined) return Buffer.byteLength(text) + jsonOverheadBytes
    const bytes = imageOf(document)?.bytes
    return bytes === undefined ? jsonOverheadBytes : Math.ceil(bytes.length / 3) * 4
  }

  /** Documents of a listwise reranker are never left out. */
  keyOf({ document }: RerankItem): string | undefined {
    return this.splittable && typeof document === 'string' ? document : undefined
  }

  request(items: readonly RerankItem[]): CodecRequest {
    const request = this.#write(items, (call) => this.#handler.request(call))
    if (this.warnings.length === 0) this.warnings.push(...request.warnings)
    return request
  }

  alternative(error: SagemakerError, items: readonly RerankItem[]): CodecRequest | undefined {
    if (this.#handler.alternative === undefined) return undefined
    return this.#write(items, (call) => this.#handler.alternative?.(error, call))
  }

  read(
    response: JsonResponse & { readonly metadata: ResponseMetadata },
    items: readonly RerankItem[],
    { body: request }: Pick<CodecRequest, 'body'>,
  ): BatchAnswer<number | null> {
    const origin: AnswerOrigin = { endpointName: this.#endpointName, handlerName: this.#handler.name, request }
    return readJsonAnswer(response, origin, (body) => {
      const { scores, scoreKind, tokens } = this.#handler.answer(body, this.#callOf(items))
      if (scores.length !== items.length) {
        throw new AnswerError(`the answer has ${scores.length} scores for ${items.length} documents`)
      }
      // Known by its index: a probe is not part of the ranking.
      const [first] = items
      if (first !== undefined && first !== probe) this.#keep({ start: first.index, body }, scoreKind, response.metadata)
      if (tokens !== undefined) this.#tokens = (this.#tokens ?? 0) + tokens
      const outcomes = scores.map((score, position): Outcome<number | null> => {
        if (score === null || Number.isFinite(score)) return { result: score }
        const fault = new AnswerError(`the score of document ${items[position]?.index} is not a finite number`)
        return { error: unexpectedAnswer(fault, body, response, origin) }
      })
      return { outcomes, tokens }
    })
  }

  #keep(answer: { start: number; body: unknown }, kind: RerankScoreKind, metadata: ResponseMetadata): void {
    this.#answers.push(answer)
    this.#kinds.add(kind)
    this.#metadata = metadata
  }

  #callOf(items: readonly RerankItem[]): RerankCall {
    // The best of some of the documents are not the best of all.
    const topN = items.length === this.#total ? this.#call.topN : undefined
    return { ...this.#call, topN, documents: items.map(({ document }) => document) }
  }

  /** @throws {SagemakerError} with the `index` of the document in the ranking, if it is about one. */
  #write<T>(items: readonly RerankItem[], write: (call: RerankCall) => T): T {
    const endpointName = this.#endpointName
    try {
      return write(this.#callOf(items))
    } catch (cause) {
      if (SagemakerError.is(cause)) {
        const index = cause.index === undefined ? undefined : items[cause.index]?.index
        throw cause.with({ endpointName, index })
      }
      const message = `the content handler ${this.#handler.name} could not make a request (endpoint ${endpointName}).`
      throw new SagemakerError('invalid-request', message, { endpointName, cause })
    }
  }
}
