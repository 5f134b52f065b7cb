import type { EmbeddingErrorEvent, QueryEvent } from '../../protocol/embedding-event.ts'
import { decodeVector, type ShownVector } from '../../protocol/shown-vector.ts'
import { neverMade } from '../call/record-run.ts'
import { post } from '../call/request-events.ts'
import type { EmbeddingRun } from './embedding-run.svelte.ts'
import { nearestVectors, type Neighbour } from './vectors/nearest-vectors.ts'
import { VectorSpace } from './vectors/vector-space.ts'

/** So many are shown. */
const neighbourCount = 50

/** The texts that are nearest to a query, or to another text. */
export class Search {
  query: string = $state('')
  running: boolean = $state(false)
  /** What the neighbours are those of. */
  subject: string | undefined = $state()
  neighbours: readonly Neighbour[] = $state.raw([])
  /** What their scores are. */
  metric: string = $state('cosine')
  error: EmbeddingErrorEvent | undefined = $state.raw()

  #abort = new AbortController()

  /** Has the query embedded and finds its neighbours. */
  async find(run: EmbeddingRun): Promise<void> {
    const query = this.query.trim()
    if (query === '') return
    this.clear()
    const { endpoint, form } = run
    const { signal } = this.#abort
    this.running = true
    try {
      const response = await post('/api/embeddings/query', { endpoint, query, form }, signal)
      // The server is the other half of this page, built from the same types.
      const event = (await response.json()) as QueryEvent
      if (signal.aborted) return
      if (event.type === 'error') this.error = event
      else this.#show(`“${query}”`, decodeVector(event.vector, form), run)
    } catch (error) {
      if (!signal.aborted) this.error = neverMade(error)
    } finally {
      if (!signal.aborted) this.running = false
    }
  }

  /** Finds the neighbours of a row. */
  findLike(row: number, run: EmbeddingRun): void {
    const vector = run.vectors[row]
    if (vector === undefined) return
    this.clear()
    this.#show(`row ${row + 1}`, vector, run)
  }

  /** Forgets the neighbours, and ends the search. */
  clear(): void {
    this.#abort.abort()
    this.#abort = new AbortController()
    this.running = false
    this.subject = this.error = undefined
    this.neighbours = []
  }

  #show(subject: string, vector: ShownVector, { form, vectors }: EmbeddingRun): void {
    const space = new VectorSpace(form, [...vectors, vector])
    const points = vectors.map((other) => other && space.dense(other))
    this.subject = subject
    this.metric = space.metric
    this.neighbours = nearestVectors(space.dense(vector), points, neighbourCount).map(({ index, score }) => ({
      index,
      score: space.score(score),
    }))
  }
}
