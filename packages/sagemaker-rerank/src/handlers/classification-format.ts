import type { CodecRequest } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type {
  ClassificationCall,
  ClassificationContentHandler,
  ClassificationLimits,
} from '../contract/classification-content-handler.ts'
import { findLabels } from '../formats/found-labels.ts'
import { reportedTokens } from '../formats/found-scores.ts'

/** What a format adds to what all formats of classifiers have in common. */
export interface ClassificationFormat {
  readonly name: string
  readonly limits?: ClassificationLimits | undefined
  readonly request: (call: ClassificationCall) => CodecRequest
}

/** A content handler of a format. Answers are read in any known shape: a container may be of a newer version. */
export function classificationHandler({
  name,
  limits = {},
  request,
}: ClassificationFormat): ClassificationContentHandler {
  return {
    name,
    limits,
    request,
    answer: (body, { texts }) => ({ labels: findLabels(body, texts.length).labels, tokens: reportedTokens(body) }),
  }
}

/**
 * Refuses what a container with a fixed set of labels cannot do: without it the answer would be about other labels.
 *
 * @throws {SagemakerError} `invalid-request`
 */
export function refuseLabels({ labels, multiLabel }: ClassificationCall, handlerName: string): void {
  const option = labels === undefined ? 'multiLabel' : 'labels'
  if (labels === undefined && multiLabel === undefined) return
  const text = `${option}: the format ${handlerName} has no parameter for it; huggingfaceClassification() has one for zero-shot models.`
  throw new SagemakerError('invalid-request', text)
}
