import type {
  ChatChunk,
  ChatMessage,
  ChatResponse,
  CompletionChunk,
  CompletionResponse,
  ConverseModel,
  ConverseRequest,
  ConverseModelResponse,
  ConverseStreamRequest,
  ConverseModelStreamResponse,
  LanguageModel,
  LanguageModelMetadata,
} from '@x/bedrock-like-types'
import type { CallOptions, InvokeMetadata, SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { ResponseStream } from '@x/stream-core/response-stream'
import type { CallObserver, LLMOperation, ObservedCall } from './callbacks/call-listener.ts'
import { createCallObserver } from './call/create-call-observer.ts'
import {
  callGeneration,
  generationOptionNames,
  mergeGiven,
  splitOptions,
  defaultMaxNewTokens,
} from './call/generation-options.ts'
import { preparationError, prepareCall, type PreparedCall } from './call/prepare-call.ts'
import {
  defaultContextWindow,
  type LLMCallOptions,
  type ModelOptions,
  type SagemakerLLMOptions,
  splitModelOptions,
  type SplitModelOptions,
} from './call/model-options.ts'
import { streamAnswer } from './call/stream-answer.ts'
import { wholeAnswer } from './call/whole-answer.ts'
import { converseCall, type ConverseCall } from './views/converse-request.ts'

/**
 * A language model on a SageMaker endpoint, whatever container serves it.
 *
 * Every failure is a `SagemakerError`: promises reject with it, streams throw it after the fragments that came before it.
 * An answer that was cut short, damaged or broken off by an error of the container is never returned as if it were whole;
 * the error carries what there was of it as `partial`.
 *
 * @example
 * ```ts
 * const llm = new SagemakerLLM({ endpointName: 'my-llama', region: 'us-east-1', temperature: 0.1, maxNewTokens: 512 })
 * const { text } = await llm.complete('The capital of France is')
 * for await (const { delta } of llm.streamChat([{ role: 'user', content: 'Hi' }])) process.stdout.write(delta)
 * ```
 */
export class SagemakerLLM implements LanguageModel, ConverseModel {
  /** The endpoint that is called. */
  readonly endpoint: SagemakerEndpoint
  /** What is known about the model without calling it. */
  readonly metadata: LanguageModelMetadata
  readonly #model: ModelOptions
  readonly #routing: SplitModelOptions['routing']
  readonly #observer: CallObserver
  readonly #ownsEndpoint: boolean

  /** @throws {SagemakerError} `invalid-request` for options that contradict each other. */
  constructor(options: SagemakerLLMOptions) {
    const { endpoint, ownsEndpoint, routing, model } = splitModelOptions(options)
    this.endpoint = endpoint
    this.#ownsEndpoint = ownsEndpoint
    this.#routing = routing
    this.#observer = createCallObserver(model)
    this.#model = model
    this.metadata = {
      contextWindow: model.contextWindow ?? defaultContextWindow,
      maxNewTokens: model.maxNewTokens ?? defaultMaxNewTokens,
      modelName: model.modelName ?? endpoint.endpointName,
      isChatModel: model.messagesToPrompt !== undefined || model.contentHandler?.takes !== 'prompt',
    }
  }

  /**
   * Continues a prompt.
   *
   * @throws {SagemakerError}
   */
  complete(prompt: string, options: LLMCallOptions = {}): Promise<CompletionResponse> {
    return this.#whole('complete', prompt, options)
  }

  /** Continues a prompt, fragment by fragment; the last one says how it ended. Each iteration or subscription is one request. */
  streamComplete(prompt: string, options: LLMCallOptions = {}): ResponseStream<CompletionChunk> {
    return this.#stream('streamComplete', prompt, options)
  }

  /**
   * Answers in a conversation, oldest message first.
   *
   * @throws {SagemakerError}
   */
  chat(messages: readonly ChatMessage[], options: LLMCallOptions = {}): Promise<ChatResponse> {
    return this.#whole('chat', messages, options)
  }

  /**
   * Answers in a conversation, fragment by fragment: of the text, of the reasoning, or of a tool call; the last one says how
   * it ended. Each iteration or subscription is one request.
   */
  streamChat(messages: readonly ChatMessage[], options: LLMCallOptions = {}): ResponseStream<ChatChunk> {
    return this.#stream('streamChat', messages, options)
  }

  /**
   * `chat` in the shapes of Bedrock's Converse API. `modelId`, `performanceConfig`, `serviceTier` and `requestMetadata` are
   * ignored. Options given besides the request win over what it says.
   *
   * @throws {SagemakerError} `invalid-request` that names a member which no SageMaker container can grant, such as
   * `guardrailConfig`; and as `chat`.
   */
  async converse(request: ConverseRequest, options: LLMCallOptions = {}): Promise<ConverseModelResponse> {
    const call = this.#converseCall(request)
    const [answer, { converseResponseOf }] = await Promise.all([
      this.chat(call.messages, mergeGiven<LLMCallOptions>(call.options, options)),
      import('./views/converse-response.ts'),
    ])
    return converseResponseOf(answer, request)
  }

  /**
   * `streamChat` in the shapes of Bedrock's ConverseStream API, events in Bedrock's order. As with Bedrock, what fails before
   * the first fragment of the answer is a failure of this call, what fails later one of the stream, and the stream can be read once.
   *
   * @throws {SagemakerError} as `converse`
   */
  async converseStream(
    request: ConverseStreamRequest,
    options: LLMCallOptions = {},
  ): Promise<ConverseModelStreamResponse> {
    const call = this.#converseCall(request)
    let metadata: InvokeMetadata | undefined
    const onResponse = (received: InvokeMetadata): void => {
      metadata = received
      options.onResponse?.(received)
    }
    const callOptions = { ...mergeGiven<LLMCallOptions>(call.options, options), onResponse }
    const { openConverseStream } = await import('./views/converse-stream.ts')
    return openConverseStream(this.streamChat(call.messages, callOptions), request, () => metadata)
  }

  /** Ends what runs and frees the connections, unless the endpoint was handed in. */
  close(): void {
    if (this.#ownsEndpoint) this.endpoint.close()
  }

  #whole(
    operation: LLMOperation,
    input: string | readonly ChatMessage[],
    options: LLMCallOptions,
  ): Promise<ChatResponse> {
    return this.#observer.call(this.#observed(operation, input, options), async () => {
      const [prepared, callOptions] = await this.#prepare(input, options, false)
      return wholeAnswer(this.endpoint, prepared, callOptions)
    })
  }

  #stream(
    operation: LLMOperation,
    input: string | readonly ChatMessage[],
    options: LLMCallOptions,
  ): ResponseStream<ChatChunk> {
    const open = async (signal: AbortSignal): Promise<AsyncIterable<ChatChunk>> => {
      const [prepared, callOptions] = await this.#prepare(input, options, true)
      return streamAnswer(this.endpoint, prepared, callOptions, signal)
    }
    return ResponseStream.from(this.#observer.stream(this.#observed(operation, input, options), open))
  }

  #observed(operation: LLMOperation, input: string | readonly ChatMessage[], options: LLMCallOptions): ObservedCall {
    const { modelName, systemPrompt } = this.#model
    return {
      operation,
      input,
      endpointName: this.endpoint.endpointName,
      inferenceComponentName: options.inferenceComponentName ?? this.#routing.inferenceComponentName,
      modelName,
      systemPrompt,
      options: callGeneration(this.#model, options),
    }
  }

  async #prepare(
    input: string | readonly ChatMessage[],
    options: LLMCallOptions,
    stream: boolean,
  ): Promise<readonly [PreparedCall, CallOptions]> {
    const [, callOptions] = splitOptions(options, generationOptionNames)
    try {
      const model = { ...this.#model, transport: this.endpoint.transport }
      const prepared = await prepareCall(input, callGeneration(model, options), model, stream)
      return [prepared, mergeGiven({ customAttributes: this.#routing.customAttributes }, callOptions)]
    } catch (error) {
      throw preparationError(error, this.endpoint.endpointName)
    }
  }

  #converseCall(request: ConverseRequest | ConverseStreamRequest): ConverseCall {
    try {
      return converseCall(request)
    } catch (error) {
      throw preparationError(error, this.endpoint.endpointName)
    }
  }
}
