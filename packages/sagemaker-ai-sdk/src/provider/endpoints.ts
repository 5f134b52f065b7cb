import { SagemakerEndpoint, type SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import type { SagemakerProviderSettings } from '../contract/settings.ts'
import type { RoutingDefaults } from '../models/model-source.ts'

type EndpointSettings = Omit<SagemakerEndpointOptions, 'endpointName'>

/** Options of an endpoint that a call can have instead: `true`. Of the others, each combination needs its own endpoint. */
const endpointOptions: Readonly<Record<keyof EndpointSettings, boolean>> = {
  client: false,
  region: false,
  credentials: false,
  endpoint: false,
  idleConnectionMs: false,
  clientOptions: false,
  maxConcurrency: false,
  transport: false,
  observers: false,
  inferenceComponentName: true,
  targetVariant: true,
  targetModel: true,
  targetContainerHostname: true,
  sessionId: true,
  inferenceId: true,
  prefixAwareId: true,
  customAttributes: true,
  enableExplanations: true,
  timeouts: true,
  retry: true,
  maxResponseBytes: true,
}

/** The settings of a model, by what they are for. */
export interface DividedSettings<Model> {
  /** The options of the model object. */
  readonly model: Model
  /** Options of every call. */
  readonly routing: RoutingDefaults
  /** The endpoint that is called. */
  readonly endpoint: SagemakerEndpoint
}

/**
 * The endpoints of a provider. Models of the same endpoint share its connections, however often they are made: applications make a
 * model object for each of their requests.
 */
export class Endpoints {
  readonly #settings: EndpointSettings
  readonly #shared = new Map<string, SagemakerEndpoint>()
  /** Endpoints of single models, which may be gone by now. */
  #own: WeakRef<SagemakerEndpoint>[] = []

  constructor(settings: SagemakerProviderSettings) {
    const { retries: _, ...ofEndpoint } = settings
    this.#settings = ofEndpoint
  }

  /** Divides the settings of a model. One with connection settings gets an endpoint for itself. */
  divide<Model extends object>(endpointName: string, settings: Model & EndpointSettings): DividedSettings<Model> {
    const model: Record<string, unknown> = {}
    const routing: Record<string, unknown> = {}
    const connection: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(settings)) {
      if (value === undefined) continue
      const kind = Object.hasOwn(endpointOptions, name) ? endpointOptions[name as keyof EndpointSettings] : undefined
      const group = kind === undefined ? model : kind ? routing : connection
      group[name] = value
    }
    return { model: model as Model, routing, endpoint: this.#endpoint(endpointName, connection) }
  }

  /** Cancels running calls and closes the connections. */
  close(): void {
    for (const endpoint of this.#shared.values()) endpoint.close()
    for (const reference of this.#own) reference.deref()?.close()
    this.#shared.clear()
    this.#own = []
  }

  #endpoint(endpointName: string, connection: EndpointSettings): SagemakerEndpoint {
    if (Object.keys(connection).length > 0) {
      const own = new SagemakerEndpoint({ ...this.#settings, ...connection, endpointName })
      this.#own = [...this.#own.filter((reference) => reference.deref() !== undefined), new WeakRef(own)]
      return own
    }
    let shared = this.#shared.get(endpointName)
    if (shared === undefined) {
      shared = new SagemakerEndpoint({ ...this.#settings, endpointName })
      this.#shared.set(endpointName, shared)
    }
    return shared
  }
}
