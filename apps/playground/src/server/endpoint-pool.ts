import { SagemakerEndpoint, type EndpointObserver } from '@x/sagemaker-endpoint'
import type { EndpointReference } from '../protocol/run-request.ts'

export interface EndpointPoolOptions {
  /** Address of the local runtime; without one there are no local endpoints. */
  readonly runtimeUrl: string | undefined
  /** For endpoints on AWS that name none themselves; `undefined` is left to the environment. */
  readonly region: string | undefined
  readonly profile: string | undefined
}

/** The local runtime checks no signature. */
const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' }

/** The endpoints called so far, each with its connections. Credentials are found and kept here, by the AWS SDK. */
export class EndpointPool {
  readonly #options: EndpointPoolOptions
  readonly #observers: readonly EndpointObserver[]
  readonly #endpoints = new Map<string, SagemakerEndpoint>()

  /** @param observers - see every call of these endpoints. */
  constructor(options: EndpointPoolOptions, observers: readonly EndpointObserver[] = []) {
    this.#options = options
    this.#observers = observers
  }

  get(reference: EndpointReference): SagemakerEndpoint {
    const { source, name } = reference
    const region = reference.region ?? this.#options.region
    const profile = reference.profile ?? this.#options.profile
    const key = JSON.stringify([source, name, region, profile])
    const known = this.#endpoints.get(key)
    if (known !== undefined) return known
    const endpoint = source === 'local' ? this.#localEndpoint(name) : this.#awsEndpoint(name, region, profile)
    this.#endpoints.set(key, endpoint)
    return endpoint
  }

  /** Cancels every call and closes every connection. */
  close(): void {
    for (const endpoint of this.#endpoints.values()) endpoint.close()
    this.#endpoints.clear()
  }

  #localEndpoint(name: string): SagemakerEndpoint {
    const { runtimeUrl } = this.#options
    if (runtimeUrl === undefined) throw new TypeError('There is no local runtime.')
    return new SagemakerEndpoint({
      endpointName: name,
      endpoint: runtimeUrl,
      region: 'us-east-1',
      credentials: localCredentials,
      observers: this.#observers,
    })
  }

  #awsEndpoint(endpointName: string, region: string | undefined, profile: string | undefined): SagemakerEndpoint {
    const clientOptions = profile === undefined ? {} : { clientOptions: { profile } }
    return new SagemakerEndpoint({ endpointName, region, observers: this.#observers, ...clientOptions })
  }
}
