import type { ServiceFailure } from '../errors/service-failure.ts'
import { type Body, type HttpBody, toBody } from './body.ts'
import { numberIn, parsedJson, stringIn } from '../json-fields.ts'
import { joinChunks } from './bytes.ts'
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

/** Tells good answers from failures, which are read to their end. */
export async function receiveResponse(response: HttpResponse): Promise<ReceivedResponse | ReceivedFailure> {
  const { statusCode, headers } = response
  const body = toBody(response.body)
  if (statusCode >= 200 && statusCode < 300) return { statusCode, headers, body }
  const bytes = await readLimited(body, maxErrorBodyBytes)
  return { failure: failedResponse(statusCode, headers, bytes), bytes }
}

/** Reads a body to its end, keeping at most `maxBytes` of it; what is beyond is read and dropped. */
export function readLimited(body: Body, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const kept: Uint8Array[] = []
    let left = maxBytes
    body.open({
      onChunk(chunk) {
        const part = chunk.subarray(0, left)
        left -= part.length
        if (part.length > 0) kept.push(part)
      },
      onEnd: () => resolve(joinChunks(kept)),
      onError: reject,
    })
  })
}

/** Most of a failed answer's body that is read. SageMaker's messages stay far below. */
export const maxErrorBodyBytes: number = 256 * 1024

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
    requestId: headers['x-amzn-requestid'] ?? headers['x-amz-request-id'],
    originalStatusCode: numberIn(fields, 'OriginalStatusCode'),
    originalMessage: stringIn(fields, 'OriginalMessage'),
    logStreamArn: stringIn(fields, 'LogStreamArn'),
    retryAfterMs: retryAfterMs(headers),
    streamErrorCode: stringIn(fields, 'ErrorCode'),
    snippet: fields === undefined && text !== '' ? text.slice(0, maxSnippetLength) : undefined,
  }
}

/** Seconds or a date (RFC 9110, section 10.2.3); AWS also sends milliseconds of its own. */
export function retryAfterMs(headers: ResponseHeaders, now: number = Date.now()): number | undefined {
  const own = Number(headers['x-amz-retry-after'])
  if (own > 0) return own
  const value = headers['retry-after']
  if (value === undefined || value.trim() === '') return undefined
  const seconds = Number(value)
  const milliseconds = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1000
  return milliseconds >= 0 ? milliseconds : undefined
}
