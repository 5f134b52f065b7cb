import type {
  ChatChunk,
  ChatMessage,
  ChatResponse,
  CompletionChunk,
  CompletionResponse,
  ConverseModel,
  ConverseModelResponse,
  ConverseModelStreamResponse,
  ConverseRequest,
  ConverseStreamRequest,
  LanguageModel,
  LanguageModelInput,
  LanguageModelMetadata,
  ModelCodec,
  ModelPart,
} from '@x/bedrock-like-types'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { modelEndpoint } from '@x/sagemaker-endpoint/model-kit'
import type { Decoder } from '@x/stream-core/decoders'
import { ResponseStream } from '@x/stream-core/response-stream'
import { defaultMaxNewTokens, mergeOptions } from './call/generation-options.ts'
import { type CodecInputOptions, codecOf, openaiCodecOf } from './call/language-model-codec.ts'
import {
  defaultContextWindow,
  type JsonAnswer,
  type JsonOption,
  type LLMCallOptions,
  type LLMPartOptions,
  modelOptionNames,
  type ModelOptions,
  type SagemakerLLMOptions,
} from './call/model-options.ts'
import { type ModelSettings, modelSettings } from './call/model-settings.ts'
import { preparationError, prepareCall } from './call/prepared-call.ts'
import { standardSchemaOf, withJson } from './call/response-schema.ts'
import { wholeAnswer } from './call/whole-answer.ts'
import {
  type ListenedLLMCall,
  listenToStream,
  listenToWhole,
  type LLMCallListeners,
  llmCallListeners,
} from './listeners/call-listeners.ts'
import type { LLMOperation } from './listeners/llm-call.ts'
import type { SpinePart } from './parts/spine-part.ts'
import { ChatChunks } from './views/chat-chunks.ts'
import { converseCall, type ConverseCall } from './views/converse-request.ts'
import { type AnswerDecoder, answerDecoder, ModelParts } from './views/model-parts.ts'

