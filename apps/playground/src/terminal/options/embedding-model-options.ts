import {
  autoEmbedding,
  cohereEmbedding,
  huggingfaceEmbedding,
  jinaEmbedding,
  jumpstartEmbedding,
  kserveEmbedding,
  lmiEmbedding,
  openaiEmbedding,
  teiEmbedding,
  titanEmbedding,
  type EmbeddingContentHandler,
  type EmbeddingOptions,
} from '@x/sagemaker-embed'
import { embeddingHandlerNames, poolingNames } from './embedding-options.ts'
import type { embeddingOptions } from './embedding-options.ts'
import type { parseOptions } from './option-table.ts'
import { readChoice, readNumber, readParameters } from './read-value.ts'

type EmbeddingValues = ReturnType<typeof parseOptions<typeof embeddingOptions>>['values']

type HandlerOptions = Readonly<Record<string, unknown>>

/** Content handlers by factory name, without `Embedding`. */
export const embeddingHandlers: Readonly<Record<string, (options?: HandlerOptions) => EmbeddingContentHandler>> = {
  auto: autoEmbedding,
  tei: teiEmbedding,
  huggingface: huggingfaceEmbedding,
  openai: openaiEmbedding,
  jumpstart: jumpstartEmbedding,
  lmi: lmiEmbedding,
  cohere: cohereEmbedding,
  titan: titanEmbedding,
  jina: jinaEmbedding,
  kserve: kserveEmbedding,
}

/**
 * The options of a `SagemakerEmbedding` that a command line asks for.
 *
 * @throws UsageError
 */
export function embeddingModelOptions(values: EmbeddingValues): EmbeddingOptions {
  const handler = readChoice('--handler', values.handler, embeddingHandlerNames)
  return {
    contentHandler: handler && embeddingHandlers[handler]?.(),
    modelName: values.model,
    embedBatchSize: readNumber('--batch-size', values['batch-size'], { from: 1, whole: true }),
    concurrency: readNumber('--concurrency', values.concurrency, { from: 1, whole: true }),
    dimensions: readNumber('--dimensions', values.dimensions, { from: 1, whole: true }),
    normalize: values.normalize,
    pooling: readChoice('--pooling', values.pooling, poolingNames),
    textInstruction: values.instruction,
    inputType: values['input-type'],
    additionalParameters: readParameters(values.parameter),
  }
}
