import { isSparse, type ShownVector, type SparseVector, type VectorForm } from '../../../protocol/shown-vector.ts'

/** Most columns of a space of sparse vectors: of a vocabulary of 30,000 tokens, a corpus has a part, and few of those have weight. */
export const mostColumns = 2048

/** Vectors of one form as points of one space, so that maps and cosines know dense vectors only. */
export class VectorSpace {
  readonly form: VectorForm
  /** What a score of two vectors is called. */
  readonly metric: string
  /** Columns by the ids of tokens; empty for vectors that are not sparse. */
  readonly #columns: ReadonlyMap<number, number>
  /** Tokens with weight in the corpus. */
  readonly tokens: number

  constructor(form: VectorForm, vectors: readonly (ShownVector | undefined)[]) {
    this.form = form
    const weights = tokenWeights(vectors)
    this.tokens = weights.size
    const heaviest = [...weights].sort(([a, x], [b, y]) => y - x || a - b).slice(0, mostColumns)
    this.#columns = new Map(heaviest.map(([token], column) => [token, column]))
    this.metric = this.#hasBits ? 'share of equal bits' : 'cosine'
  }

  /** What the pictures leave out; `undefined` if they show everything. */
  get note(): string | undefined {
    const { tokens } = this
    return tokens > mostColumns
      ? `Drawn from the ${mostColumns.toLocaleString('en-US')} tokens with the most weight, of ${tokens.toLocaleString('en-US')}.`
      : undefined
  }

  /**
   * A vector as a point: packed bits as 1 and -1, so that their cosine is a function of the number of equal bits; weights of tokens by
   * the columns of the corpus.
   */
  dense(vector: ShownVector): Float32Array {
    if (vector instanceof Float32Array) return vector
    if (isSparse(vector)) return this.#spread(vector)
    return this.#hasBits ? signsOf(vector) : Float32Array.from(vector)
  }

  /** The score of two vectors whose points have this cosine. */
  score(cosine: number): number {
    return this.#hasBits ? (1 + cosine) / 2 : cosine
  }

  get #hasBits(): boolean {
    return this.form === 'binary' || this.form === 'ubinary'
  }

  #spread({ indices, values }: SparseVector): Float32Array {
    const point = new Float32Array(this.#columns.size)
    for (const [at, token] of indices.entries()) {
      const column = this.#columns.get(token)
      if (column !== undefined) point[column] = values[at] ?? 0
    }
    return point
  }
}

/** The bits of packed bytes, from the most significant of each. In the form `binary`, bytes are less by 128 than those of `ubinary`. */
export function bitsOf(packed: Int8Array | Uint8Array): readonly boolean[] {
  const offset = packed instanceof Int8Array ? 128 : 0
  return Array.from(packed, (byte) =>
    Array.from({ length: 8 }, (_, bit) => (((byte + offset) >> (7 - bit)) & 1) === 1),
  ).flat()
}

const signsOf = (packed: Int8Array | Uint8Array): Float32Array =>
  Float32Array.from(bitsOf(packed), (bit) => (bit ? 1 : -1))

/** The sum of the absolute weights of every token. */
function tokenWeights(vectors: readonly (ShownVector | undefined)[]): Map<number, number> {
  const weights = new Map<number, number>()
  for (const vector of vectors) {
    if (vector === undefined || !isSparse(vector)) continue
    for (const [at, token] of vector.indices.entries())
      weights.set(token, (weights.get(token) ?? 0) + Math.abs(vector.values[at] ?? 0))
  }
  return weights
}
