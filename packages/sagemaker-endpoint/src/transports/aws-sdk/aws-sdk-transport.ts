import type { ConnectionOptions } from '../../options/endpoint-options.ts'
import { PayloadDecoder } from '../../wire/payload-decoder.ts'
import type { RuntimeRequest } from '../../wire/runtime-request.ts'
import type { RuntimeResponse, SendOptions, Transport } from '../../wire/transport.ts'
import { loadRuntimeSdk } from './load-runtime-sdk.ts'
import { sendThrough } from './passed-in-client.ts'
import { renewCredentials, RuntimeClients } from './runtime-clients.ts'

/** SageMaker Runtime through the AWS SDK. */
export class AwsSdkTransport implements Transport {
  readonly #options: ConnectionOptions
  readonly #clients: RuntimeClients

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#clients = new RuntimeClients(options)
  }

  load(): Promise<unknown> {
    return loadRuntimeSdk()
  }

  async send(request: RuntimeRequest, options: SendOptions): Promise<RuntimeResponse> {
    const { client } = this.#options
    if (client !== undefined) return sendThrough(client, await loadRuntimeSdk(), request, options)
    const built = await this.#clients.get(options.connectMs)
    const response = await built.send(request, options)
    return { ...response, decoder: request.operation === 'invokeStream' ? new PayloadDecoder() : undefined }
  }

  renewCredentials(): Promise<boolean> {
    const { client } = this.#options
    return client === undefined ? this.#clients.renewCredentials() : renewCredentials(client)
  }

  destroy(): void {
    this.#clients.destroy()
  }
}
