import type { CodecRequest, LabelScore } from '@x/bedrock-like-types'
import type { SagemakerError } from '@x/sagemaker-endpoint'

/**
 * One request of a classification, as a content handler sees it.
 *
 * @public
 */
export interface ClassificationCall {
  /** The texts of this request, at least one. */
  readonly texts: readonly string[]
  /** Labels to choose from; `undefined` for those of the model. */
  readonly labels?: readonly string[] | undefined
  /** Whether several labels can apply to a text; `undefined` for the default of the model. */
  readonly multiLabel?: boolean | undefined
  /** Sent as `model`, if the container has that member. */
  readonly modelName?: string | undefined
  /** Merged into the body last. */
  readonly additionalParameters?: Readonly<Record<string, unknown>> | undefined
}

/**
 * The labels of the texts of one request.
 *
 * @public
 */
export interface ClassificationAnswer {
  /** The labels of each text, in the order of the texts; in any order within a text. */
  readonly labels: readonly (readonly LabelScore[])[]
  /** Tokens of the texts, if the container reports them. */
  readonly tokens?: number | undefined
}

/**
 * The most that a container accepts in one request.
 *
 * @public
 */
export interface ClassificationLimits {
  /** Largest number of texts; `undefined` for no known limit. */
  readonly maxTexts?: number | undefined
  /** Largest body, in bytes; `undefined` for no known limit. */
  readonly maxBytes?: number | undefined
}

/**
 * The codec between a classification and the format of one kind of container.
 *
 * @public
 */
export interface ClassificationContentHandler {
  /** Names the format in messages and codecs. */
  readonly name: string
  /** Limits of the container, as far as its format or its defaults define them. */
  readonly limits: ClassificationLimits
  /** Whether the format is not known before the first answer. Then no second request is sent before it. */
  readonly isUndecided?: boolean | undefined
  /**
   * Writes a request.
   *
   * @throws {SagemakerError} `invalid-request` for `labels` or `multiLabel` that the container cannot take.
   */
  request(call: ClassificationCall): CodecRequest
  /**
   * Reads a parsed answer.
   *
   * @throws {Error} if it is not certain which labels belong to which text
   */
  answer(body: unknown, call: ClassificationCall): ClassificationAnswer
  /** Writes another request for the same texts after the container has refused one; `undefined` if there is none. */
  alternative?(error: SagemakerError, call: ClassificationCall): CodecRequest | undefined
}
