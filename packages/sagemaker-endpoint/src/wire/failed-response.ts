import type { ServiceFailure } from '../errors/service-failure.ts'
import type { ResponseHeaders } from './transport.ts'

/** Most of a failed answer's body that is read. SageMaker's messages stay far below. */
export const maxErrorBodyBytes: number = 256 * 1024

const maxSnippetLength = 500

/**
 * Reads SageMaker's error out of an answer that is not 2xx; also one of a proxy in between, which knows nothing of
 * SageMaker's format.
 */
export function failedAnswer(statusCode: number, headers: ResponseHeaders, body: Uint8Array): ServiceFailure {
  const text = new TextDecoder().decode(body)
  const fields = jsonObject(text)
  return {
    // `Name:http://internal.amazon.com/...` or `namespace#Name`
    name: (headers['x-amzn-errortype'] ?? textIn(fields, '__type') ?? textIn(fields, 'code') ?? '')
      .replace(/:.*$/s, '')
      .replace(/^.*#/, ''),
    message: textIn(fields, 'Message') ?? textIn(fields, 'message') ?? '',
    statusCode,
    requestId: headers['x-amzn-requestid'] ?? headers['x-amz-request-id'],
    originalStatusCode: numberIn(fields, 'OriginalStatusCode'),
    originalMessage: textIn(fields, 'OriginalMessage'),
    logStreamArn: textIn(fields, 'LogStreamArn'),
    retryAfterMs: retryAfterMs(headers),
    streamErrorCode: textIn(fields, 'ErrorCode'),
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

type Fields = Readonly<Record<string, unknown>> | undefined

function jsonObject(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}

function textIn(fields: Fields, key: string): string | undefined {
  const value = fields?.[key]
  return typeof value === 'string' ? value : undefined
}

function numberIn(fields: Fields, key: string): number | undefined {
  const value = fields?.[key]
  return typeof value === 'number' ? value : undefined
}
