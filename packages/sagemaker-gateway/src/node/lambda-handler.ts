import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Gateway } from '../gateway/gateway.ts'

/** What Lambda calls with an event of a function URL or of API Gateway (formats 1.0 and 2.0), and a stream for the response. */
export type LambdaHandler = (event: object, context: object) => Promise<unknown>

/** An event, as far as it is read. */
interface LambdaEvent {
  readonly rawPath?: string
  readonly rawQueryString?: string
  readonly path?: string
  readonly httpMethod?: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: string | null
  readonly isBase64Encoded?: boolean
  readonly requestContext?: { readonly http?: { readonly method?: string }; readonly domainName?: string }
}

/** The global of Lambda's Node.js runtime. */
interface LambdaRuntime {
  streamifyResponse(handler: (event: object, stream: Writable, context: object) => Promise<void>): LambdaHandler
  readonly HttpResponseStream: { from(stream: Writable, head: object): Writable }
}

/**
 * Makes a handler of AWS Lambda with response streaming: for a function URL with the invoke mode `RESPONSE_STREAM`, or API Gateway with
 * streaming. A client that leaves stops the model.
 *
 * @throws {TypeError} outside Lambda's runtime.
 */
export function lambdaHandler(gateway: Pick<Gateway, 'fetch'>): LambdaHandler {
  const { awslambda } = globalThis as { readonly awslambda?: LambdaRuntime }
  // The AWS SDK leaves an empty object under this name everywhere.
  if (typeof awslambda?.streamifyResponse !== 'function')
    throw new TypeError('lambdaHandler() needs the Node.js runtime of AWS Lambda.')
  return awslambda.streamifyResponse(async (event, stream) => {
    const response = await gateway.fetch(requestOfEvent(event))
    const head = { statusCode: response.status, headers: Object.fromEntries(response.headers) }
    const outgoing = awslambda.HttpResponseStream.from(stream, head)
    if (response.body === null) return void outgoing.end()
    // A stream that ends early cancels the body. Nobody is left who could be told.
    await pipeline(Readable.fromWeb(response.body as never), outgoing).catch(() => {})
  })
}

function requestOfEvent(event: LambdaEvent): Request {
  const { rawPath, rawQueryString = '', path, httpMethod, headers = {}, body, isBase64Encoded, requestContext } = event
  const url = new URL(`https://${requestContext?.domainName ?? 'localhost'}`)
  url.pathname = rawPath ?? path ?? '/'
  url.search = rawQueryString
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const method = requestContext?.http?.method ?? httpMethod ?? 'GET'
  const bytes = body == null ? null : Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8')
  return new Request(url, { method, headers: given, body: method === 'GET' || method === 'HEAD' ? null : bytes })
}
