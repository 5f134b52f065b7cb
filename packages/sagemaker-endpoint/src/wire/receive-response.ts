import { joinBytes } from '@x/stream-core/bytes'
import type { ServiceFailure } from '../errors/service-failure.ts'
import { type Body, type HttpBody, toBody } from './body.ts'
import { isJsonObject, numberIn, parsedJson, stringIn } from '../json-fields.ts'
import { unpacked } from './unpack.ts'
import type { ResponseHeaders } from './transport.ts'

/** What the SDK's request handler gives, as far as it is used here. */
export interface HttpResponse {
  readonly statusCode: number
  readonly headers: ResponseHeaders
  body?: HttpBody
}

/** A good answer, whose body has yet to be read. */
export interface ReceivedResponse {
  readonly statusCode: number
  readonly headers: ResponseHeaders
  readonly body: Body
}

/** An answer with another status than 2xx. */
export interface ReceivedFailure {
  readonly failure: ServiceFailure
  /** The beginning of its body. */
  readonly bytes: Uint8Array
}

/** Separates good responses from failures. The body of a failure is read, up to a limit. */
export async function receiveResponse(response: HttpResponse): Promise<ReceivedResponse | ReceivedFailure> {
  const { statusCode, headers } = response
  const body = toBody(unpacked(response.body, headers['content-encoding']))
  if (statusCode >= 200 && statusCode < 300 && !isPage(headers)) return { statusCode, headers, body }
  const bytes = await readLimited(body, maxErrorBodyBytes)
  return { failure: failedResponse(statusCode, headers, bytes), bytes }
}

/** SageMaker gives every response an id. A page without one comes from a proxy or a portal. */
function isPage(headers: ResponseHeaders): boolean {
  return /^text\/html\b/i.test(headers['content-type'] ?? '') && requestIdIn(headers) === undefined
}

function requestIdIn(headers: ResponseHeaders): string | undefined {
  return headers['x-amzn-requestid'] ?? headers['x-amz-request-id']
}

/** Reads the beginning of a body. A longer one is closed, with its connection. */
function readLimited(body: Body, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const kept: Uint8Array[] = []
    let left = maxBytes
    body.open({
      onChunk(chunk) {
        const part = chunk.subarray(0, left)
        left -= part.length
        kept.push(part)
        if (left > 0) return
        body.destroy()
        resolve(joinBytes(kept))
      },
      onEnd: () => resolve(joinBytes(kept)),
      onError: reject,
    })
  })
}

/** Most of a failed answer's body that is read. SageMaker's messages stay far below. */
const maxErrorBodyBytes = 256 * 1024

const maxSnippetLength = 500

/**
 * Reads SageMaker's error out of an answer that is not 2xx; also one of a proxy in between, which knows nothing of
 * SageMaker's format.
 */
export function failedResponse(statusCode: number, headers: ResponseHeaders, body: Uint8Array): ServiceFailure {
  const text = new TextDecoder().decode(body)
  const fields = parsedJson(text)
  return {
    // `Name:http://internal.amazon.com/...` or `namespace#Name`
    name: (headers['x-amzn-errortype'] ?? stringIn(fields, '__type') ?? stringIn(fields, 'code') ?? '')
      .replace(/:.*$/s, '')
      .replace(/^.*#/, ''),
    message: stringIn(fields, 'Message') ?? stringIn(fields, 'message') ?? '',
    statusCode,
    requestId: requestIdIn(headers),
    originalStatusCode: numberIn(fields, 'OriginalStatusCode'),
    originalMessage: stringIn(fields, 'OriginalMessage'),
    logStreamArn: stringIn(fields, 'LogStreamArn'),
    retryAfterMs: retryAfterMs(headers),
    streamErrorCode: stringIn(fields, 'ErrorCode'),
    isForeign: isForeign(statusCode, headers, fields) || undefined,
    snippet: fields === undefined && text !== '' ? text.slice(0, maxSnippetLength) : undefined,
  }
}

/** Whether a response comes from something in between: it has none of SageMaker's marks, and is not JSON. */
function isForeign(statusCode: number, headers: ResponseHeaders, fields: unknown): boolean {
  const hasMarks = requestIdIn(headers) !== undefined || headers['x-amzn-errortype'] !== undefined
  return statusCode === 407 || (!hasMarks && !isJsonObject(fields))
}

/** Seconds or a date (RFC 9110, section 10.2.3); AWS also has a header in milliseconds. */
export function retryAfterMs(headers: ResponseHeaders, now: number = Date.now()): number | undefined {
  const own = Number(headers['x-amz-retry-after'])
  if (own > 0) return own
  const value = headers['retry-after']
  if (value === undefined || value.trim() === '') return undefined
  const seconds = Number(value)
  const milliseconds = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1000
  return milliseconds >= 0 ? milliseconds : undefined
}
