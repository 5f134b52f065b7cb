import type { CallWarning, CodecRequest, LLMCallOptions, SagemakerLLM } from '@x/sagemaker-llm'
import { callError, type CallOrigin } from '../answer/call-error.ts'
import { responseHeaders } from '../answer/answer-facts.ts'
import { generateResult } from '../answer/generate-result.ts'
import { parsedBody, StreamParts } from '../answer/stream-parts.ts'
import type { LanguageModelCallOptions, SpecificationVersion } from '../contract/call-options.ts'
import type { LanguageModelBehavior } from '../contract/settings.ts'
import type { GenerateResult, StreamPart, StreamResult, Warning } from '../contract/stream-part.ts'
import { warningOf } from '../request/call-warnings.ts'
import { isJsonRefusal, withoutJson } from '../request/json-refusal.ts'
import { type LanguageRequest, languageRequest } from '../request/language-request.ts'
import { modelStream } from './model-stream.ts'
import type { ModelSource } from './model-source.ts'

/**
 * A language model on a SageMaker endpoint, as both specifications of the AI SDK want one. It translates calls and answers: requests
 * are written, sent, retried and read by `SagemakerLLM`.
 */
export class SagemakerLanguageModel<Version extends SpecificationVersion> {
  readonly specificationVersion: Version
  /** Name of the provider, for telemetry. */
  readonly provider = 'aws.sagemaker'
  /** Name of the endpoint. */
  readonly modelId: string
  /** What the container fetches itself; everything else is downloaded by the AI SDK. */
  readonly supportedUrls: Record<string, RegExp[]>
  readonly #source: ModelSource<SagemakerLLM>
  readonly #behavior: LanguageModelBehavior
  /** Warnings about no option: nobody asked for what they are about, so each is given once. */
  readonly #given = new Set<string>()

  constructor(version: Version, source: ModelSource<SagemakerLLM>, behavior: LanguageModelBehavior) {
    this.specificationVersion = version
    this.modelId = source.endpointName
    this.supportedUrls = behavior.imageUrls === true ? { 'image/*': [/^https?:\/\//] } : {}
    this.#source = source
    this.#behavior = behavior
  }

  /**
   * A whole answer.
   *
   * @throws {APICallError} for every failure of the call, with a `SagemakerError` as its cause; an aborted call rejects with an
   * `AbortError`.
   */
  async doGenerate(call: LanguageModelCallOptions): Promise<GenerateResult> {
    return this.#attempt('invocations', call, async (request) => {
      const llm = await this.#source.model()
      let sent: CodecRequest | undefined
      const answer = await llm.chat(request.messages, {
        ...this.#options(request),
        onRequest: (written) => {
          sent = written
        },
      })
      return generateResult(answer, {
        warnings: this.#warnings(request, answer.response.warnings),
        requestBody: sent && parsedBody(new TextDecoder().decode(sent.body)),
        isJsonTool: request.isJsonTool,
      })
    })
  }

  /**
   * An answer as a stream. Resolves when the container has begun to answer, so that what fails before is a failure of this call.
   *
   * The parts are pulled: a reader that is slow slows down the socket, one that cancels closes it.
   *
   * @throws {APICallError} as `doGenerate`. What fails later is a part of type `error`, followed by a `finish` with reason `error`;
   * an abort makes the stream fail with an `AbortError`.
   */
  async doStream(call: LanguageModelCallOptions): Promise<StreamResult> {
    return this.#attempt('invocations-response-stream', call, async (request, origin) => {
      const llm = await this.#source.model()
      const parts = new StreamParts({
        warnings: (ofFormat) => this.#warnings(request, ofFormat),
        isJsonTool: request.isJsonTool,
      })
      const includeRaw = call.includeRawChunks === true
      const answer = llm.streamParts(request.messages, { ...this.#options(request), includeRaw })
      const iterator = answer.pipeDecoder<StreamPart>(() => parts)[Symbol.asyncIterator]()
      // The start, for which nothing is sent, and the beginning of the answer.
      const head = [await iterator.next(), await iterator.next()]
      return {
        stream: modelStream(head, iterator, (thrown) => {
          const error = callError(thrown, origin)
          return error === thrown ? undefined : parts.failure(error)
        }),
        request: parts.request,
        response: { headers: parts.response === undefined ? {} : responseHeaders(parts.response) },
      }
    })
  }

  async #attempt<T>(
    operation: CallOrigin['operation'],
    call: LanguageModelCallOptions,
    run: (request: LanguageRequest, origin: CallOrigin) => Promise<T>,
  ): Promise<T> {
    const origin = { endpointName: this.modelId, operation, retries: this.#behavior.retries }
    const request = languageRequest(call, this.#behavior)
    try {
      return await run(request, origin)
    } catch (thrown) {
      if (!isJsonRefusal(thrown)) throw callError(thrown, origin)
    }
    try {
      // Refused by the container's format before anything was sent.
      return await run(withoutJson(request), origin)
    } catch (thrown) {
      throw callError(thrown, origin)
    }
  }

  #options({ options }: LanguageRequest): LLMCallOptions {
    return this.#source.callOptions(options)
  }

  #warnings(request: LanguageRequest, ofFormat: readonly CallWarning[]): Warning[] {
    return [...request.warnings, ...ofFormat.map(warningOf)].filter((warning) => {
      if (warning.type !== 'other') return true
      const isNew = !this.#given.has(warning.message)
      this.#given.add(warning.message)
      return isNew
    })
  }
}
