import { SagemakerError } from '../../errors/sagemaker-error.ts'
import type { AwsCredentials, ConnectionOptions } from '../../options/endpoint-options.ts'
import { namedProvider } from './client-config.ts'
import type { SdkRequestHandler } from './idle-sockets.ts'
import { loadRuntimeSdk } from './load-runtime-sdk.ts'
import { renewCredentials, RuntimeClients } from './runtime-clients.ts'

/** The part of an SDK client's configuration that says where and as whom it calls. */
interface ClientConfig {
  readonly requestHandler?: SdkRequestHandler
  region(): Promise<string>
  credentials(): Promise<AwsCredentials>
}

/**
 * Region, credentials and address for requests that are not made by the SDK. What the options say is taken as it is;
 * for the rest the SDK is asked, which knows environment, profiles, FIPS and the other partitions.
 */
export class AwsConnection {
  readonly #options: ConnectionOptions
  readonly #clients: RuntimeClients
  #baseUrl: Promise<string> | undefined

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#clients = new RuntimeClients(options)
  }

  /** The request handler of the SDK client: its connections have the proxy, certificates and limits of the options. */
  async requestHandler(connectMs: number): Promise<SdkRequestHandler> {
    const { client } = this.#options as { readonly client?: { readonly config?: ClientConfig } }
    return (
      client?.config?.requestHandler ??
      ((await this.#clients.get(connectMs)).client.config.requestHandler as SdkRequestHandler)
    )
  }

  async region(): Promise<string> {
    return this.#options.region ?? (await this.#config()).region()
  }

  async credentials(): Promise<AwsCredentials> {
    const { credentials } = this.#options
    if (credentials === undefined) return (await this.#config()).credentials()
    const named = namedProvider(credentials)
    return typeof named === 'function' ? named() : named
  }

  /** Address of SageMaker Runtime without a slash at its end. */
  baseUrl(): Promise<string> {
    const { endpoint } = this.#options
    if (endpoint !== undefined) return Promise.resolve(withoutEndSlash(endpoint))
    // A failure, such as a missing profile, may be corrected before the next call.
    this.#baseUrl ??= this.#askForBaseUrl().catch((error: unknown) => {
      this.#baseUrl = undefined
      throw error
    })
    return this.#baseUrl
  }

  /** Asks for the credentials again. Resolves with whether they are others than before. */
  async renewCredentials(): Promise<boolean> {
    const { client, credentials } = this.#options
    if (typeof credentials === 'function') return true
    return client === undefined ? this.#clients.renewCredentials() : renewCredentials(client)
  }

  destroy(): void {
    this.#clients.destroy()
  }

  async #config(): Promise<ClientConfig> {
    const { config } = (await this.#sdkClient()) as { readonly config?: ClientConfig }
    if (config !== undefined) return config
    throw new SagemakerError(
      'invalid-request',
      "the client that was passed in has no configuration. Give region and credentials for transport 'openai'.",
    )
  }

  async #sdkClient(): Promise<SdkClient> {
    const { client } = this.#options
    return client ?? (await this.#clients.get(0)).client
  }

  /** Lets the SDK prepare a request, and stops it before the request is signed and sent. */
  async #askForBaseUrl(): Promise<string> {
    const sdk = await loadRuntimeSdk()
    const command = new sdk.InvokeEndpointCommand({ EndpointName: 'name', Body: '' })
    let url: string | undefined
    command.middlewareStack.add(
      () => (args) => {
        const { protocol, hostname, port, path } = args.request as PreparedRequest
        const origin = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`
        url = withoutEndSlash(origin + path.slice(0, path.lastIndexOf('/endpoints/')))
        return Promise.resolve({ response: undefined, output: { $metadata: {} } as never })
      },
      { step: 'build', priority: 'low', name: 'readAddress' },
    )
    await (await this.#sdkClient()).send(command as never, {})
    if (url !== undefined) return url
    throw new SagemakerError(
      'invalid-request',
      "the client that was passed in has no middleware. Give endpoint for transport 'openai'.",
    )
  }
}

interface SdkClient {
  send(command: never, options: object): Promise<unknown>
}

interface PreparedRequest {
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
}

function withoutEndSlash(url: string): string {
  return url.endsWith('/') ? withoutEndSlash(url.slice(0, -1)) : url
}
