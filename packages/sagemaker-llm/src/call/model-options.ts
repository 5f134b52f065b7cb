import type { GenerationOptions } from '@x/bedrock-like-types'
import { type CallOptions, SagemakerEndpoint, type SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import type { LLMCallbacks } from '../callbacks/llm-callbacks.ts'
import type { ContentHandler } from '../contract/content-handler.ts'
import { invalidRequest } from '../contract/invalid-request.ts'
import type { WireObserver } from '../contract/wire-observer.ts'
import type { CompletionToPrompt, MessagesToPrompt } from '../prompts/prompt-functions.ts'
import type { PromptStyle } from '../prompts/prompt-styles.ts'
import type { TelemetryOptions } from '../telemetry/telemetry-listener.ts'
import { generationOptionNames, type OptionNames, splitOptions } from './generation-options.ts'

/** Reported when the model does not say otherwise. */
export const defaultContextWindow = 2048

/** What a `SagemakerLLM` has besides the endpoint behind it. */
export interface ModelOptions extends GenerationOptions {
  /**
   * Most tokens of prompt and answer together. For whoever builds prompts: it is only reported, in `metadata`.
   * @defaultValue 2048
   */
  readonly contextWindow?: number | undefined
  /**
   * Name of the model. Sent as `model` where the container's format has one.
   * @defaultValue none is sent; `metadata` says the endpoint's name
   */
  readonly modelName?: string | undefined
  /** First message of a conversation that has no system message of its own, and of a prompt by `completionToPrompt`. */
  readonly systemPrompt?: string | undefined
  /**
   * The container's format.
   * @defaultValue `auto()`, loaded at the first call
   */
  readonly contentHandler?: ContentHandler | undefined
  /**
   * Turns a conversation into a prompt, for containers that take prompts alone.
   * @defaultValue none: messages are sent as such
   */
  readonly messagesToPrompt?: MessagesToPrompt | PromptStyle | undefined
  /**
   * Turns the prompt of `complete` and `streamComplete` into the one that is sent.
   * @defaultValue the system prompt, if there is one, and an empty line before it
   */
  readonly completionToPrompt?: CompletionToPrompt | PromptStyle | undefined
  /**
   * Called in the course of every call.
   * @defaultValue none
   */
  readonly callbacks?: LLMCallbacks | undefined
  /**
   * OpenTelemetry spans and metrics of every call.
   * @defaultValue none
   */
  readonly telemetry?: TelemetryOptions | undefined
  /**
   * Sees the bytes of every answer and how they are read, for tools that show it.
   * @defaultValue none
   */
  readonly wireObserver?: WireObserver | undefined
}

/** An endpoint that exists already. It has its own options, so none are given besides it. */
export type ExistingEndpoint = { readonly endpoint: SagemakerEndpoint } & {
  readonly [Option in Exclude<keyof SagemakerEndpointOptions, 'endpoint'>]?: undefined
}

/**
 * Options of `SagemakerLLM`: those of the model, and either those of `SagemakerEndpoint` or one that exists already as
 * `endpoint`. (As text, `endpoint` is the URL of the service.)
 */
export type SagemakerLLMOptions = ModelOptions & (SagemakerEndpointOptions | ExistingEndpoint)

/** Options of one call: generation and the endpoint's call options override those of the object, one by one. */
export interface LLMCallOptions extends GenerationOptions, CallOptions {}

/** The options of a `SagemakerLLM`, each where it belongs. */
export interface SplitModelOptions {
  readonly endpoint: SagemakerEndpoint
  /** Whether `endpoint` was made here, and so has to be closed here. */
  readonly ownsEndpoint: boolean
  /** Of what was given for the endpoint, what belongs to each request. */
  readonly routing: Pick<SagemakerEndpointOptions, 'customAttributes' | 'inferenceComponentName'>
  readonly model: ModelOptions
}

const modelOptionNames: OptionNames<ModelOptions> = {
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
 * Tells the options of the model from those of the endpoint and makes the endpoint, unless there is one already.
 *
 * @throws {SagemakerError} `invalid-request` for options of an endpoint besides one that exists: they would have no effect.
 */
export function splitModelOptions(options: SagemakerLLMOptions): SplitModelOptions {
  const [model, rest] = splitOptions(options, modelOptionNames)
  const { endpoint, ...endpointOptions } = rest as Omit<Partial<SagemakerEndpointOptions>, 'endpoint'> & {
    readonly endpoint?: string | SagemakerEndpoint | undefined
  }
  if (endpoint === undefined || typeof endpoint === 'string') {
    const made = new SagemakerEndpoint({ ...endpointOptions, endpoint } as SagemakerEndpointOptions)
    return { endpoint: made, ownsEndpoint: true, routing: endpointOptions, model }
  }
  const given = Object.entries(endpointOptions).flatMap(([name, value]) => (value === undefined ? [] : name))
  if (given.length > 0) throw invalidRequest(`${given.join(', ')}: an endpoint was given, which has its own options`)
  return { endpoint, ownsEndpoint: false, routing: {}, model }
}
