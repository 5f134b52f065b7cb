import type { ConnectionOptions } from '../../options/endpoint-options.ts'
import { BuiltClient } from './built-client.ts'
import { loadRuntimeSdk } from './load-runtime-sdk.ts'

/** The SDK clients that are built for one endpoint: one for each `connectMs` in use, which is a setting of the client. */
export class RuntimeClients {
  readonly #options: ConnectionOptions
  readonly #clients = new Map<number, Promise<BuiltClient>>()

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  get(connectMs: number): Promise<BuiltClient> {
    let client = this.#clients.get(connectMs)
    if (client === undefined) {
      client = loadRuntimeSdk().then((sdk) => new BuiltClient(sdk, this.#options, connectMs))
      this.#clients.set(connectMs, client)
      // The next call tries again: a package may have been installed, or a profile corrected.
      client.catch(() => this.#clients.delete(connectMs))
    }
    return client
  }

  /** Asks for credentials again, and tells whether they are others than before. */
  async renewCredentials(): Promise<boolean> {
    const clients = await Promise.all(this.#clients.values())
    const renewals = await Promise.all(clients.map(({ client }) => renewCredentials(client)))
    return renewals.includes(true)
  }

  destroy(): void {
    for (const client of this.#clients.values())
      client.then(
        (built) => built.destroy(),
        () => {},
      )
    this.#clients.clear()
  }
}

interface Identity {
  readonly accessKeyId?: string
  readonly sessionToken?: string
}

/** Makes a client ask for its credentials again, and tells whether they are others than before. */
export async function renewCredentials(client: unknown): Promise<boolean> {
  const { config } = client as { readonly config?: { readonly credentials?: unknown } }
  const ask = config?.credentials as ((options?: { readonly forceRefresh?: boolean }) => Promise<Identity>) | undefined
  if (typeof ask !== 'function') return false
  const before = await ask()
  const after = await ask({ forceRefresh: true })
  return before.accessKeyId !== after.accessKeyId || before.sessionToken !== after.sessionToken
}
