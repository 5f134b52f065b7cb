import type { BatchLimits } from './batch-limits.ts'
import type { EmbeddingRun } from './embedding-run.ts'
import { TextBatch } from './text-batch.ts'
import type { TextGroup } from './text-group.ts'

/** How many texts a batch may hold for each one that could be sent: bounds what duplicates and cached texts pile up. */
const MAX_ENTRIES_PER_TEXT = 16

/**
 * Packs groups of texts into batches within the limits, in order. A batch goes when it is full, or when the source has no
 * more at the moment. A text that is larger than the limit by itself gets a batch of its own.
 */
export async function* batchTexts(
  groups: AsyncGenerator<TextGroup, void, undefined>,
  limits: BatchLimits,
  run: EmbeddingRun,
): AsyncGenerator<TextBatch, void, undefined> {
  let batch = new TextBatch()
  let count = 0
  for await (const { texts, more } of groups) {
    run.signal.throwIfAborted()
    count += texts.length
    if (more === 'never') run.observer.sourceEnded(count)
    const sendable = texts.map(({ text }) => run.instruction + text)
    const known = await run.vectors?.find(sendable)
    for (const [position, source] of texts.entries()) {
      const text = sendable[position] ?? ''
      const cached = known?.[position]
      if (cached !== undefined) batch.addCached(source, cached)
      else {
        if (batch.texts.length > 0 && batch.bytesWith(text) > limits.maxBytes) {
          yield batch
          batch = new TextBatch()
        }
        batch.add(source, text)
      }
      const isFull =
        batch.texts.length >= limits.maxTexts || batch.entries.length >= limits.maxTexts * MAX_ENTRIES_PER_TEXT
      if (!isFull) continue
      yield batch
      batch = new TextBatch()
    }
    if (more === 'now' || batch.entries.length === 0) continue
    yield batch
    batch = new TextBatch()
  }
}
