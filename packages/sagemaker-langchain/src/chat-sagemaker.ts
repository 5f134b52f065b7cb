import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import type { BaseLanguageModelInput, StructuredOutputMethodOptions } from '@langchain/core/language_models/base'
import { BaseChatModel, type BindToolsInput, type LangSmithParams } from '@langchain/core/language_models/chat_models'
import type { ChatModelStreamEvent } from '@langchain/core/language_models/event'
import type { ModelProfile } from '@langchain/core/language_models/profile'
import { stampRetryable } from '@langchain/core/errors'
import type { AIMessageChunk, BaseMessage } from '@langchain/core/messages'
import type { ChatGenerationChunk, ChatResult } from '@langchain/core/outputs'
import type { Runnable } from '@langchain/core/runnables'
import type { ChatResponse, ModelPart } from '@x/bedrock-like-types'
import { SagemakerError, type SagemakerLLM } from '@x/sagemaker-llm'
import { generationParameters, modelCallOptions, routingParameters } from './input/call-options.ts'
import type { ChatSagemakerCallOptions, ChatSagemakerOptions } from './input/chat-options.ts'
import { modelMessages } from './input/messages.ts'
import { type ChatModel, chatModel, serializableOptionNames } from './input/chat-model.ts'
import { openaiTools } from './input/tools.ts'
import { usageMetadata } from './output/answer-facts.ts'
import { MessageChunks } from './output/message-chunks.ts'
import { StreamEvents } from './output/stream-events.ts'
import { wholeMessage } from './output/whole-message.ts'
import { type AnyRecord, type OutputSchema, structuredOutput } from './structured-output.ts'

/**
 * A chat model on a SageMaker endpoint for LangChain and LangGraph, whatever container serves it: a projection of `SagemakerLLM`,
 * which reads the answers, retries and closes connections.
 *
 * What is not given is left to the container. Failures are `SagemakerError`s. Only `SagemakerLLM` retries, never LangChain.
 *
 * @example
 * ```ts
 * const model = new ChatSagemaker({ model: 'my-llama', region: 'us-east-1' })
 * const { text } = await model.invoke('The capital of France is')
 * for await (const chunk of await model.stream('Hi')) process.stdout.write(chunk.text)
 * ```
 */
export class ChatSagemaker extends BaseChatModel<ChatSagemakerCallOptions> {
  /** Name of the class in serialised objects. */
  static override lc_name(): string {
    return 'ChatSagemaker'
  }

  /** Whether the object can be serialised. */
  override lc_serializable = true
  /** Name of the endpoint. */
  readonly model: string
  /** The model that is called. */
  readonly llm: SagemakerLLM
  readonly #model: ChatModel
  readonly #profile: ModelProfile

  /** @throws {SagemakerError} `invalid-request` for options that contradict each other. */
  constructor(options: ChatSagemakerOptions) {
    // LangChain has a limit, too, which knows no `'adaptive'`; that of the endpoint counts.
    super({ ...options, maxConcurrency: undefined } as object)
    this.#model = chatModel(options)
    this.#profile = options.profile ?? {}
    this.llm = this.#model.llm
    this.model = this.llm.endpoint.endpointName
  }

  /** What the model can do, as the options say. */
  override get profile(): ModelProfile {
    return this.#profile
  }

  /** The options that are serialised: no credentials, clients, functions or prompts. */
  override get lc_serializable_keys(): string[] {
    return serializableOptionNames
  }

  /** The endpoint is serialised by its name, also where an existing model was passed in. */
  override get lc_attributes(): AnyRecord {
    return { model: this.model }
  }

  /** Names of the call options. */
  override get callKeys(): string[] {
    return [...super.callKeys, 'tools', 'tool_choice', 'response_format', 'parallel_tool_calls']
  }

  /** The kind of model, for traces. */
  override _llmType(): string {
    return 'sagemaker'
  }

