import { parseContainerErrorText } from '../../errors/container-error.ts'
import { ReportedFailure, type ServiceFailure } from '../../errors/service-failure.ts'
import { toBody } from '../../wire/body.ts'
import { unframed } from '../../wire/payload-decoder.ts'
import { failedResponse, maxErrorBodyBytes, readLimited } from '../../wire/receive-response.ts'
import type { RuntimeRequest } from '../../wire/runtime-request.ts'
import type { RuntimeResponse, SendOptions, Transport } from '../../wire/transport.ts'
import type { AwsConnection } from '../aws-sdk/aws-connection.ts'
import { BearerTokenCache } from './bearer-token.ts'

/** The endpoint's OpenAI-compatible path: plain HTTP with a bearer token, server-sent events without framing. */
export class OpenAIPathTransport implements Transport {
  readonly #connection: AwsConnection
  readonly #tokens: BearerTokenCache

  constructor(connection: AwsConnection) {
    this.#connection = connection
    this.#tokens = new BearerTokenCache(connection)
  }

  load(): Promise<unknown> {
    return this.#connection.load()
  }

  async send(request: RuntimeRequest, { signal }: SendOptions): Promise<RuntimeResponse> {
    const [baseUrl, token] = await Promise.all([this.#connection.baseUrl(), this.#tokens.get()])
    const response = await fetch(baseUrl + path(request), {
      method: 'POST',
      headers: headersOf(request, token),
      body: request.body as BodyInit,
      signal,
      // A redirect must not carry the token anywhere else.
      redirect: 'manual',
    })
    const headers = Object.fromEntries(response.headers)
    const body = toBody(response.body ?? undefined)
    if (response.ok) return { statusCode: response.status, headers, body, decoder: unframed }
    if (response.status === 401 || response.status === 403) this.#tokens.forget()
    throw new ReportedFailure(failureOf(response.status, headers, await readLimited(body, maxErrorBodyBytes)))
  }

  destroy(): void {
    // `fetch` keeps its connections itself.
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

/** SageMaker passes the container's errors on as they are; those of its own name their type in a header. */
function failureOf(statusCode: number, headers: RuntimeResponse['headers'], body: Uint8Array): ServiceFailure {
  const failure = failedResponse(statusCode, headers, body)
  const isContainers = headers['x-amzn-errortype'] === undefined && failure.snippet === undefined && body.length > 0
  if (!isContainers) return failure
  const originalMessage = new TextDecoder().decode(body)
  const { message } = parseContainerErrorText(originalMessage, statusCode)
  if (frontDoorStatuses.has(statusCode)) return { ...failure, message }
  return {
    ...failure,
    name: 'ModelError',
    message,
    originalStatusCode: statusCode,
    originalMessage,
  }
}
