import type { ConnectionOptions } from '../../options/endpoint-options.ts'
import { PayloadDecoder, unframed } from '../../wire/payload-decoder.ts'
import type { RuntimeRequest } from '../../wire/runtime-request.ts'
import type { RuntimeResponse, SendOptions, Transport } from '../../wire/transport.ts'
import { BuiltClient } from './built-client.ts'
import { type RuntimeSdk, loadRuntimeSdk } from './load-runtime-sdk.ts'
import { sendThrough } from './passed-in-client.ts'

/** SageMaker Runtime through the AWS SDK. */
export class AwsSdkTransport implements Transport {
  readonly #options: ConnectionOptions
  /** One client for each connection limit in use, since that is a setting of the client. */
  readonly #clients = new Map<number, BuiltClient>()

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  load(): Promise<unknown> {
    return loadRuntimeSdk()
  }

  async send(request: RuntimeRequest, { signal, connectMs }: SendOptions): Promise<RuntimeResponse> {
    const { client } = this.#options
    const sdk = await loadRuntimeSdk()
    if (client !== undefined) return sendThrough(client, sdk, request, signal)
    const response = await this.#clientFor(sdk, connectMs).send(request, signal)
    return { ...response, decoder: request.operation === 'invokeStream' ? new PayloadDecoder() : unframed }
  }

  destroy(): void {
    for (const client of this.#clients.values()) client.destroy()
    this.#clients.clear()
  }

  #clientFor(sdk: RuntimeSdk, connectMs: number): BuiltClient {
    let client = this.#clients.get(connectMs)
    if (client === undefined) {
      client = new BuiltClient(sdk, this.#options, connectMs)
      this.#clients.set(connectMs, client)
    }
    return client
  }
}