  /** What determines an answer, without the messages: for traces. */
  override invocationParams(options?: this['ParsedCallOptions']): AnyRecord {
    return { model: this.model, ...this.#model.parameters, ...generationParameters(options ?? {}) }
  }

  /** What LangSmith shows of a call. */
  override getLsParams(options: this['ParsedCallOptions']): LangSmithParams {
    const { temperature, maxTokens, stop } = { ...this.#model.parameters, ...generationParameters(options) }
    return {
      ls_provider: 'sagemaker',
      ls_model_name: this.llm.metadata.modelName,
      ls_model_type: 'chat',
      ls_temperature: temperature ?? undefined,
      ls_max_tokens: maxTokens ?? undefined,
      ls_stop: stop,
    } as LangSmithParams
  }

  /** The endpoint and how it generates. */
  override _identifyingParams(): AnyRecord {
    return { model: this.model, ...this.#model.parameters }
  }

  /** Key of a cached answer: the same endpoint, options of the object and of the call. Has no credentials and no signals. */
  override _getSerializedCacheKeyParametersForCall(options: ChatSagemakerCallOptions): string {
    const call = { ...this.invocationParams(options), ...routingParameters(options), identity: this.#model.identity }
    // oxlint-disable-next-line no-underscore-dangle -- LangChain's name.
    return super._getSerializedCacheKeyParametersForCall(call as unknown as ChatSagemakerCallOptions)
  }

  /**
   * The model with tools that it can ask to be called.
   *
   * @param tools - structured tools, runnables as tools, `{ name, description, schema }`, or tools in OpenAI's form.
   * @throws {SagemakerError} `invalid-request` that names a tool of another form.
   */
  override bindTools(
    tools: BindToolsInput[],
    options?: Partial<ChatSagemakerCallOptions>,
  ): Runnable<BaseLanguageModelInput, AIMessageChunk, ChatSagemakerCallOptions> {
    return this.withConfig({ ...options, tools: openaiTools(tools) })
  }

  /**
   * The model with answers that are objects which follow a schema: of zod, of another library that follows Standard Schema, or a JSON
   * schema, whose answers are not validated.
   *
   * @param config - `method`: `functionCalling` (default), `jsonSchema` or `jsonMode`. `includeRaw`: the answers are
   * `{ raw, parsed }`, and `parsed` is `null` if there is no such object; otherwise that is an `OutputParserException`.
   * @throws {SagemakerError} `invalid-request` for another method.
   */
  override withStructuredOutput<Output extends AnyRecord = AnyRecord>(
    schema: OutputSchema<Output>,
    config?: StructuredOutputMethodOptions,
  ): Runnable<BaseLanguageModelInput, Output>
  /** The same with the message of the model. */
  override withStructuredOutput<Output extends AnyRecord = AnyRecord>(
    schema: OutputSchema<Output>,
    config?: StructuredOutputMethodOptions<true>,
  ): Runnable<BaseLanguageModelInput, { raw: BaseMessage; parsed: Output }>
  override withStructuredOutput<Output extends AnyRecord = AnyRecord>(
    schema: OutputSchema<Output>,
    config?: StructuredOutputMethodOptions<boolean>,
  ): Runnable<BaseLanguageModelInput, Output> | Runnable<BaseLanguageModelInput, { raw: BaseMessage; parsed: Output }> {
    return structuredOutput<Output>((options) => this.withConfig(options), schema, config) as Runnable<
      BaseLanguageModelInput,
      Output
    >
  }

  /** Answers in one piece. Used by `invoke` and `batch`. */
  override async _generate(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<ChatResult> {
    const answer = await this.#answer(messages, options)
    const message = wholeMessage(answer, this.#asBlocks(options))
    const usage = usageMetadata(answer.usage)
    const tokenUsage = usage && {
      promptTokens: usage.input_tokens,
      completionTokens: usage.output_tokens,
      totalTokens: usage.total_tokens,
    }
    return { generations: [{ text: answer.text, message }], ...(tokenUsage ? { llmOutput: { tokenUsage } } : {}) }
  }

  /** Answers chunk by chunk. Used by `stream`, and by `invoke` within LangGraph. */
  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    run?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const chunks = new MessageChunks(this.#asBlocks(options))
    for await (const part of this.#parts(messages, options)) {
      const chunk = chunks.push(part)
      if (chunk === undefined) continue
      yield chunk
      await run?.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, { chunk })
    }
  }

  /** Answers as events of content blocks. Used by `streamEvents` without a version. */
  override async *_streamChatModelEvents(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
  ): AsyncGenerator<ChatModelStreamEvent> {
    const events = new StreamEvents()
    for await (const part of this.#parts(messages, options)) yield* events.push(part)
  }

  /** Cancels running calls and closes the connections, unless the model was passed in. */
  close(): void {
    this.#model.close()
  }

  async #answer(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<ChatResponse> {
    try {
      return await this.llm.chat(modelMessages(messages), this.#callOptions(options))
    } catch (error) {
      throw marked(error)
    }
  }

  async *#parts(messages: BaseMessage[], options: this['ParsedCallOptions']): AsyncGenerator<ModelPart> {
    try {
      yield* this.llm.streamParts(modelMessages(messages), this.#callOptions(options))
    } catch (error) {
      throw marked(error)
    }
  }

  #callOptions(options: this['ParsedCallOptions']): ReturnType<typeof modelCallOptions> {
    return modelCallOptions({ ...this.#model.overrides, ...options })
  }

  #asBlocks({ outputVersion = this.outputVersion }: this['ParsedCallOptions']): boolean {
    return outputVersion === 'v1'
  }
}

/** The error with a mark by which middleware of LangChain, which sends everything once more otherwise, knows whether it is retryable. */
function marked(error: unknown): unknown {
  return SagemakerError.is(error) ? stampRetryable(error, error.retryable) : error
}
