import type { ChatMessage, CodecRequest, GenerationOptions, ModelResponseMetadata } from '@x/bedrock-like-types'
import { type CallOptions, type InvokeMetadata, SagemakerError } from '@x/sagemaker-endpoint'
import { runHook } from '@x/sagemaker-endpoint/model-kit'
import type { AnswerReader, ContentHandler } from '../contract/content-handler.ts'
import type { ModelCall, ModelCallBase } from '../contract/model-call.ts'
import type { WireObserver } from '../contract/wire-observer.ts'
import type { AnswerOrigin } from '../parts/answer-error.ts'
import { PartDecoder } from '../parts/part-decoder.ts'
import { textRules } from '../parts/text-rules.ts'
import { checkGenerationOptions } from './generation-options.ts'
import type { LLMCallOptions } from './model-options.ts'
import type { ModelSettings } from './model-settings.ts'
import { jsonSchemaFormat } from './response-schema.ts'
import { writeModelCall } from './write-model-call.ts'

/**
 * Writes the request for an input.
 *
 * @param options - The options of the call over those of the model.
 * @throws {SagemakerError} `invalid-request` for what cannot be sent.
 */
export async function prepareCall(
  input: string | readonly ChatMessage[],
  options: LLMCallOptions,
  settings: ModelSettings,
  stream: boolean,
): Promise<PreparedCall> {
  try {
    checkGenerationOptions(options)
    const handler = settings.contentHandler ?? (await import('../handlers/auto.ts')).auto()
    const call = await writeModelCall(input, callBase(options, settings, stream), settings, handler)
    return new PreparedCall(call, handler, settings, options)
  } catch (error) {
    throw preparationError(error, settings.endpointName)
  }
}

/** A call that is ready to be sent, and what is known about its answer so far. */
export class PreparedCall {
  readonly call: ModelCall
  readonly handler: ContentHandler
  readonly request: CodecRequest
  readonly #endpointName: string
  readonly #options: LLMCallOptions
  readonly #wireObserver: WireObserver | undefined
  readonly #startedAt = performance.now()
  #metadata: InvokeMetadata | undefined

  constructor(call: ModelCall, handler: ContentHandler, settings: ModelSettings, options: LLMCallOptions) {
    this.call = call
    this.handler = handler
    this.request = handler.request(call)
    this.#endpointName = settings.endpointName
    this.#options = options
    this.#wireObserver = observerOf(settings.wireObserver, options)
  }

  /** The request is about to be sent: runs the hooks, and gives the options for the endpoint. */
  send(): CallOptions {
    const options = this.#options
    const { contentType, accept, customAttributes } = this.request
    this.#wireObserver?.onRequest?.(this.request)
    const { onRequest } = options
    if (onRequest !== undefined) runHook(onRequest, 'onRequest', onRequest, this.request)
    return {
      ...options,
      contentType: options.contentType ?? contentType,
      accept: options.accept ?? accept,
      customAttributes: joined(customAttributes, options.customAttributes),
      onResponse: this.call.stream ? (metadata) => this.#opened(metadata) : options.onResponse,
    }
  }

  /** Decodes the answer. */
  decoder(reader: AnswerReader, isStream: boolean): PartDecoder {
    const { body, contentType } = this.request
    return new PartDecoder({
      rules: textRules(this.call),
      reader,
      isStream,
      isText: this.handler.isText && ((start) => this.isText(start)),
      wireObserver: this.#wireObserver,
      request: {
        contentType,
        get body(): string {
          return new TextDecoder().decode(body)
        },
      },
      origin: () => this.#origin(),
      response: () => this.#response(),
    })
  }

  /** Whether the answer is text and not JSON, by its first characters. */
  isText(start: string): boolean {
    return this.handler.isText?.(this.#metadata?.contentType, start) === true
  }

  /** The answer has come whole, with these facts about the exchange. */
  received(metadata: InvokeMetadata): void {
    this.#metadata = metadata
  }

  /** The answer has begun to come. */
  #opened(metadata: InvokeMetadata): unknown {
    this.#metadata = metadata
    return this.#options.onResponse?.(metadata)
  }

  #origin(): AnswerOrigin {
    return {
      endpointName: this.#endpointName,
      request: this.request.body,
      statusCode: this.#metadata?.statusCode,
      requestId: this.#metadata?.requestId,
    }
  }

  #response(): ModelResponseMetadata {
    const metadata = this.#metadata
    const durationMs = metadata?.timings.durationMs ?? performance.now() - this.#startedAt
    const { warnings } = this.request
    return { attempts: 1, ...metadata, timings: { ...metadata?.timings, durationMs }, warnings }
  }
}

function callBase(options: GenerationOptions, { modelName }: ModelSettings, stream: boolean): ModelCallBase {
  return {
    // `null` leaves a value to the container.
    temperature: options.temperature ?? undefined,
    maxNewTokens: options.maxNewTokens ?? undefined,
    topP: options.topP,
    topK: options.topK,
    stopSequences: options.stopSequences,
    seed: options.seed,
    tools: options.tools,
    toolChoice: options.toolChoice,
    responseFormat: jsonSchemaFormat(options.responseFormat),
    reasoning: options.reasoning,
    reasoningTags: options.reasoningTags,
    reasoningEffort: options.reasoningEffort,
    presencePenalty: options.presencePenalty,
    frequencyPenalty: options.frequencyPenalty,
    parallelToolCalls: options.parallelToolCalls,
    logprobs: options.logprobs,
    additionalParameters: options.additionalParameters,
    stream,
    modelName,
  }
}

function observerOf(observer: WireObserver | undefined, options: LLMCallOptions): WireObserver | undefined {
  const { onValue } = options
  if (onValue === undefined) return observer
  return {
    ...observer,
    onValue: (value, range) => {
      observer?.onValue?.(value, range)
      runHook(onValue, 'onValue', onValue, value)
    },
  }
}

function joined(...values: readonly (string | undefined)[]): string | undefined {
  return values.filter(Boolean).join(',') || undefined
}

/** The error for what was thrown before anything was sent: by a check, or by a function of the user. */
export function preparationError(thrown: unknown, endpointName: string): SagemakerError {
  if (SagemakerError.is(thrown)) return thrown.with({ endpointName })
  // The error of a function of the user may quote the prompt: it is the cause and not in the message.
  const message = 'building the request failed: a function that was passed in threw'
  return new SagemakerError('invalid-request', message, { endpointName, cause: thrown })
}
