import type { EmbeddingErrorEvent, QueryEvent } from '../../protocol/embedding-event.ts'
import type { EndpointReference } from '../../protocol/run-request.ts'
import { decodeVector } from '../../protocol/vector-text.ts'
import { neverMade } from '../call/record-run.ts'
import { post } from '../call/request-events.ts'
import { nearestVectors, type Neighbour } from './vectors/nearest-vectors.ts'

/** So many are shown. */
const neighbourCount = 50

/** The texts that are nearest to a query, or to another text. */
export class Search {
  query: string = $state('')
  running: boolean = $state(false)
  /** What the neighbours are those of. */
  subject: string | undefined = $state()
  neighbours: readonly Neighbour[] = $state.raw([])
  error: EmbeddingErrorEvent | undefined = $state.raw()

  #abort = new AbortController()

  /** Has the query embedded and finds its neighbours. */
  async find(endpoint: EndpointReference, vectors: readonly (Float32Array | undefined)[]): Promise<void> {
    const query = this.query.trim()
    if (query === '') return
    this.clear()
    const { signal } = this.#abort
    this.running = true
    try {
      const response = await post('/api/embeddings/query', { endpoint, query }, signal)
      // The server is the other half of this page, built from the same types.
      const event = (await response.json()) as QueryEvent
      if (signal.aborted) return
      if (event.type === 'error') this.error = event
      else this.#show(`“${query}”`, decodeVector(event.vector), vectors)
    } catch (error) {
      if (!signal.aborted) this.error = neverMade(error)
    } finally {
      if (!signal.aborted) this.running = false
    }
  }

  /** Finds the neighbours of a row. */
  findLike(row: number, vectors: readonly (Float32Array | undefined)[]): void {
    const vector = vectors[row]
    if (vector === undefined) return
    this.clear()
    this.#show(`row ${row + 1}`, vector, vectors)
  }

  /** Forgets the neighbours, and ends the search. */
  clear(): void {
    this.#abort.abort()
    this.#abort = new AbortController()
    this.running = false
    this.subject = this.error = undefined
    this.neighbours = []
  }

  #show(subject: string, vector: Float32Array, vectors: readonly (Float32Array | undefined)[]): void {
    this.subject = subject
    this.neighbours = nearestVectors(vector, vectors, neighbourCount)
  }
}
