import type { ClassificationOptions } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'

/**
 * Checks the arguments of a classification.
 *
 * @throws {SagemakerError} `invalid-request` for a text that is not a string, for empty `labels` and for a `topK` that is out of range
 */
export function checkClassification(texts: unknown, { labels, topK }: ClassificationOptions): void {
  if (!Array.isArray(texts)) throw invalid('texts is not an array')
  const index = texts.findIndex((text) => typeof text !== 'string')
  if (index !== -1) throw invalid(`text ${index} is not a string`, index)
  if (labels?.length === 0) throw invalid('labels is empty')
  if (topK !== undefined && !(Number.isInteger(topK) && topK >= 1)) {
    throw invalid(`topK is ${topK}; it must be a whole number from 1`)
  }
}

function invalid(reason: string, index?: number): SagemakerError {
  return new SagemakerError('invalid-request', `${reason}.`, { index })
}
