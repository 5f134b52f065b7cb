import { containerProxy, openaiProxy, startLocalRuntime, type LocalRuntime } from '@x/sagemaker-local'
import type {
  DoctorReport,
  DoctorRequest,
  FoundEndpointEvent,
  ListRequest,
  Places,
  ProxyRequest,
} from '../../protocol/connect.ts'
import type { EndpointReference } from '../../protocol/run-request.ts'
import { describeFindings } from '../../terminal/doctor/describe-diagnosis.ts'
import { examineEndpoint } from '../../terminal/doctor/examine-endpoint.ts'
import type { EndpointPool } from '../endpoint-pool.ts'
import type { EventChannel } from '../event-channel.ts'
import { awsProfiles } from './aws-profiles.ts'
import { findEndpoints } from './find-endpoints.ts'

/** What the page asks in order to connect to an endpoint. */
export interface ConnectServices extends AsyncDisposable {
  readonly places: () => Promise<Places>
  readonly list: (request: ListRequest, signal: AbortSignal) => EventChannel<FoundEndpointEvent>
  /** @returns the endpoint that calls go to. */
  readonly proxy: (request: ProxyRequest) => Promise<EndpointReference>
  /** @throws {SagemakerError} */
  readonly examine: (request: DoctorRequest, signal: AbortSignal) => Promise<DoctorReport>
}

export function connectServices(
  pool: EndpointPool,
  { region, profile }: Pick<Places, 'region' | 'profile'>,
  apiKey: string | undefined = process.env['PLAYGROUND_API_KEY'],
): ConnectServices {
  const proxies = new Map<string, Promise<LocalRuntime>>()
  return {
    places: async () => ({
      profiles: await awsProfiles(),
      region: region ?? process.env['AWS_REGION'],
      profile: profile ?? process.env['AWS_PROFILE'],
    }),
    list: (request, signal) =>
      findEndpoints(pool.connection({ source: request.url === undefined ? 'aws' : 'url', ...request }), signal),
    proxy: async ({ url, protocol }) => {
      const key = `${protocol} ${url}`
      const endpoint = protocol === 'openai' ? openaiProxy({ url, apiKey }) : containerProxy(url)
      const starting = proxies.get(key) ?? startLocalRuntime({ endpoints: { [protocol]: endpoint } })
      proxies.set(key, starting)
      const runtime = await starting
      return { source: 'url', name: protocol, url: runtime.url }
    },
    examine: async ({ endpoint: reference }, signal) => {
      const endpoint = pool.get(reference)
      const connection = pool.connection(reference)
      const { customAttributes, inferenceComponentName: component, modelName: model, name, profile, region } = reference
      const { endpoint: url } = connection
      const values = {
        endpoint: name,
        model,
        ...(component !== undefined && { component }),
        ...(customAttributes !== undefined && { 'custom-attributes': customAttributes }),
        ...(region !== undefined && { region }),
        ...(profile !== undefined && { profile }),
        ...(url !== undefined && { url }),
      }
      const findings = await examineEndpoint({ connection, endpoint }, values, signal)
      const { code, commandLines, suggestion } = findings
      return { rows: describeFindings(findings), code, commandLines, suggestion }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(Array.from(proxies.values(), async (proxy) => (await proxy).close()))
    },
  }
}
