import type { Classification, ClassificationOptions, ModelCodec } from '@x/bedrock-like-types'
import type { SagemakerError } from '@x/sagemaker-endpoint'
import { codecName } from '@x/sagemaker-endpoint/model-kit'
import { checkClassification } from './classification/check-classification.ts'
import { LabelCodec } from './classification/label-codec.ts'
import type { ClassificationCall } from './contract/classification-content-handler.ts'
import type { ClassificationModelOptions } from './contract/model-options.ts'
import { autoClassification } from './handlers/auto-classification.ts'
import { teiBatchSize } from './handlers/tei-rerank.ts'

/**
 * Options of `classificationCodec()`: those of the model that change what is sent, and those of a classification.
 *
 * @public
 */
export type ClassificationCodecOptions = Pick<
  ClassificationModelOptions,
  'contentHandler' | 'modelName' | 'batchSize'
> &
  Omit<ClassificationOptions, 'signal'>

/**
 * Creates a codec of classifications, for jobs and other callers that send requests themselves. Its input is a text; several texts share
 * a request through `batch`. `autoClassification()` writes a request that TEI and vLLM understand and reads any answer; for other
 * containers name the handler.
 *
 * @throws {SagemakerError} `invalid-request` for options that are out of range. `request` and `join` throw it for a text that is not a
 * string, and for `labels` and `multiLabel` on a container that has no parameter for them; `response` and `split` throw the container's
 * own error if the body is one, and `unexpected-response` if it is not certain which labels belong to which text.
 *
 * @public
 */
export function classificationCodec(options: ClassificationCodecOptions = {}): ModelCodec<string, Classification> {
  const {
    contentHandler,
    modelName,
    batchSize = teiBatchSize,
    labels,
    multiLabel,
    topK,
    additionalParameters,
  } = options
  checkClassification([], options)
  const call: Omit<ClassificationCall, 'texts'> = { labels, multiLabel, modelName, additionalParameters }
  // A new handler for each use: `autoClassification()` remembers answers, and a codec must not.
  const labelCodec = (): LabelCodec => {
    const handler = contentHandler ?? autoClassification()
    return new LabelCodec(handler, call, modelName ?? handler.name, topK)
  }
  const { name, limits } = contentHandler ?? autoClassification()
  const join = async (texts: readonly string[]) => {
    checkClassification(texts, options)
    return labelCodec().request(texts)
  }
  const split = async (body: Uint8Array, texts: readonly string[]): Promise<(Classification | SagemakerError)[]> => {
    const codec = labelCodec()
    const { outcomes } = codec.read({ body, metadata: {} }, texts, codec.request(texts))
    return outcomes.map(({ result, error }, index) => error?.with({ index }) ?? (result as Classification))
  }
  return {
    name: codecName('classification', name, { ...call, topK }),
    request: (text) => join([text]),
    response: async (body, text) => {
      const [outcome] = await split(body, [text])
      if (outcome instanceof Error) throw outcome
      return outcome as Classification
    },
    batch: { maxItems: Math.min(batchSize, limits.maxTexts ?? batchSize), join, split },
  }
}
