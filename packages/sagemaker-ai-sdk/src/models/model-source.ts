import type { CallOptions } from '@x/sagemaker-endpoint'
import type { RetrySettings } from '../contract/settings.ts'

/** Options of one call that say where it goes, and how long and often. */
export type RoutingDefaults = Pick<
  CallOptions,
  | 'inferenceComponentName'
  | 'targetVariant'
  | 'targetModel'
  | 'targetContainerHostname'
  | 'sessionId'
  | 'inferenceId'
  | 'prefixAwareId'
  | 'customAttributes'
  | 'enableExplanations'
  | 'timeouts'
  | 'retry'
  | 'maxResponseBytes'
>

/** Where a model comes from, and what every call of it has. */
export class ModelSource<Model> {
  /** Name of the endpoint. */
  readonly endpointName: string
  readonly #load: () => Promise<Model> | Model
  readonly #defaults: RoutingDefaults
  readonly #retries: RetrySettings['retries']
  #model: Promise<Model> | undefined

  /**
   * @param load - Makes the model, at the first call.
   * @param defaults - Options of calls that do not say otherwise.
   */
  constructor(
    endpointName: string,
    load: () => Promise<Model> | Model,
    defaults: RoutingDefaults,
    retries: RetrySettings['retries'],
  ) {
    this.endpointName = endpointName
    this.#load = load
    this.#defaults = defaults
    this.#retries = retries
  }

  /** The model. Made once; a failure is tried again by the next call. */
  async model(): Promise<Model> {
    this.#model ??= Promise.resolve(this.#load())
    try {
      return await this.#model
    } catch (error) {
      this.#model = undefined
      throw error
    }
  }

  /** The options of a call over those that every call has. `undefined` was not given. */
  callOptions<Options extends RoutingDefaults>(options: Options): Options {
    const merged: Record<string, unknown> = { ...this.#defaults }
    for (const [name, value] of Object.entries(options)) if (value !== undefined) merged[name] = value
    if (this.#retries === 'ai-sdk') merged['retry'] = { ...this.#defaults.retry, maxAttempts: 1, readyWithinMs: 0 }
    return merged as Options
  }
}
