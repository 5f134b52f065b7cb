import type { EmbeddedText, EmbedSource, FailedText } from '@x/bedrock-like-types'
import type { SagemakerError } from '@x/sagemaker-endpoint'
import type { BatchLimits } from './batch-limits.ts'
import { batchTexts } from './batch-texts.ts'
import type { EmbeddingRun } from './embedding-run.ts'
import { groupSource } from './group-source.ts'
import { mapInOrder } from './map-in-order.ts'
import type { TextBatch } from './text-batch.ts'
import type { TextEmbedder } from './text-embedder.ts'
import type { TextOutcome } from './text-outcome.ts'

/** What became of a batch: its results up to the first text that failed, if that ends the call. */
interface BatchResult {
  readonly items: readonly (EmbeddedText | FailedText)[]
  readonly failure: SagemakerError | undefined
}

/**
 * Embeds all texts of a source, batch by batch in the order of the source. It holds at most `concurrency` batches, and
 * asks the source for no more while the consumer has not taken them.
 *
 * @throws {SagemakerError} After all results before the failure.
 */
export async function* embedTexts(
  source: EmbedSource,
  embedder: TextEmbedder,
  limits: BatchLimits,
  concurrency: number,
  run: EmbeddingRun,
): AsyncGenerator<readonly (EmbeddedText | FailedText)[], void, undefined> {
  const groups = groupSource(source, () => limits.maxTexts, run.signal)
  const batches = batchTexts(groups, limits, run)
  for await (const { items, failure } of mapInOrder(
    batches,
    (batch) => embedBatch(batch, embedder, run),
    concurrency,
  )) {
    if (items.length > 0) yield items
    if (failure !== undefined) throw failure
  }
}

async function embedBatch(batch: TextBatch, embedder: TextEmbedder, run: EmbeddingRun): Promise<BatchResult> {
  const outcomes = batch.texts.length === 0 ? [] : await embedder.embed(batch.texts, run)
  await run.vectors?.keep(batch.texts, outcomes)
  const items: (EmbeddedText | FailedText)[] = []
  let failure: SagemakerError | undefined
  let failed = 0
  for (const { source, cached, slot, isDuplicate } of batch.entries) {
    const outcome: Partial<TextOutcome> | undefined = slot === undefined ? { vector: cached } : outcomes[slot]
    const error = outcome?.error?.with({ index: source.index, id: source.id })
    if (outcome?.vector !== undefined) {
      // Equal texts get vectors of their own, so that changing one changes no other.
      items.push({ ...source, embedding: isDuplicate ? outcome.vector.slice() : outcome.vector })
    } else if (error !== undefined) {
      failed += 1
      failure = error
      if (run.onError === 'throw') break
      items.push({ ...source, error })
    }
  }
  const cached = batch.entries.filter((entry) => entry.cached !== undefined).length
  run.observer.batchDone({ texts: batch.entries.length, failed, cached })
  return { items, failure: run.onError === 'throw' ? failure : undefined }
}
