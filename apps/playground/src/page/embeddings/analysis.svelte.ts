import { runAnalysis } from './analysis/run-analysis.ts'
import type { CorpusRow } from './corpus/parse-corpus.ts'
import type { EmbeddingRun } from './embedding-run.svelte.ts'
import type { VectorChecks } from './vectors/check-vectors.ts'
import { matrixOf, type Matrix } from './vectors/matrix.ts'
import type { PrincipalComponents } from './vectors/principal-components.ts'
import { VectorSpace } from './vectors/vector-space.ts'

export type MapMethod = 'components' | 'neighbours'

/** What is found out about the vectors that a run has at one moment. */
export class Analysis {
  /** Rows of the corpus by rows of the matrix. */
  readonly rows: readonly number[]
  readonly matrix: Matrix
  readonly space: VectorSpace
  readonly #run: EmbeddingRun
  checks: VectorChecks | undefined = $state.raw()
  components: PrincipalComponents | undefined = $state.raw()
  neighbourPoints: Float32Array | undefined = $state.raw()
  /** Share of the neighbour map that is done while it is being made. */
  progress: number | undefined = $state()
  problem: string | undefined = $state()

  readonly #abort = new AbortController()

  constructor(run: EmbeddingRun) {
    const { form, vectors } = run
    this.space = new VectorSpace(form, vectors)
    this.#run = run
    this.rows = [...vectors.keys()].filter((row) => vectors[row] !== undefined)
    this.matrix = matrixOf(vectors.filter((vector) => vector !== undefined).map((vector) => this.space.dense(vector)))
  }

  /** The text and its group, by the row of the matrix. */
  corpusRow(position: number): CorpusRow | undefined {
    return this.#run.rows[this.rows[position] ?? -1]
  }

  /** Checks the vectors and makes the first map. */
  async start(): Promise<void> {
    const { signal } = this.#abort
    await this.#attempt(async () => {
      const [checks, components] = await Promise.all([
        runAnalysis('checks', this.matrix, { signal }),
        runAnalysis('components', this.matrix, { signal }),
      ])
      this.checks = checks
      this.components = components
    })
  }

  /** Makes the map of neighbours, once. */
  async mapNeighbours(): Promise<void> {
    const start = this.components?.points
    if (start === undefined || this.neighbourPoints !== undefined || this.progress !== undefined) return
    this.progress = 0
    await this.#attempt(async () => {
      const options = { signal: this.#abort.signal, onProgress: (share: number) => (this.progress = share) }
      this.neighbourPoints = await runAnalysis('neighbours', { matrix: this.matrix, start }, options)
    })
    this.progress = undefined
  }

  /** Ends what is being worked on. */
  close(): void {
    this.#abort.abort()
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.problem = undefined
    try {
      await work()
    } catch (error) {
      if (!this.#abort.signal.aborted) this.problem = error instanceof Error ? error.message : String(error)
    }
  }
}
