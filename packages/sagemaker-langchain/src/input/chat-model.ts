import { SagemakerLLM, type SagemakerLLMOptions } from '@x/sagemaker-llm'
import { createHash, randomUUID } from 'node:crypto'
import { generationOptionNames, picked } from './call-options.ts'
import type { ChatGenerationOptions, ChatSagemakerModelOptions, ChatSagemakerOptions } from './chat-options.ts'

/** What `ChatSagemaker` is made of. */
export interface ChatModel {
  /** The model that is called. */
  readonly llm: SagemakerLLM
  /** What was said about how it generates, as JSON values: for traces. */
  readonly parameters: Readonly<Record<string, unknown>> & { readonly stop?: readonly string[] }
  /** The options that every call adds to those of the model. */
  readonly overrides: ChatGenerationOptions & { readonly stop?: string[] }
  /** Differs between models that can give different answers to the same call. */
  readonly identity: string
  close(): void
}

/** Options without an effect on answers; and `credentials`, which are no part of any key. */
const withoutEffect: ReadonlySet<string> = new Set([
  'contextWindow',
  'credentials',
  'idleConnectionMs',
  'inferenceId',
  'maxConcurrency',
  'maxResponseBytes',
  'maxRetries',
  'observers',
  'prefixAwareId',
  'retry',
  'telemetry',
  'timeouts',
  'wireObserver',
])

/** The options that only LangChain knows. */
const langchainOptionNames: ReadonlySet<string> = new Set([
  'cache',
  'callbacks',
  'disableStreaming',
  'llm',
  'metadata',
  'outputVersion',
  'profile',
  'tags',
  'verbose',
])

/** The options that a serialised model has: JSON values without secrets and without prompts. */
export const serializableOptionNames: string[] = [
  ...Object.keys(generationOptionNames),
  'model',
  'stop',
  'region',
  'endpoint',
  'transport',
  'inferenceComponentName',
  'targetVariant',
  'targetModel',
  'targetContainerHostname',
  'modelName',
  'contextWindow',
  'maxRetries',
  'disableStreaming',
  'outputVersion',
]

/**
 * Makes the model of the options, or takes the one that was passed in.
 *
 * @throws {SagemakerError} `invalid-request` for options that contradict each other.
 */
export function chatModel(options: ChatSagemakerOptions): ChatModel {
  const { stop } = options
  const parameters = { ...picked(options, generationOptionNames), ...(stop === undefined ? {} : { stop: [...stop] }) }
  const identity = identityOf(options)
  if (options.llm !== undefined) {
    return { llm: options.llm, parameters, overrides: parameters, identity, close: () => {} }
  }
  const llm = new SagemakerLLM(modelOptions(options))
  return { llm, parameters, overrides: {}, identity, close: () => llm.close() }
}

/** LangChain's options are left out, and what was not given is left to the container. */
function modelOptions(options: ChatSagemakerModelOptions): SagemakerLLMOptions {
  const {
    model,
    maxTokens = null,
    maxRetries,
    stop,
    temperature = null,
    reasoning = 'auto',
    retry,
    ...others
  } = options
  const own = Object.fromEntries(Object.entries(others).filter(([name]) => !langchainOptionNames.has(name)))
  return {
    ...own,
    endpointName: model,
    temperature,
    reasoning,
    maxNewTokens: maxTokens,
    ...(stop === undefined ? {} : { stopSequences: stop }),
    retry: maxRetries === undefined ? retry : { maxAttempts: maxRetries + 1, ...retry },
  }
}

const objectIds = new WeakMap<object, string>()

/** A digest of options. Functions and objects of classes, which cannot be compared, are equal only to themselves. */
function identityOf(options: object): string {
  const relevant = Object.entries(options).filter(
    ([name]) =>
      !withoutEffect.has(name) && (name === 'llm' || name === 'outputVersion' || !langchainOptionNames.has(name)),
  )
  const text = JSON.stringify(
    Object.fromEntries(relevant.sort(([one], [other]) => (one < other ? -1 : 1))),
    (_, value: unknown) => {
      const isPlain = typeof value !== 'object' || value === null || Array.isArray(value) || isRecord(value)
      return isPlain && typeof value !== 'function' ? value : objectId(value)
    },
  )
  return createHash('sha256').update(text).digest('hex')
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return (
    (prototype === Object.prototype || prototype === null) &&
    !Object.values(value).some((member) => typeof member === 'function')
  )
}

function objectId(value: object): string {
  const id = objectIds.get(value) ?? randomUUID()
  objectIds.set(value, id)
  return id
}
