import type { EmbeddingErrorEvent, EmbeddingEvent } from '../../protocol/embedding-event.ts'
import type { EmbeddingRequest } from '../../protocol/embedding-request.ts'
import type { EndpointReference } from '../../protocol/run-request.ts'
import { decodeVector, isSparse, type ShownVector, type VectorForm } from '../../protocol/shown-vector.ts'
import { neverMade } from '../call/record-run.ts'
import { post, requestEvents } from '../call/request-events.ts'
import type { EmbeddedRow } from './analysis/analysis-task.ts'
import type { CorpusRow } from './corpus/parse-corpus.ts'

export type EmbeddingRunStatus = 'running' | 'paused' | 'done' | 'failed' | 'stopped'

export type EmbeddingRunSettings = Pick<EmbeddingRequest, 'endpoint' | 'form' | 'batchSize' | 'concurrency'>

/** Texts on their way to vectors. */
export class EmbeddingRun {
  readonly rows: readonly CorpusRow[]
  readonly endpoint: EndpointReference
  readonly form: VectorForm
  /** By row. Grows in place: read `done` to be told of growth. */
  readonly vectors: (ShownVector | undefined)[] = []
  /** Rows that the model refused. */
  readonly refusals: Map<number, { readonly code: string; readonly message: string }> = new Map()

  status: EmbeddingRunStatus = $state('running')
  /** Rows that have a vector or were refused. */
  done: number = $state(0)
  refused: number = $state(0)
  /** Elements of a vector; `undefined` for sparse ones, which have as many as the text has tokens. */
  dimensions: number | undefined = $state()
  /** Time that was spent running, without pauses. */
  activeMs: number = $state(0)
  error: EmbeddingErrorEvent | undefined = $state.raw()

  readonly #request: EmbeddingRequest
  readonly #abort = new AbortController()
  #activeSince = performance.now()

  constructor(rows: readonly CorpusRow[], settings: EmbeddingRunSettings) {
    this.rows = rows
    this.endpoint = settings.endpoint
    this.form = settings.form
    this.vectors.length = rows.length
    this.#request = { id: crypto.randomUUID(), texts: rows.map(({ text }) => text), ...settings }
  }

  get isActive(): boolean {
    return this.status === 'running' || this.status === 'paused'
  }

  /** Embeds the rows. Resolves at the end, however it ends. */
  async embed(): Promise<void> {
    const { signal } = this.#abort
    try {
      for await (const events of requestEvents<EmbeddingEvent>('/api/embeddings', this.#request, signal)) {
        if (signal.aborted) return
        this.#add(events)
      }
      if (this.isActive) this.#fail(neverMade(new Error('The playground server ended the run without a word.')))
    } catch (error) {
      if (!signal.aborted) this.#fail(neverMade(error))
    }
  }

  /** Holds the run: what is in flight still arrives. */
  async pause(): Promise<void> {
    if (this.status === 'running') await this.#hold(true)
  }

  async resume(): Promise<void> {
    if (this.status === 'paused') await this.#hold(false)
  }

  /** Ends the run, down to the container. The vectors that are here stay. */
  cancel(): void {
    if (!this.isActive) return
    this.#finish('stopped')
    this.#abort.abort()
  }

  /** All rows with what became of them so far. */
  results(): EmbeddedRow[] {
    return this.rows.map((row, index) => ({
      ...row,
      embedding: this.vectors[index],
      error: this.refusals.get(index),
    }))
  }

  async #hold(paused: boolean): Promise<void> {
    this.#countTime()
    this.status = paused ? 'paused' : 'running'
    // A run that has come to its end meanwhile is not there any more, and says so by its last event.
    await post('/api/embeddings/pause', { id: this.#request.id, paused }, this.#abort.signal).catch(() => undefined)
  }

  #add(events: readonly EmbeddingEvent[]): void {
    this.#countTime()
    let [done, refused] = [this.done, this.refused]
    for (const event of events) {
      if (event.type === 'vector') {
        const vector = decodeVector(event.vector, this.form)
        this.vectors[event.index] = vector
        if (!isSparse(vector)) this.dimensions ??= vector.length
        done++
      } else if (event.type === 'refused') {
        this.refusals.set(event.index, { code: event.code, message: event.message })
        done++
        refused++
      } else if (event.type === 'error') this.#fail(event)
      else this.#finish('done')
    }
    this.done = done
    this.refused = refused
  }

  #countTime(): void {
    const now = performance.now()
    if (this.status === 'running') this.activeMs += now - this.#activeSince
    this.#activeSince = now
  }

  #fail(error: EmbeddingErrorEvent): void {
    this.error = error
    this.#finish('failed')
  }

  #finish(status: EmbeddingRunStatus): void {
    this.#countTime()
    this.status = status
  }
}
