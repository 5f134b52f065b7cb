/** The typed arrays that a column can consist of. */
export type ColumnArray = Uint8Array | Uint32Array

const chunkLength = 16_384

/** A growing list of numbers in typed arrays of 16,384 elements: growing copies nothing. Elements that were not set are 0. */
export class Column<Elements extends ColumnArray> {
  readonly #create: (length: number) => Elements
  readonly #chunks: (Elements | undefined)[] = []

  constructor(create: (length: number) => Elements) {
    this.#create = create
  }

  /** Memory of the elements, in bytes. */
  get byteLength(): number {
    return this.#chunks.reduce((sum, chunk) => sum + (chunk?.byteLength ?? 0), 0)
  }

  get(index: number): number {
    return this.#chunks[Math.floor(index / chunkLength)]?.[index % chunkLength] ?? 0
  }

  set(index: number, value: number): void {
    const position = Math.floor(index / chunkLength)
    const chunk = (this.#chunks[position] ??= this.#create(chunkLength))
    chunk[index % chunkLength] = value
  }
}
