import { namedEmbeddingHandler, type EmbeddingOptions } from '@x/sagemaker-embed'
import { embeddingHandlerNames } from '../../protocol/handler-names.ts'
import { poolingNames, type embeddingOptions } from './embedding-options.ts'
import type { parseOptions } from './option-table.ts'
import { readChoice, readHandlerName, readNumber, readParameters } from './read-value.ts'

type EmbeddingValues = ReturnType<typeof parseOptions<typeof embeddingOptions>>['values']

/**
 * The options of a `SagemakerEmbedding` that a command line asks for.
 *
 * @throws {UsageError}
 */
export async function embeddingModelOptions(values: EmbeddingValues): Promise<EmbeddingOptions> {
  const handler = readHandlerName(values.handler, embeddingHandlerNames)
  return {
    contentHandler: handler === undefined ? undefined : await namedEmbeddingHandler(handler),
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
