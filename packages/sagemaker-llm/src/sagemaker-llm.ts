import type {
  ChatChunk,
  ChatMessage,
  ChatResponse,
  CompletionChunk,
  CompletionResponse,
  LanguageModel,
  LanguageModelMetadata,
} from '@x/bedrock-like-types'
import { SagemakerError, type CallOptions, type SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { ResponseStream } from '@x/stream-core'
import { splitGenerationOptions } from './call/generation-option-names.ts'
import { mergeGiven } from './call/merge-given.ts'
import { prepareCall, type PreparedCall } from './call/prepare-call.ts'
import { splitModelOptions } from './call/split-model-options.ts'
import { streamAnswer } from './call/stream-answer.ts'
import { wholeAnswer } from './call/whole-answer.ts'
import {
  defaultContextWindow,
  defaultMaxNewTokens,
  type LLMCallOptions,
  type ModelOptions,
  type SagemakerLLMOptions,
} from './sagemaker-llm-options.ts'

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
export class SagemakerLLM implements LanguageModel {
  /** The endpoint that is called. */
  readonly endpoint: SagemakerEndpoint
  readonly metadata: LanguageModelMetadata
  readonly #model: ModelOptions
  readonly #customAttributes: string | undefined
  readonly #ownsEndpoint: boolean

  /** @throws {SagemakerError} `invalid-request` for options that contradict each other. */
  constructor(options: SagemakerLLMOptions) {
    const { endpoint, ownsEndpoint, routing, model } = splitModelOptions(options)
    this.endpoint = endpoint
    this.#ownsEndpoint = ownsEndpoint
    this.#customAttributes = routing.customAttributes
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
    return this.#whole(prompt, options)
  }

  /** Continues a prompt, fragment by fragment; the last one says how it ended. Each iteration or subscription is one request. */
  streamComplete(prompt: string, options: LLMCallOptions = {}): ResponseStream<CompletionChunk> {
    return this.#stream(prompt, options)
  }

  /**
   * Answers in a conversation, oldest message first.
   *
   * @throws {SagemakerError}
   */
  chat(messages: readonly ChatMessage[], options: LLMCallOptions = {}): Promise<ChatResponse> {
    return this.#whole(messages, options)
  }

  /**
   * Answers in a conversation, fragment by fragment: of the text, of the reasoning, or of a tool call; the last one says how
   * it ended. Each iteration or subscription is one request.
   */
  streamChat(messages: readonly ChatMessage[], options: LLMCallOptions = {}): ResponseStream<ChatChunk> {
    return this.#stream(messages, options)
  }

  /** Ends what runs and frees the connections, unless the endpoint was handed in. */
  close(): void {
    if (this.#ownsEndpoint) this.endpoint.close()
  }

  async #whole(input: string | readonly ChatMessage[], options: LLMCallOptions): Promise<ChatResponse> {
    const [prepared, callOptions] = await this.#prepare(input, options, false)
    return wholeAnswer(this.endpoint, prepared, callOptions)
  }

  #stream(input: string | readonly ChatMessage[], options: LLMCallOptions): ResponseStream<ChatChunk> {
    return ResponseStream.from(async (signal) => {
      const [prepared, callOptions] = await this.#prepare(input, options, true)
      return streamAnswer(this.endpoint, prepared, callOptions, signal)
    })
  }

  async #prepare(
    input: string | readonly ChatMessage[],
    options: LLMCallOptions,
    stream: boolean,
  ): Promise<readonly [PreparedCall, CallOptions]> {
    const [generation, callOptions] = splitGenerationOptions(options)
    const [defaults] = splitGenerationOptions(this.#model)
    try {
      const prepared = await prepareCall(input, mergeGiven(defaults, generation), this.#model, stream)
      return [prepared, mergeGiven({ customAttributes: this.#customAttributes }, callOptions)]
    } catch (error) {
      throw SagemakerError.is(error) ? error.with({ endpointName: this.endpoint.endpointName }) : error
    }
  }
}
