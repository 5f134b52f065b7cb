import type { EmbeddedText, EmbedSource, FailedText } from '@x/bedrock-like-types'
import type { SagemakerError } from '@x/sagemaker-endpoint'
import { mapConcurrent } from '@x/stream-core'
import type { BatchLimits } from './batch-limits.ts'
import { batchTexts } from './batch-texts.ts'
import type { EmbeddingRun } from './embedding-run.ts'
import { sourceGroups } from './source-groups.ts'
import type { TextBatch } from './text-batch.ts'
import type { TextEmbedder } from './text-embedder.ts'
import type { TextOutcome } from './text-outcome.ts'

/** What became of a batch: its results, up to the first text that failed if that ends the call. */
interface BatchResult {
  readonly items: readonly (EmbeddedText | FailedText)[]
  readonly failure: SagemakerError | undefined
}

/**
 * Embeds all texts of a source, batch by batch in the order of the source. At most twice `concurrency` batches are in flight
 * or wait to be taken; the source is asked for no more while they do.
 *
 * @throws {SagemakerError} After all results before the failure; also what the source throws.
 */
export async function* embedTexts(
  source: EmbedSource,
  embedder: TextEmbedder,
  limits: BatchLimits,
  concurrency: number,
  run: EmbeddingRun,
): AsyncGenerator<readonly (EmbeddedText | FailedText)[], void, undefined> {
  if (Array.isArray(source)) run.observer.totalKnown(source.length)
  const groupSize = limits.maxTexts
  const batches = batchTexts(sourceGroups(source, groupSize, run.signal), groupSize, limits, run)
  const embedAll = mapConcurrent((batch: TextBatch) => embedBatch(batch, embedder, run), { concurrency, ordered: true })
  for await (const { items, failure } of embedAll(batches)) {
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
    const outcome: TextOutcome | undefined = slot === undefined ? { vector: cached } : outcomes[slot]
    const error = outcome?.error?.with({ index: source.index, id: source.id })
    if (outcome?.vector !== undefined) {
      // Equal texts get vectors of their own, so that changing one changes no other.
      items.push({ ...source, embedding: isDuplicate ? outcome.vector.slice() : outcome.vector })
    } else if (error !== undefined) {
      failed++
      if (run.onError === 'throw') {
        failure = error
        break
      }
      items.push({ ...source, error })
    }
  }
  const cached = batch.entries.filter((entry) => entry.cached !== undefined).length
  run.observer.batchDone({ texts: items.length + (failure === undefined ? 0 : 1), failed, cached })
  return { items, failure }
}
