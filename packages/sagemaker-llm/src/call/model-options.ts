import type { CodecRequest, GenerationOptions, StandardSchema } from '@x/bedrock-like-types'
import type { CallOptions } from '@x/sagemaker-endpoint'
import type { ContentTelemetryOptions, EndpointOrOptions, Hook, OptionNames } from '@x/sagemaker-endpoint/model-kit'
import type { ContentHandler } from '../contract/content-handler.ts'
import type { WireObserver } from '../contract/wire-observer.ts'
import type { LLMCallbacks } from '../listeners/llm-callbacks.ts'
import type { CompletionToPrompt, MessagesToPrompt } from '../prompts/prompt-functions.ts'
import type { PromptStyle } from '../prompts/prompt-styles.ts'
import { generationOptionNames } from './generation-options.ts'

/** Reported when the model does not say otherwise. */
export const defaultContextWindow = 2048

/** How a model is addressed and how its answers are read: the options of a `SagemakerLLM` that need no endpoint. */
export interface ModelFormatOptions extends GenerationOptions {
  /**
   * Name of the model. Sent as `model` where the container's format has one.
   * @defaultValue none is sent; `metadata` has the name of the endpoint
   */
  readonly modelName?: string | undefined
  /** First message of a conversation without a system message, and of a prompt by `completionToPrompt`. */
  readonly systemPrompt?: string | undefined
  /**
   * The container's format.
   * @defaultValue `auto()`, loaded at the first call
   */
  readonly contentHandler?: ContentHandler | undefined
  /**
   * Turns a conversation into a prompt, for containers that take prompts only.
   * @defaultValue none: messages are sent as such
   */
  readonly messagesToPrompt?: MessagesToPrompt | PromptStyle | undefined
  /**
   * Turns the prompt of `complete` and `streamComplete` into the one that is sent.
   * @defaultValue the system prompt, if there is one, and an empty line before it
   */
  readonly completionToPrompt?: CompletionToPrompt | PromptStyle | undefined
}

/** The options of a `SagemakerLLM` without those of its endpoint. */
export interface ModelOptions extends ModelFormatOptions {
  /**
   * Most tokens of prompt and answer together. It is only reported, in `metadata`.
   * @defaultValue 2048
   */
  readonly contextWindow?: number | undefined
  /**
   * Called during every call.
   * @defaultValue none
   */
  readonly callbacks?: LLMCallbacks | undefined
  /**
   * OpenTelemetry spans and metrics of every call.
   * @defaultValue none
   */
  readonly telemetry?: ContentTelemetryOptions | undefined
  /**
   * Sees the bytes of every answer and how they are read, for tools that show it.
   * @defaultValue none
   */
  readonly wireObserver?: WireObserver | undefined
}

/** The names of the options that a `SagemakerLLM` has in addition to those of its endpoint. */
export const modelOptionNames: OptionNames<ModelOptions> = {
  ...generationOptionNames,
  contextWindow: true,
  modelName: true,
  systemPrompt: true,
  contentHandler: true,
  messagesToPrompt: true,
  completionToPrompt: true,
  callbacks: true,
  telemetry: true,
  wireObserver: true,
}

/**
 * Options of `SagemakerLLM`: those of the model, and either those of `SagemakerEndpoint` or one that exists already as
 * `endpoint`. (As text, `endpoint` is the URL of the service.)
 */
export type SagemakerLLMOptions = ModelOptions & EndpointOrOptions

/** Options of one call: generation and the endpoint's call options override those of the object, one by one. */
export interface LLMCallOptions extends GenerationOptions, CallOptions {
  /** Called once, before the request is sent. What it throws or rejects with never affects the call. */
  readonly onRequest?: Hook<CodecRequest> | undefined
  /** Called with every value of the answer, parsed, before what is made of it. What it throws or rejects with never affects the call. */
  readonly onValue?: Hook<unknown> | undefined
}

/** Options of one call that is read part by part. */
export interface LLMPartOptions extends LLMCallOptions {
  /**
   * Gives every value of the wire as a `raw` part.
   * @defaultValue false
   */
  readonly includeRaw?: boolean | undefined
}

/** Options of a call whose answer is JSON that follows a Standard Schema. */
export interface JsonOption<T> {
  /** The form of the answer. */
  readonly responseFormat: {
    /** The answer is JSON. */
    readonly type: 'json'
    /** Validates and types the answer. */
    readonly schema: StandardSchema<T>
    /** Name of the schema. */
    readonly name?: string | undefined
    /** What the schema is for. */
    readonly description?: string | undefined
  }
}

/** An answer that is JSON. */
export interface JsonAnswer<T> {
  /** The answer, parsed and validated. */
  readonly json: T
}
