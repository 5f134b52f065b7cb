import { parseContainerErrorText } from '../../errors/container-error.ts'
import { rememberSecret } from '../../errors/secrets.ts'
import { ReportedFailure, type ServiceFailure } from '../../errors/service-failure.ts'
import type { ConnectionOptions } from '../../options/endpoint-options.ts'
import { byteLength } from '../../wire/bytes.ts'
import { type HttpResponse, type ReceivedFailure, receiveResponse } from '../../wire/receive-response.ts'
import type { RuntimeRequest } from '../../wire/runtime-request.ts'
import type { RuntimeResponse, SendOptions, Transport } from '../../wire/transport.ts'
import { AwsConnection } from '../aws-sdk/aws-connection.ts'
import { sendOnLiveSocket } from '../aws-sdk/idle-sockets.ts'
import { loadRuntimeSdk } from '../aws-sdk/load-runtime-sdk.ts'
import { BearerTokenCache } from './bearer-token.ts'

/** The endpoint's OpenAI-compatible path: plain HTTP with a bearer token, server-sent events without framing. */
export class OpenAIPathTransport implements Transport {
  readonly #connection: AwsConnection
  readonly #tokens: BearerTokenCache

  constructor(options: ConnectionOptions) {
    this.#connection = new AwsConnection(options)
    this.#tokens = new BearerTokenCache(this.#connection)
  }

  load(): Promise<unknown> {
    return loadRuntimeSdk()
  }

  async send(request: RuntimeRequest, { signal, connectMs, isRepeatable }: SendOptions): Promise<RuntimeResponse> {
    const [baseUrl, token] = await Promise.all([this.#connection.baseUrl(), this.#tokens.get()])
    rememberSecret(token)
    const handler = await this.#connection.requestHandler(connectMs)
    const { response } = await sendOnLiveSocket(handler, isRepeatable, () =>
      handler.handle(httpRequest(baseUrl, request, token), { abortSignal: signal }),
    )
    const { statusCode, headers } = response as HttpResponse
    const received = await receiveResponse(response as HttpResponse)
    if (!('failure' in received)) return { ...received, decoder: undefined }
    if (statusCode === 401 || statusCode === 403) this.#tokens.forget()
    throw new ReportedFailure(containersFailure(received, headers))
  }

  async renewCredentials(): Promise<boolean> {
    this.#tokens.forget()
    return this.#connection.renewCredentials()
  }

  destroy(): void {
    this.#connection.destroy()
  }
}

/** A request in the form that the SDK's request handlers take. */
function httpRequest(baseUrl: string, request: RuntimeRequest, token: string): object {
  const { protocol, hostname, port, pathname, host } = new URL(baseUrl + path(request))
  const headers = { host, ...headersOf(request, token), 'content-length': String(byteLength(request.body)) }
  return {
    method: 'POST',
    protocol,
    hostname,
    port: port === '' ? undefined : Number(port),
    path: pathname,
    query: {},
    headers,
    body: request.body,
  }
}

function path({ endpointName, routing }: RuntimeRequest): string {
  const component = routing.inferenceComponentName
  const within = component === undefined ? '' : `/inference-components/${encodeURIComponent(component)}`
  return `/endpoints/${encodeURIComponent(endpointName)}${within}/openai/v1/chat/completions`
}

function headersOf(request: RuntimeRequest, token: string): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    'content-type': request.contentType,
    accept: request.accept ?? (request.operation === 'invoke' ? 'application/json' : 'text/event-stream'),
    'user-agent': 'sagemaker-endpoint',
  }
}

/** Who may call, and the way to the container: whatever these say is not the container's, which sees no credentials. */
const frontDoorStatuses: ReadonlySet<number> = new Set([401, 403, 502, 504, 530])

/** SageMaker passes the container's errors through unchanged; its own errors name their type in a header. */
function containersFailure({ failure, bytes }: ReceivedFailure, headers: RuntimeResponse['headers']): ServiceFailure {
  const { statusCode = 0 } = failure
  const isContainers =
    headers['x-amzn-errortype'] === undefined &&
    failure.snippet === undefined &&
    failure.isForeign !== true &&
    bytes.length > 0
  if (!isContainers) return failure
  const originalMessage = new TextDecoder().decode(bytes)
  const { message } = parseContainerErrorText(originalMessage, statusCode)
  if (frontDoorStatuses.has(statusCode)) return { ...failure, message }
  return { ...failure, name: 'ModelError', message, originalStatusCode: statusCode, originalMessage }
}
