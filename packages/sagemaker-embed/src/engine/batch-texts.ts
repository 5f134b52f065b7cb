import type { IdentifiedText } from '@x/bedrock-like-types'
import type { BatchLimits } from './batch-limits.ts'
import { BatchPacker } from './batch-packer.ts'
import type { EmbeddingRun } from './embedding-run.ts'
import { sourceText, type SourceText } from './source-text.ts'
import type { TextBatch } from './text-batch.ts'

/**
 * Packs groups of texts into batches, after a look into the cache. A batch goes when it is full, or with a group smaller
 * than `groupSize`: then the source has no more at the moment. What the source throws comes after all batches before it.
 */
export async function* batchTexts(
  groups: AsyncIterable<readonly (string | IdentifiedText)[]>,
  groupSize: number,
  limits: BatchLimits,
  run: EmbeddingRun,
): AsyncGenerator<TextBatch, void, undefined> {
  const packer = new BatchPacker(limits)
  let count = 0
  try {
    for await (const group of groups) {
      const texts: SourceText[] = []
      try {
        for (const item of group) texts.push(sourceText(item, count + texts.length))
      } finally {
        // The texts before an item that is none are embedded all the same.
        count += texts.length
        await packGroup(texts, packer, run)
      }
      for (const batch of texts.length < groupSize ? packer.takeAll() : packer.takeFull()) yield batch
    }
    run.observer.totalKnown(count)
    for (const batch of packer.takeAll()) yield batch
  } catch (error) {
    for (const batch of packer.takeAll()) yield batch
    throw error
  }
}

async function packGroup(texts: readonly SourceText[], packer: BatchPacker, run: EmbeddingRun): Promise<void> {
  const sendable = texts.map(({ text }) => run.instruction + text)
  const known = await run.vectors?.find(sendable)
  for (const [position, source] of texts.entries()) {
    const vector = known?.[position]
    run.width ??= vector?.length
    // A vector of another width is of the model that was behind the endpoint before.
    if (vector !== undefined && vector.length === run.width) packer.addCached(source, vector)
    else packer.add(source, sendable[position] ?? '')
  }
}
