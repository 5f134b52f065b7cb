import { boundedWords, readErrorWords } from '../../errors/error-words.ts'
import type { SagemakerError } from '../../errors/sagemaker-error.ts'

/**
 * What a failed request is about: its items, so that requests with fewer of them tell which; this request, which was not
 * answered for reasons that have nothing to do with its items; or the whole call, of which no request would be answered.
 */
export type RefusalScope = 'items' | 'request' | 'call'

/** Statuses about the route or the media type of a request, not about its content. */
const statusesOfRequests: ReadonlySet<number | undefined> = new Set([404, 405, 415])

export function refusalScope(error: SagemakerError): RefusalScope {
  switch (error.code) {
    case 'invalid-request':
    case 'context-length-exceeded':
    case 'payload-too-large':
    case 'model-error':
    case 'unexpected-response':
      return statusesOfRequests.has(error.originalStatusCode ?? error.statusCode) ? 'call' : 'items'
    case 'aborted':
    case 'credentials':
    case 'access-denied':
    case 'endpoint-not-found':
    case 'eula-not-accepted':
      return 'call'
    default:
      return 'request'
  }
}

/** Whether a refusal can only be about the items or their number. */
export function isAboutItems(error: SagemakerError): boolean {
  return error.code === 'context-length-exceeded' || sizeRefusal(error) !== undefined
}

/** A refusal of a request for its size. */
export interface SizeRefusal {
  readonly unit: 'items' | 'bytes'
  /** The limit, where the container states it. */
  readonly maximum: number | undefined
}

/** SageMaker: HTTP content length exceeded 5246976 bytes. */
const mostBytes = /\b(\d{1,15}) bytes/i

/** Reads from an error whether the request was too large, and what the limit is; `undefined` for any other failure. */
export function sizeRefusal(error: SagemakerError): SizeRefusal | undefined {
  if (error.code !== 'payload-too-large' && error.code !== 'invalid-request') return undefined
  const message = boundedWords(error.originalMessage ?? error.message)
  const words = readErrorWords(message)
  if (words?.subject === 'batch-size') return { unit: 'items', maximum: words.limit }
  if (error.code !== 'payload-too-large') return undefined
  const maximum = mostBytes.exec(message)?.[1]
  return { unit: 'bytes', maximum: maximum === undefined ? undefined : Number(maximum) }
}

/** Divides items into parts of at most `maxItems`; into halves if they are no more than that. In order. */
export function splitItems<Item>(items: readonly Item[], maxItems: number): (readonly Item[])[] {
  const size = items.length > maxItems ? maxItems : Math.ceil(items.length / 2)
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  )
}
