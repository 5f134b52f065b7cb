import { SagemakerEndpoint, type EndpointObserver } from '@x/sagemaker-endpoint'
import type { Connection } from '../terminal/open-endpoint.ts'
import type { EndpointReference } from '../protocol/run-request.ts'

export interface EndpointPoolOptions {
  /** Address of the local runtime; without one there are no local endpoints. */
  readonly runtimeUrl: string | undefined
  /** For endpoints on AWS that name none themselves; `undefined` is left to the environment. */
  readonly region: string | undefined
  readonly profile: string | undefined
}

/** Loopback hosts, as `URL` writes them. */
const loopbackHost = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

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
    const { name, inferenceComponentName, targetVariant, customAttributes, sessionId } = reference
    const connection = this.connection(reference)
    const routing = { inferenceComponentName, targetVariant, customAttributes, sessionId }
    const key = JSON.stringify([name, connection.endpoint, connection.region, reference.profile, routing])
    const known = this.#endpoints.get(key)
    if (known !== undefined) return known
    const endpoint = new SagemakerEndpoint({
      endpointName: name,
      ...connection,
      ...routing,
      observers: this.#observers,
    })
    this.#endpoints.set(key, endpoint)
    return endpoint
  }

  /** How an endpoint and its control plane are reached. */
  connection(reference: Omit<EndpointReference, 'name'>): Connection {
    const { source, url } = reference
    if (source === 'local') {
      const { runtimeUrl } = this.#options
      if (runtimeUrl === undefined) throw new TypeError('There is no local runtime.')
      return { endpoint: runtimeUrl, region: 'us-east-1', credentials: localCredentials }
    }
    const region = reference.region ?? this.#options.region
    const profile = reference.profile ?? this.#options.profile
    const ofProfile = profile === undefined ? {} : { clientOptions: { profile } }
    if (source === 'aws' || url === undefined) return { region, ...ofProfile }
    // The credentials of the user are never looked up for a server on this machine.
    if (loopbackHost.test(new URL(url).hostname))
      return { endpoint: url, region: 'us-east-1', credentials: localCredentials }
    return { endpoint: url, region, ...ofProfile }
  }

  /** Cancels every call and closes every connection. */
  close(): void {
    for (const endpoint of this.#endpoints.values()) endpoint.close()
    this.#endpoints.clear()
  }
}
