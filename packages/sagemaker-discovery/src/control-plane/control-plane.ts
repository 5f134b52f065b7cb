import type * as sdk from '@aws-sdk/client-sagemaker'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { exportsOf, isLoopback, loopbackIdentity } from '@x/sagemaker-endpoint/model-kit'
import type { ControlPlaneClient, DiscoveryConnection } from './connection-options.ts'
import { type Operation, controlPlaneError } from './control-plane-error.ts'
import type { Requests, Responses } from './operations.ts'

/** Read-only client of SageMaker's control plane. */
export class ControlPlane {
  readonly #sdk: typeof sdk
  readonly #client: ControlPlaneClient
  readonly #signal: AbortSignal | undefined
  readonly #ownsClient: boolean

  private constructor(loaded: typeof sdk, connection: DiscoveryConnection, signal: AbortSignal | undefined) {
    this.#sdk = loaded
    this.#ownsClient = connection.client === undefined
    this.#client = connection.client ?? new loaded.SageMakerClient(clientConfig(connection))
    this.#signal = signal
  }

  /**
   * Loads the SDK on first use: importing it takes tens of milliseconds.
   *
   * @throws {SagemakerError} `missing-dependency` if the SDK is not installed; `aborted` if the signal is aborted.
   */
  static async open(connection: DiscoveryConnection, signal: AbortSignal | undefined): Promise<ControlPlane> {
    if (signal?.aborted === true) throw aborted(signal)
    return new ControlPlane(await loadSdk(), connection, signal)
  }

  /** @throws {SagemakerError} */
  async call<Name extends Operation>(
    operation: Name,
    request: Requests[Name],
    endpointName: string,
  ): Promise<Responses[Name]> {
    const signal = this.#signal
    if (signal?.aborted === true) throw aborted(signal)
    const Command = this.#sdk[`${operation}Command`] as new (input: object) => object
    try {
      const options = signal === undefined ? {} : { abortSignal: signal }
      return (await this.#client.send(new Command(request) as never, options)) as Responses[Name]
    } catch (error) {
      throw controlPlaneError(error, operation, endpointName, signal)
    }
  }

  /** Yields the pages of a list on demand. */
  async *pages<Name extends 'ListEndpoints' | 'ListInferenceComponents' | 'ListTags'>(
    operation: Name,
    request: Requests[Name],
    endpointName: string,
  ): AsyncGenerator<Responses[Name], void, undefined> {
    let token: string | undefined
    do {
      const page: Responses[Name] = await this.call(operation, { ...request, NextToken: token }, endpointName)
      yield page
      // Guards against a service that repeats a token.
      token = page.NextToken === token ? undefined : page.NextToken
    } while (token !== undefined && token !== '')
  }

  /** Closes the connections, unless the client was passed in. */
  close(): void {
    if (this.#ownsClient) (this.#client as ControlPlaneClient & { destroy(): void }).destroy()
  }
}

function aborted(signal: AbortSignal): SagemakerError {
  return new SagemakerError('aborted', 'the call was aborted before it was made.', { cause: signal.reason })
}

let loading: Promise<typeof sdk> | undefined

function loadSdk(): Promise<typeof sdk> {
  loading ??= import('@aws-sdk/client-sagemaker').then(exportsOf, (cause: unknown) => {
    loading = undefined
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SagemakerError(
      'missing-dependency',
      `@aws-sdk/client-sagemaker could not be loaded: "${reason}". Install it beside @x/sagemaker-discovery, if it is not.`,
      { cause, packageName: '@aws-sdk/client-sagemaker' },
    )
  })
  return loading
}

function clientConfig({ region, credentials, endpoint, clientOptions }: DiscoveryConnection): object {
  const local = isLoopback(endpoint) ? loopbackIdentity : {}
  return {
    ...local,
    ...clientOptions,
    ...(region !== undefined && { region }),
    ...(credentials !== undefined && { credentials }),
    ...(endpoint !== undefined && { endpoint }),
  }
}
