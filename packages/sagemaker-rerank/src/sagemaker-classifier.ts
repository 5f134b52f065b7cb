import type { Classification, ClassificationModel, ModelCodec, ScoringModelMetadata } from '@x/bedrock-like-types'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { BatchModel, batchModelOptionNames, telemetryNames } from '@x/sagemaker-endpoint/model-kit'
import { classificationCodec, type ClassificationCodecOptions } from './classification-codec.ts'
import { checkClassification } from './classification/check-classification.ts'
import { LabelCodec } from './classification/label-codec.ts'
import type { ClassificationContentHandler } from './contract/classification-content-handler.ts'
import type {
  ClassificationModelOptions,
  SagemakerClassificationOptions,
  SagemakerClassifierOptions,
} from './contract/model-options.ts'
import { autoClassification } from './handlers/auto-classification.ts'

/**
 * A text classifier on a SageMaker endpoint, with the labels of its model or, for zero-shot models, with yours.
 *
 * @example
 * ```ts
 * const classifier = new SagemakerClassifier({ endpointName: 'my-classifier', region: 'us-east-1' })
 * const [first] = await classifier.classify(['I love it'])
 * console.log(first?.label, first?.score)
 * ```
 *
 * @public
 */
export class SagemakerClassifier implements ClassificationModel {
  /** The endpoint that is called. */
  readonly endpoint: SagemakerEndpoint
  /** What is known about the model before it is called. */
  readonly metadata: ScoringModelMetadata
  readonly #model: BatchModel<ClassificationModelOptions>
  readonly #handler: ClassificationContentHandler

  /** @throws {SagemakerError} `invalid-request` for options that are out of range or contradict each other. */
  constructor(options: SagemakerClassifierOptions) {
    const handler = options.contentHandler ?? autoClassification()
    this.#handler = handler
    this.#model = new BatchModel<ClassificationModelOptions>(options, {
      operation: telemetryNames.operation.classify,
      names: { ...batchModelOptionNames, contentHandler: true },
      limits: { maxItems: handler.limits.maxTexts, maxBytes: handler.limits.maxBytes },
    })
    this.endpoint = this.#model.endpoint
    this.metadata = { modelName: this.#model.modelName }
  }

  /**
   * Classifies texts: one classification per text, in order. Without texts there is no call.
   *
   * @throws {SagemakerError} The first failure in the order of the texts, with the `index` of the text if the failure is about one.
   * `unexpected-response` if it is not certain which labels belong to which text. `invalid-request` for `labels` and `multiLabel` on a
   * container that has no parameter for them.
   */
  async classify(texts: readonly string[], options: SagemakerClassificationOptions = {}): Promise<Classification[]> {
    checkClassification(texts, options)
    const { labels, multiLabel, topK, additionalParameters, ...requestOptions } = options
    const { modelName, additionalParameters: ofModel } = this.#model.options
    const parameters = ofModel || additionalParameters ? { ...ofModel, ...additionalParameters } : undefined
    const call = { labels, multiLabel, modelName, additionalParameters: parameters }
    const codec = new LabelCodec(this.#handler, call, this.endpoint.endpointName, topK)
    return this.#model.run(texts, codec, requestOptions, this.#handler.isUndecided)
  }

  /**
   * Creates the codec of this model: it writes the request of one text, or of several, and reads the answer, without sending.
   *
   * @param options - of the classifications.
   */
  codec(
    options: Omit<ClassificationCodecOptions, keyof ClassificationModelOptions> &
      Pick<ClassificationCodecOptions, 'additionalParameters'> = {},
  ): ModelCodec<string, Classification> {
    const { contentHandler, modelName, batchSize, additionalParameters } = this.#model.options
    const parameters = { ...additionalParameters, ...options.additionalParameters }
    return classificationCodec({ contentHandler, modelName, batchSize, ...options, additionalParameters: parameters })
  }

  /** Ends the calls in flight and closes the connections, unless the endpoint was passed in. */
  close(): void {
    this.#model.close()
  }
}
