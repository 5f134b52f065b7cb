import type { GenerationResult, ModelUsage, ResponseMetadata } from '@x/bedrock-like-types'
import type { SagemakerErrorCode } from '@x/sagemaker-endpoint'
import type { FailedModel, RequestRecord } from '../contract/request-record.ts'
import type { AnswerPart } from '../contract/answer-part.ts'
import type { ClientError } from '../errors/client-error.ts'
import type { GatewayError } from '../errors/gateway-error.ts'
import { requestIdOf } from './request-id.ts'

/** More would not fit into what proxies take. */
const maxWarningLength = 1000

type TokenCounts = Pick<ModelUsage, 'inputTokens' | 'outputTokens'>

/** What is recorded of a whole answer. */
interface AnswerFacts {
  readonly response: GenerationResult['response']
  readonly usage: TokenCounts | undefined
}

/** What a gateway does for each of its requests. */
export interface RequestScopeHooks {
  /** Called before an answer becomes a stream; throws if it may not. */
  readonly beforeStream: (scope: RequestScope) => void
  /** Called once, when the answer is complete. */
  readonly whenDone: (record: RequestRecord) => void
}

/** One request from its arrival to the end of its answer: what ends it, and what is known about it. */
export class RequestScope {
  readonly id: string
  readonly method: string
  readonly path: string
  /** Name of the key that the client authenticated with. */
  keyName: string | undefined
  /** The model, by the name in the configuration. */
  model: string | undefined
  readonly #hooks: RequestScopeHooks
  readonly #startedAt = performance.now()
  readonly #ending = new AbortController()
  readonly #warnings = new Set<string>()
  readonly #fallbacks: FailedModel[] = []
  #stoppedBy: GatewayError | undefined
  #firstTokenMs: number | undefined
  #usage: TokenCounts | undefined
  #response: ResponseMetadata | undefined
  #isStream = false
  #isReplay = false
  #whenLeft: (() => void) | undefined
  #isDone = false

  constructor(request: Request, hooks: RequestScopeHooks) {
    this.id = requestIdOf(request.headers)
    this.method = request.method
    this.path = new URL(request.url).pathname
    this.#hooks = hooks
    if (request.signal.aborted) this.leave()
    else request.signal.addEventListener('abort', () => this.leave(), { once: true })
  }

  /** Whether the answer is a stream of a model. */
  get holdsStream(): boolean {
    return this.#isStream && !this.#isReplay
  }

  /**
   * The answer will be a stream.
   *
   * @throws {GatewayError} `too-many-requests` if the key has too many.
   */
  beginStream(): void {
    this.#hooks.beforeStream(this)
    this.#isStream = true
  }

  /** The answer will be the stream of an earlier request, which counts as one already. */
  beginReplay(): void {
    this.#isStream = true
    this.#isReplay = true
  }

  /** Aborts when the client leaves, and when the gateway does not wait for the answer. */
  get signal(): AbortSignal {
    return this.#ending.signal
  }

  /** Whether the client has left. */
  get isLeft(): boolean {
    return this.#ending.signal.aborted && this.#stoppedBy === undefined
  }

  /** The client has left: the model stops, unless the answer stays. */
  leave(): void {
    if (this.#whenLeft === undefined) this.giveUp()
    else this.#whenLeft()
  }

  /** The answer stays when the client leaves, until it is given up. */
  stayWhenLeft(whenLeft: () => void): void {
    this.#whenLeft = whenLeft
  }

  /** The client has left for good: the model stops. */
  giveUp(): void {
    this.#ending.abort()
  }

  /** The gateway does not wait for the answer: the model stops, and the client gets the error. */
  stop(error: GatewayError): void {
    this.#stoppedBy ??= error
    this.#ending.abort()
  }

  /** The failure that the client gets. */
  failureOf(error: unknown): unknown {
    return this.#stoppedBy ?? error
  }

  /** Remembers what is not passed on. */
  warn(warning: string): void {
    this.#warnings.add(warning)
  }

  /** Remembers that a model failed and another one is asked. */
  fellBack(model: string, errorCode: SagemakerErrorCode): void {
    this.#fallbacks.push({ model, errorCode })
  }

  /** Remembers what a whole answer says about the exchange. */
  answered({ response, usage }: AnswerFacts): void {
    this.#received(response, usage)
    for (const { message } of response.warnings) this.warn(message)
  }

  /** Remembers what a part of a stream says about the exchange. */
  observe(part: AnswerPart): void {
    switch (part.type) {
      case 'start':
        for (const { message } of part.warnings) this.warn(message)
        break
      case 'response':
        this.#received(part.response)
        break
      case 'finish':
        this.#received(part.response, part.usage)
        break
      case 'text-delta':
      case 'reasoning-delta':
      case 'tool-call-start':
      case 'passed-on':
        this.#firstTokenMs ??= performance.now() - this.#startedAt
        break
      default:
        break
    }
  }

  /** Headers of the response, as far as they are known at this moment. */
  headers(): Record<string, string> {
    const headers: Record<string, string> = {
      'x-request-id': this.id,
      'openai-processing-ms': String(Math.round(performance.now() - this.#startedAt)),
      'openai-version': '2020-10-01',
    }
    const { requestId, invokedProductionVariant, attempts } = this.#response ?? {}
    if (requestId !== undefined) headers['x-amzn-requestid'] = requestId
    if (invokedProductionVariant !== undefined) headers['x-sagemaker-variant'] = invokedProductionVariant
    if (attempts !== undefined) headers['x-sagemaker-attempts'] = String(attempts)
    if (this.#warnings.size > 0) headers['x-sagemaker-warnings'] = headerText([...this.#warnings].join('; '))
    return headers
  }

  /** The answer is complete. Only the first call counts. */
  done(status: number, error?: ClientError): void {
    const outcome = this.isLeft ? 'aborted' : error === undefined ? 'finished' : 'failed'
    if (this.#isDone) return
    this.#isDone = true
    this.#hooks.whenDone({
      requestId: this.id,
      method: this.method,
      path: this.path,
      keyName: this.keyName,
      model: this.model,
      fallbacks: this.#fallbacks,
      status,
      stream: this.#isStream,
      outcome,
      errorCode: error?.code,
      durationMs: performance.now() - this.#startedAt,
      firstTokenMs: this.#firstTokenMs,
      inputTokens: this.#usage?.inputTokens,
      outputTokens: this.#usage?.outputTokens,
      sagemakerRequestId: this.#response?.requestId,
      attempts: this.#response?.attempts,
    })
  }

  #received(response: ResponseMetadata, usage?: TokenCounts): void {
    this.#response = response
    this.#usage = usage ?? this.#usage
  }
}

/** Header values are visible ASCII. */
function headerText(text: string): string {
  return text.replace(/[^ -~]/g, '?').slice(0, maxWarningLength)
}
