import { referenceOf } from '../../protocol/setup.ts'
import type { EndpointReference } from '../../protocol/run-request.ts'
import type { VectorForm } from '../../protocol/shown-vector.ts'
import type { Playground } from '../shell/playground.svelte.ts'
import { Analysis } from './analysis.svelte.ts'
import { parseCorpus, type Corpus } from './corpus/parse-corpus.ts'
import { EmbeddingRun } from './embedding-run.svelte.ts'
import { Measuring } from './measure/measuring.svelte.ts'
import { Search } from './search.svelte.ts'

/** A corpus, its vectors, and what is found out about them. */
export class Study {
  readonly playground: Playground
  endpoint: EndpointReference = $state.raw({ source: 'aws', name: 'my-endpoint' })
  typed: string = $state('')
  /** A file takes the place of what is typed in: a text field with thousands of lines is slow. */
  file: { readonly name: string; readonly text: string } | undefined = $state.raw()
  form: VectorForm = $state('float32')
  batchSize: number = $state(10)
  concurrency: number = $state(4)

  run: EmbeddingRun | undefined = $state.raw()
  analysis: Analysis | undefined = $state.raw()
  /** The analysis before: its pictures stay until the next ones are there. */
  #previous: Analysis | undefined = $state.raw()
  readonly search: Search = new Search()
  readonly measuring: Measuring = new Measuring()

  /** Row that is looked at. */
  selected: number | undefined = $state()
  /** Rows that a check found. */
  flagged: ReadonlySet<number> = $state.raw(new Set())

  readonly #corpus: Corpus = $derived(parseCorpus(this.file?.text ?? this.typed))

  constructor(playground: Playground) {
    this.playground = playground
    const offer = playground.endpointsOf('embedding')[0]
    if (offer === undefined) return
    this.endpoint = referenceOf(offer)
  }

  /** What the pictures show. */
  get pictured(): Analysis | undefined {
    const { analysis } = this
    return analysis?.components === undefined && analysis?.problem === undefined
      ? (this.#previous ?? analysis)
      : analysis
  }

  get corpus(): Corpus {
    return this.#corpus
  }

  /** Embeds the corpus anew. */
  async embed(): Promise<void> {
    if (this.run?.isActive === true || this.corpus.rows.length === 0) return
    this.#forget()
    const { endpoint, form, batchSize, concurrency } = this
    const run = new EmbeddingRun(this.corpus.rows, { endpoint, form, batchSize, concurrency })
    this.run = run
    await run.embed()
    this.#analyse(run)
  }

  async pause(): Promise<void> {
    await this.run?.pause()
    if (this.run !== undefined) this.#analyse(this.run)
  }

  /** Ends what runs. What is here stays. */
  stop(): void {
    this.run?.cancel()
    this.measuring.stop()
  }

  #forget(): void {
    this.#replace(undefined)
    this.selected = undefined
    this.flagged = new Set()
    this.search.clear()
  }

  #analyse(run: EmbeddingRun): void {
    if (this.run !== run || run.done === run.refused) return
    const analysis = new Analysis(run)
    this.#replace(analysis)
    void analysis.start()
  }

  #replace(next: Analysis | undefined): void {
    this.analysis?.close()
    if (this.analysis?.components !== undefined) this.#previous = this.analysis
    this.analysis = next
  }
}
