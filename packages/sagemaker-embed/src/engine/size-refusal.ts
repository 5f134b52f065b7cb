import type { SagemakerError } from '@x/sagemaker-endpoint'

/** A refusal of a request for its size. */
export interface SizeRefusal {
  readonly unit: 'texts' | 'bytes'
  /** The limit, where the container names it. */
  readonly maximum: number | undefined
}

const mostTexts = [
  // TEI: batch size 33 > maximum allowed batch size 32
  /maximum allowed batch size (\d+)/i,
  // Cohere: total number of texts must be at most 96 - received 97
  // OpenAI: Invalid 'input': array too long. Expected an array with maximum length 2048
  /\b(?:texts|inputs|items|array|batch size)\b[^.]*?\b(?:at most|no more than|maximum(?: length)?(?: of)?) (\d+)\b(?! (?:tokens|characters|bytes))/i,
]
// SageMaker: HTTP content length exceeded 5246976 bytes.
const mostBytes = /(\d+) bytes/i
const countsTexts = /batch size|number of (?:texts|inputs)/i

/** Reads from an error whether the request was too large, and what the limit is; `undefined` for any other failure. */
export function sizeRefusal(error: SagemakerError): SizeRefusal | undefined {
  if (error.code !== 'payload-too-large' && error.code !== 'invalid-request') return undefined
  const message = error.originalMessage ?? error.message
  for (const pattern of mostTexts) {
    const maximum = pattern.exec(message)?.[1]
    if (maximum !== undefined) return { unit: 'texts', maximum: Number(maximum) }
  }
  if (error.code !== 'payload-too-large') return undefined
  if (countsTexts.test(message)) return { unit: 'texts', maximum: undefined }
  const maximum = mostBytes.exec(message)?.[1]
  return { unit: 'bytes', maximum: maximum === undefined ? undefined : Number(maximum) }
}