/**
 * A language model on a SageMaker endpoint, whatever container serves it.
 *
 * Every failure is a `SagemakerError`: promises reject with it, streams throw it after the chunks that came before it.
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
  readonly #settings: ModelSettings
  /** The options of a call that gives none. */
  readonly #defaults: LLMCallOptions
  readonly #inferenceComponentName: string | undefined
  readonly #listeners: LLMCallListeners
  readonly #close: () => void

  /** @throws {SagemakerError} `invalid-request` for options that contradict each other. */
  constructor(options: SagemakerLLMOptions) {
    const built = modelEndpoint<ModelOptions>(options, modelOptionNames)
    const { endpoint, options: model, endpointOptions } = built
    this.endpoint = endpoint
    this.#close = () => built.close()
    this.#settings = modelSettings(model, endpoint)
    // What a container's format wants is added to the attributes of a call, and would replace those of the endpoint.
    this.#defaults = { ...this.#settings.generation, customAttributes: endpointOptions.customAttributes }
    this.#inferenceComponentName = endpointOptions.inferenceComponentName
    this.#listeners = llmCallListeners(model)
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
  complete<T>(prompt: string, options: LLMCallOptions & JsonOption<T>): Promise<CompletionResponse & JsonAnswer<T>>
  /** Continues a prompt. */
  complete(prompt: string, options?: LLMCallOptions): Promise<CompletionResponse>
  complete(prompt: string, options: LLMCallOptions = {}): Promise<CompletionResponse> {
    return this.#whole('complete', prompt, options)
  }

  /** Continues a prompt, chunk by chunk; the last one says how it ended. Each iteration or subscription is one request. */
  streamComplete(prompt: string, options: LLMCallOptions = {}): ResponseStream<CompletionChunk> {
    return this.#stream('streamComplete', prompt, options, () => new ChatChunks())
  }

  /**
   * Answers in a conversation, oldest message first.
   *
   * @throws {SagemakerError}
   */
  chat<T>(
    messages: readonly ChatMessage[],
    options: LLMCallOptions & JsonOption<T>,
  ): Promise<ChatResponse & JsonAnswer<T>>
  /** Answers in a conversation, oldest message first. */
  chat(messages: readonly ChatMessage[], options?: LLMCallOptions): Promise<ChatResponse>
  chat(messages: readonly ChatMessage[], options: LLMCallOptions = {}): Promise<ChatResponse> {
    return this.#whole('chat', messages, options)
  }

  /**
   * Answers in a conversation, chunk by chunk: of the text, of the reasoning, or of a tool call; the last one says how
   * it ended. Each iteration or subscription is one request.
   */
  streamChat(messages: readonly ChatMessage[], options: LLMCallOptions = {}): ResponseStream<ChatChunk> {
    return this.#stream('streamChat', messages, options, () => new ChatChunks())
  }

  /**
   * Answers a prompt or a conversation, part by part: the form that chunks, whole answers and Converse's events are made of. The
   * first part is `start`, with the request and its warnings; the request is sent when the next one is asked for. Each iteration
   * or subscription is one request.
   */
  streamParts(input: LanguageModelInput, options: LLMPartOptions = {}): ResponseStream<ModelPart> {
    const { includeRaw = false, ...callOptions } = options
    return this.#stream('streamParts', input, callOptions, () => new ModelParts(includeRaw))
  }

  /**
   * `streamParts` for servers that pass on what the container sent: `through` gets what decodes the answer of a request, and returns
   * the decoder that is used in its place. It has to pass on `isDone`, `start` and `fail`, and to give the decoder every byte in
   * order, or what means the same. Callbacks and telemetry of the model are not called; those of its endpoint are.
   *
   * @throws {SagemakerError} as `streamParts`, when it is read
   */
  streamThrough<T>(
    input: LanguageModelInput,
    options: LLMPartOptions,
    through: (decoder: AnswerDecoder) => Decoder<Uint8Array, T>,
  ): ResponseStream<T> {
    const { includeRaw = false, ...callOptions } = options
    const merged = mergeOptions(this.#defaults, callOptions)
    return ResponseStream.from<T>(async () => {
      const prepared = await prepareCall(input, merged, this.#settings, true)
      const { handler, call, request } = prepared
      return this.endpoint
        .invokeStream(request.body, prepared.send())
        .pipeDecoder(() => through(answerDecoder(prepared.decoder(handler.reader(call), true), includeRaw)))
    })
  }

  /**
   * `chat` in the shapes of Bedrock's Converse API. `modelId`, `performanceConfig`, `serviceTier` and `requestMetadata` are
   * ignored. Options override what the request says.
   *
   * @throws {SagemakerError} `invalid-request` that names a member which no SageMaker container can grant, such as
   * `guardrailConfig`; and as `chat`.
   */
  async converse(request: ConverseRequest, options: LLMCallOptions = {}): Promise<ConverseModelResponse> {
    const call = this.#converseCall(request)
    const [answer, { converseResponseOf }] = await Promise.all([
      this.#whole('chat', call.messages, mergeOptions<LLMCallOptions>(call.options, options)),
      import('./views/converse-response.ts'),
    ])
    return converseResponseOf(answer, request)
  }

  /**
   * `streamChat` in the shapes of Bedrock's ConverseStream API, events in Bedrock's order. As with Bedrock, what fails before
   * the first event of the answer is a failure of this call, what fails later one of the stream, and the stream can be read once.
   *
   * @throws {SagemakerError} as `converse`
   */
  async converseStream(
    request: ConverseStreamRequest,
    options: LLMCallOptions = {},
  ): Promise<ConverseModelStreamResponse> {
    const call = this.#converseCall(request)
    const callOptions = mergeOptions<LLMCallOptions>(call.options, options)
    const { converseEvents, openConverseStream } = await import('./views/converse-stream.ts')
    return openConverseStream(this.#stream('streamChat', call.messages, callOptions, () => converseEvents(request)))
  }

  /**
   * Writes OpenAI's requests for this model and reads its answers as OpenAI's, without sending anything.
   *
   * @param options - Options of the calls over those of the model.
   */
  codec(options: LLMCallOptions & { readonly input: 'openai' }): ModelCodec<object, object>
  /**
   * Writes the requests and reads the answers of this model without sending anything.
   *
   * @param options - Options of the calls over those of the model.
   */
  codec(options?: LLMCallOptions): ModelCodec<LanguageModelInput, ChatResponse>
  codec({ input, ...options }: LLMCallOptions & CodecInputOptions = {}):
    | ModelCodec<object, object>
    | ModelCodec<LanguageModelInput, ChatResponse> {
    const merged = mergeOptions(this.#defaults, options)
    return input === 'openai' ? openaiCodecOf(this.#settings, merged) : codecOf(this.#settings, merged)
  }

  /** Cancels running calls and closes the connections, unless the endpoint was passed in. */
  close(): void {
    this.#close()
  }

  async #whole(operation: LLMOperation, input: LanguageModelInput, given: LLMCallOptions): Promise<ChatResponse> {
    const options = mergeOptions(this.#defaults, given)
    const run = async (): Promise<ChatResponse> =>
      wholeAnswer(this.endpoint, await prepareCall(input, options, this.#settings, false))
    const answer = await (this.#listeners.isEmpty
      ? run()
      : listenToWhole(this.#listenedCall(operation, input, options), run))
    const schema = standardSchemaOf(options.responseFormat)
    return schema === undefined ? answer : withJson(answer, schema, this.endpoint.endpointName)
  }

  #stream<T>(
    operation: LLMOperation,
    input: LanguageModelInput,
    given: LLMCallOptions,
    view: () => Decoder<SpinePart, T>,
  ): ResponseStream<T> {
    const options = mergeOptions(this.#defaults, given)
    if (this.#listeners.isEmpty) {
      return ResponseStream.from<T>(async () => (await this.#parts(input, options)).pipeDecoder(view))
    }
    return listenToStream(
      () => this.#listenedCall(operation, input, options),
      ({ within }) => this.#parts(input, { ...options, within }),
      view,
    )
  }

  /** The one chain of every stream: bytes of the endpoint, decoded. */
  async #parts(input: LanguageModelInput, options: LLMCallOptions): Promise<ResponseStream<SpinePart>> {
    const prepared = await prepareCall(input, options, this.#settings, true)
    const { handler, call, request } = prepared
    return this.endpoint
      .invokeStream(request.body, prepared.send())
      .pipeDecoder(() => prepared.decoder(handler.reader(call), true))
  }

  #listenedCall(operation: LLMOperation, input: LanguageModelInput, options: LLMCallOptions): ListenedLLMCall {
    const { modelName, systemPrompt } = this.#settings
    return this.#listeners.start({
      operation,
      input,
      endpointName: this.endpoint.endpointName,
      inferenceComponentName: options.inferenceComponentName ?? this.#inferenceComponentName,
      modelName,
      systemPrompt,
      options,
    })
  }

  #converseCall(request: ConverseRequest | ConverseStreamRequest): ConverseCall {
    try {
      return converseCall(request)
    } catch (error) {
      throw preparationError(error, this.endpoint.endpointName)
    }
  }
}
