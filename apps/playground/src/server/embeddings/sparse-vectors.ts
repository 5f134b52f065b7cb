import { SagemakerError, type SagemakerEmbedding, type SparseEmbedding } from '@x/sagemaker-embed'

/** What became of a text. */
export type SparseResult =
  | { readonly index: number; readonly embedding: SparseEmbedding; readonly error?: undefined }
  | { readonly index: number; readonly embedding?: undefined; readonly error: SagemakerError }

interface SparseOptions {
  /** Texts of one call, which divides them into batches. */
  readonly atATime: number
  readonly signal: AbortSignal
}

/**
 * Sparse vectors of texts, in order, as they are pulled. A text that is refused fails alone.
 *
 * @throws {SagemakerError} what is about no single text.
 */
export async function* sparseVectors(
  embedding: SagemakerEmbedding,
  texts: AsyncIterable<string>,
  { atATime, signal }: SparseOptions,
): AsyncGenerator<SparseResult, void, undefined> {
  let first = 0
  let waiting: string[] = []
  for await (const text of texts) {
    waiting.push(text)
    if (waiting.length < atATime) continue
    yield* embedded(embedding, waiting, first, signal)
    first += waiting.length
    waiting = []
  }
  yield* embedded(embedding, waiting, first, signal)
}

async function* embedded(
  embedding: SagemakerEmbedding,
  texts: readonly string[],
  first: number,
  signal: AbortSignal,
): AsyncGenerator<SparseResult, void, undefined> {
  const refused = new Map<number, SagemakerError>()
  for (;;) {
    const positions = [...texts.keys()].filter((position) => !refused.has(position))
    try {
      const asked = positions.map((position) => texts[position] ?? '')
      const vectors = asked.length === 0 ? [] : await embedding.getSparseEmbeddings(asked, { signal })
      const byPosition = new Map(positions.map((position, at) => [position, vectors[at]]))
      for (const position of texts.keys()) {
        const [vector, error] = [byPosition.get(position), refused.get(position)]
        if (vector !== undefined) yield { index: first + position, embedding: vector }
        else if (error !== undefined) yield { index: first + position, error }
      }
      return
    } catch (error) {
      const position = SagemakerError.is(error) && error.index !== undefined ? positions[error.index] : undefined
      if (position === undefined) throw error
      refused.set(position, error as SagemakerError)
    }
  }
}
