import { SagemakerError } from '../../errors/sagemaker-error.ts'
import type { AwsCredentials, ConnectionOptions } from '../../options/endpoint-options.ts'
import { BuiltClient } from './built-client.ts'
import { namedProvider } from './client-config.ts'
import { loadRuntimeSdk } from './load-runtime-sdk.ts'

/** The part of an SDK client's configuration that says where and as whom it calls. */
interface ClientConfig {
  region(): Promise<string>
  credentials(): Promise<AwsCredentials>
}

/**
 * Region, credentials and address for requests that are not made by the SDK. What the options say is taken as it is;
 * for the rest the SDK is asked, which knows environment, profiles, FIPS and the other partitions.
 */
export class AwsConnection {
  readonly #options: ConnectionOptions
  #client: Promise<SdkClient> | undefined
  #baseUrl: Promise<string> | undefined

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  /** Loads the SDK, if anything has to be asked of it. */
  async load(): Promise<void> {
    const { region, credentials, endpoint } = this.#options
    if (region === undefined || credentials === undefined || endpoint === undefined) await loadRuntimeSdk()
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
    if (endpoint !== undefined) return Promise.resolve(endpoint.replace(/\/+$/, ''))
    // A failure, such as a missing profile, may be mended before the next call.
    this.#baseUrl ??= this.#askForBaseUrl().catch((error: unknown) => {
      this.#baseUrl = undefined
      throw error
    })
    return this.#baseUrl
  }

  async #config(): Promise<ClientConfig> {
    const { config } = (await this.#sdkClient()) as { readonly config?: ClientConfig }
    if (config !== undefined) return config
    throw new SagemakerError(
      'invalid-request',
      "the client that was passed in has no configuration. Give region and credentials for transport 'openai'.",
    )
  }

  #sdkClient(): Promise<SdkClient> {
    const { client } = this.#options
    if (client !== undefined) return Promise.resolve(client)
    this.#client ??= loadRuntimeSdk().then(
      (sdk) => new BuiltClient(sdk, this.#options, 0).client as unknown as SdkClient,
    )
    return this.#client
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
        url = origin + path.replace(/\/endpoints\/name\/invocations$/, '')
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
