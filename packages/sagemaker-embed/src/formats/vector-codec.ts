import { Buffer } from 'node:buffer'
import type { ResponseMetadata } from '@x/bedrock-like-types'
import { type InvokeResult, SagemakerError } from '@x/sagemaker-endpoint'
import {
  AnswerError,
  type BatchAnswer,
  type BatchCodec,
  describeShape,
  isJsonObject,
  type Outcome,
  readJsonAnswer,
  unexpectedAnswer,
} from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingCall, EmbeddingInputFormat, EmbeddingRequest } from '../contract/embedding-content-handler.ts'
import { checkOutputs, type OutputCheck } from './check-vectors.ts'
import { parseAnswer } from './parse-answer.ts'
import { reportedTokens } from './reported-tokens.ts'

/** What a `VectorCodec` is made of. */
export interface VectorCodecOptions<Input, Output> {
  readonly endpointName: string
  /** Names the format in messages. */
  readonly formatName: string
  readonly format: EmbeddingInputFormat<Input, Output>
  readonly call: Omit<EmbeddingCall, 'count'>
  readonly check: OutputCheck<Output>
  readonly copy: (output: Output) => Output
  /** An input that any request of this call accepts. */
  readonly probe?: Input | undefined
}

/** What JSON adds to a text, at least: quotes and a comma. */
const jsonOverheadBytes = 3

/** The codec of one call of a model: it remembers what the responses of the call have in common. */
export class VectorCodec<Input, Output> implements BatchCodec<Input, Output> {
  readonly probe: Input | undefined
  readonly #options: VectorCodecOptions<Input, Output>
  /** Numbers in a vector, once they are known: all vectors of a call have the same. */
  #width: number | undefined
  #tokens: number | undefined
  #metadata: ResponseMetadata | undefined

  constructor(options: VectorCodecOptions<Input, Output>) {
    this.#options = options
    this.#width = options.call.dimensions
    this.probe = options.probe
  }

  /** Numbers in a vector; `undefined` until it is known. */
  get width(): number | undefined {
    return this.#width
  }

  /** Tokens of the inputs so far; `undefined` if the container reported none. */
  get tokens(): number | undefined {
    return this.#tokens
  }

  /** The last response. */
  get metadata(): ResponseMetadata | undefined {
    return this.#metadata
  }

  sizeOf(input: Input): number {
    return typeof input === 'string' ? Buffer.byteLength(input) + jsonOverheadBytes : imageBytes(input)
  }

  keyOf(input: Input): string | undefined {
    return typeof input === 'string' ? input : undefined
  }

  copy(output: Output): Output {
    return this.#options.copy(output)
  }

  /** @throws {SagemakerError} `invalid-request` if the content handler throws. */
  request(inputs: readonly Input[]): EmbeddingRequest {
    const { format, formatName, call, endpointName } = this.#options
    try {
      return format.request(inputs, { ...call, count: inputs.length })
    } catch (cause) {
      if (SagemakerError.is(cause)) throw cause
      const message = `the content handler ${formatName} could not make a request (endpoint ${endpointName}).`
      throw new SagemakerError('invalid-request', message, { endpointName, cause })
    }
  }

  /**
   * @throws {SagemakerError} The container's own error, if the response is one; otherwise `unexpected-response` if it is not
   * certain which output belongs to which input.
   */
  read(response: InvokeResult, inputs: readonly Input[], request: Pick<EmbeddingRequest, 'body'>): BatchAnswer<Output> {
    const { format, formatName, call, check, endpointName } = this.#options
    const origin = { endpointName, handlerName: formatName, request: request.body }
    const readBody = (body: unknown): BatchAnswer<Output> => {
      const outputs = format.answer(body, { ...call, count: inputs.length })
      const checked = checkOutputs(outputs, inputs.length, this.#width, check)
      const outcomes = checked.map(({ output, fault }): Outcome<Output> => {
        if (fault !== undefined) return { error: unexpectedAnswer(fault, body, response, origin) }
        this.#width ??= check.widthOf(output)
        return { result: output }
      })
      return { outcomes, tokens: reportedTokens(body) }
    }
    const answer = readJsonAnswer(response, origin, readBody, parseAnswer)
    if (answer.tokens !== undefined) this.#tokens = (this.#tokens ?? 0) + answer.tokens
    this.#metadata = response.metadata
    return answer
  }

  /**
   * Checks a value from a cache as if a container had sent it.
   *
   * @throws {Error} if it cannot be a result of this call.
   */
  checkCached(value: unknown): void {
    const { check } = this.#options
    const output = value as Output
    const width = check.widthOf(output)
    if (check.checked(output) !== output || (this.#width !== undefined && width !== this.#width)) {
      throw new AnswerError(`the cache has a value that is not one of this model: ${describeShape(value)}`)
    }
    this.#width ??= width
  }
}

/** About how many bytes an image adds to a body. */
function imageBytes(image: unknown): number {
  const { bytes, url } = isJsonObject(image) ? image : {}
  if (bytes instanceof Uint8Array) return Math.ceil(bytes.length / 3) * 4
  return typeof url === 'string' ? url.length + jsonOverheadBytes : 0
}
