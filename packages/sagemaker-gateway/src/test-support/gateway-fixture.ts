import { startLocalRuntime, type LocalRuntime, type LocalRuntimeOptions } from '@x/sagemaker-local'
import type { GatewayModel } from '../contract/gateway-model.ts'
import type { GatewayOptions } from '../contract/gateway-options.ts'
import type { RequestRecord } from '../contract/request-record.ts'
import { createGateway } from '../gateway/create-gateway.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { serve, type GatewayServer, type ServeOptions } from '../node/serve.ts'

/** A gateway that listens, in front of a local runtime. */
export interface GatewayFixture extends AsyncDisposable {
  readonly runtime: LocalRuntime
  readonly gateway: Gateway
  readonly server: GatewayServer
  /** Base URL for clients, with `/v1`. */
  readonly baseURL: string
  /** Requests that are complete, in the order in which they were. */
  readonly records: readonly RequestRecord[]
  /** Sends a JSON body, or a GET request without one. */
  post(path: string, body?: unknown, init?: RequestInit): Promise<Response>
}

/** What a model adds to the endpoint of the same name. */
type ModelSettings = Partial<GatewayModel>

/**
 * Starts a local runtime with endpoints and a gateway with a model for each of them.
 *
 * @param models - by the name of the endpoint; endpoints that are not named are language models of unknown format.
 */
export async function startGateway(
  endpoints: LocalRuntimeOptions['endpoints'],
  models: Readonly<Record<string, ModelSettings>> = {},
  options: Partial<GatewayOptions> & { readonly serve?: ServeOptions } = {},
): Promise<GatewayFixture> {
  const runtime = await startLocalRuntime({ endpoints })
  const records: RequestRecord[] = []
  const { serve: serveOptions, ...gatewayOptions } = options
  const gateway = createGateway({
    models: modelsOf(runtime, Object.keys(endpoints), models),
    onRequest: (record) => records.push(record),
    ...gatewayOptions,
  })
  const server = await serve(gateway, { port: 0, ...serveOptions })
  return {
    runtime,
    gateway,
    server,
    baseURL: `${server.url}/v1`,
    records,
    post: (path, body, init) =>
      fetch(server.url + path, {
        ...(body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
        ...init,
      }),
    [Symbol.asyncDispose]: async () => {
      await server.close({ drainMs: 0 })
      await runtime.close()
    },
  }
}

/** The configuration of a gateway in front of the endpoints of a local runtime. */
export function modelsOf(
  runtime: LocalRuntime,
  names: readonly string[],
  settings: Readonly<Record<string, ModelSettings>> = {},
): Readonly<Record<string, GatewayModel>> {
  return Object.fromEntries(
    names.map((name) => [name, { endpointName: name, endpoint: runtime.url, ...settings[name] }]),
  )
}

/** The `data:` lines of an event stream, parsed; other lines as they are. */
export function eventsIn(text: string): unknown[] {
  return text
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => {
      const data = /^data: (.*)$/m.exec(event)?.[1]
      return data === undefined || data === '[DONE]' ? event : (JSON.parse(data) as unknown)
    })
}
