import { Buffer } from 'node:buffer'
import type { ResponseMetadata } from '@x/bedrock-like-types'
import { errorFromContainer, type InvokeResult, parseContainerError, SagemakerError } from '@x/sagemaker-endpoint'
import { type BatchAnswer, type BatchCodec, isJsonObject, type Outcome } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingCall, EmbeddingFormat, EmbeddingRequest } from '../contract/embedding-content-handler.ts'
import { AnswerError, describeShape } from './answer-shape.ts'
import { checkOutputs, type OutputCheck } from './check-vectors.ts'
import { parseAnswer } from './parse-answer.ts'
import { reportedTokens } from './reported-tokens.ts'

/** What a `VectorCodec` is made of. */
export interface VectorCodecOptions<Input, Output> {
  readonly endpointName: string
  /** Names the format in messages. */
  readonly formatName: string
  readonly format: EmbeddingFormat<Input, Output>
  readonly call: Omit<EmbeddingCall, 'count'>
  readonly check: OutputCheck<Output>
  readonly copy: (output: Output) => Output
  /** An input that any request of this call accepts. */
  readonly probe?: Input | undefined
}

const maxSnippetBytes = 300
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
    const { format, call, check } = this.#options
    let body: unknown
    try {
      body = parsedBody(response.body)
      const outputs = format.answer(body, { ...call, count: inputs.length })
      const checked = checkOutputs(outputs, inputs.length, this.#width, check)
      const outcomes = checked.map(({ output, fault }): Outcome<Output> => {
        if (fault !== undefined) return { error: this.#unexpectedResponse(fault, body, response) }
        this.#width ??= check.widthOf(output)
        return { result: output }
      })
      const tokens = reportedTokens(body)
      if (tokens !== undefined) this.#tokens = (this.#tokens ?? 0) + tokens
      this.#metadata = response.metadata
      return { outcomes, tokens }
    } catch (cause) {
      if (SagemakerError.is(cause)) throw cause
      const reported = parseContainerError(body)
      if (reported === undefined) throw this.#unexpectedResponse(cause, body, response)
      throw errorFromContainer(reported, { ...this.#context(response), request: request.body })
    }
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

  #unexpectedResponse(cause: unknown, body: unknown, response: InvokeResult): SagemakerError {
    const { endpointName, formatName } = this.#options
    const reason =
      cause instanceof AnswerError
        ? cause.message
        : `the content handler ${formatName} could not read the answer (${describeShape(body)})`
    const snippet = new TextDecoder().decode(response.body.subarray(0, maxSnippetBytes))
    const details = { ...this.#context(response), cause, snippet }
    return new SagemakerError('unexpected-response', `${reason} (endpoint ${endpointName}).`, details)
  }

  #context({ metadata }: InvokeResult) {
    const { endpointName } = this.#options
    return { endpointName, statusCode: metadata.statusCode, requestId: metadata.requestId }
  }
}

/** The body as JSON. Scripts in Python containers sometimes encode it twice, or add its media type. */
function parsedBody(bytes: Uint8Array): unknown {
  const body = parseAnswer(bytes)
  if (typeof body === 'string') return parseAnswer(Buffer.from(body))
  if (Array.isArray(body) && body.length === 2 && typeof body[0] === 'string' && body[1] === 'application/json') {
    return parseAnswer(Buffer.from(body[0]))
  }
  return body
}

/** About how many bytes an image adds to a body. */
function imageBytes(image: unknown): number {
  const { bytes, url } = isJsonObject(image) ? image : {}
  if (bytes instanceof Uint8Array) return Math.ceil(bytes.length / 3) * 4
  return typeof url === 'string' ? url.length + jsonOverheadBytes : 0
}
