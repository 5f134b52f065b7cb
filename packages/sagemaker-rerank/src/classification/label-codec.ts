import type { Classification, CodecRequest, LabelScore } from '@x/bedrock-like-types'
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
import type { ClassificationCall, ClassificationContentHandler } from '../contract/classification-content-handler.ts'

/** What JSON adds to a text, at least: quotes and a comma. */
const jsonOverheadBytes = 3

/** The codec of one call of a classifier. */
export class LabelCodec implements BatchCodec<string, Classification> {
  /** A short text that any classifier accepts. */
  readonly probe = 'a'
  readonly #handler: ClassificationContentHandler
  readonly #call: Omit<ClassificationCall, 'texts'>
  readonly #endpointName: string
  readonly #topK: number

  constructor(
    handler: ClassificationContentHandler,
    call: Omit<ClassificationCall, 'texts'>,
    endpointName: string,
    topK: number = Number.POSITIVE_INFINITY,
  ) {
    this.#handler = handler
    this.#call = call
    this.#endpointName = endpointName
    this.#topK = topK
  }

  sizeOf(text: string): number {
    return Buffer.byteLength(text) + jsonOverheadBytes
  }

  keyOf(text: string): string {
    return text
  }

  request(texts: readonly string[]): CodecRequest {
    return this.#write((handler) => handler.request({ ...this.#call, texts }))
  }

  alternative(error: SagemakerError, texts: readonly string[]): CodecRequest | undefined {
    return this.#write((handler) => handler.alternative?.(error, { ...this.#call, texts }))
  }

  read(
    response: JsonResponse,
    texts: readonly string[],
    { body: request }: Pick<CodecRequest, 'body'>,
  ): BatchAnswer<Classification> {
    const origin: AnswerOrigin = { endpointName: this.#endpointName, handlerName: this.#handler.name, request }
    return readJsonAnswer(response, origin, (body) => {
      const { labels, tokens } = this.#handler.answer(body, { ...this.#call, texts })
      if (labels.length !== texts.length) {
        throw new AnswerError(`the answer has labels for ${labels.length} of ${texts.length} texts`)
      }
      const outcomes = labels.map((scores): Outcome<Classification> => {
        if (scores.length > 0 && scores.every(({ score }) => Number.isFinite(score)))
          return { result: this.#best(scores) }
        const reason = scores.length === 0 ? 'a text has no label' : 'a score is not a finite number'
        return { error: unexpectedAnswer(new AnswerError(reason), body, response, origin) }
      })
      return { outcomes, tokens }
    })
  }

  #best(scores: readonly LabelScore[]): Classification {
    const sorted = scores.toSorted((a, b) => b.score - a.score)
    const [best] = sorted as [LabelScore, ...LabelScore[]]
    return { label: best.label, score: best.score, scores: sorted.slice(0, this.#topK) }
  }

  #write<T>(write: (handler: ClassificationContentHandler) => T): T {
    const endpointName = this.#endpointName
    try {
      return write(this.#handler)
    } catch (cause) {
      if (SagemakerError.is(cause)) throw cause.with({ endpointName })
      const message = `the content handler ${this.#handler.name} could not make a request (endpoint ${endpointName}).`
      throw new SagemakerError('invalid-request', message, { endpointName, cause })
    }
  }
}
