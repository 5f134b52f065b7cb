/** Forms of vectors that the page can ask for: as `dtype` of `@x/sagemaker-embed` names them, and sparse ones. */
export const vectorForms = ['float32', 'int8', 'uint8', 'binary', 'ubinary', 'sparse'] as const
export type VectorForm = (typeof vectorForms)[number]

/** Weights of the tokens of a text, by their ids. */
export interface SparseVector {
  readonly indices: Uint32Array
  readonly values: Float32Array
}

/** A vector in any form. */
export type ShownVector = Float32Array | Int8Array | Uint8Array | SparseVector

export const isSparse = (vector: ShownVector): vector is SparseVector => 'indices' in vector

/** Writes a vector as base64 of its little-endian numbers: a quarter of its size as JSON, and exact. */
export function encodeVector(vector: ShownVector): string {
  if (vector instanceof Float32Array) return textOf(floatBytes(vector))
  if (isSparse(vector)) return textOf(new Uint8Array([...wordBytes(vector.indices), ...floatBytes(vector.values)]))
  return textOf(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength))
}

/** Reads what `encodeVector` wrote. */
export function decodeVector(text: string, form: VectorForm): ShownVector {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  if (form === 'float32') return floatsOf(bytes)
  if (form === 'uint8' || form === 'ubinary') return bytes
  if (form !== 'sparse') return new Int8Array(bytes.buffer)
  const half = bytes.length / 2
  const view = new DataView(bytes.buffer)
  return {
    indices: Uint32Array.from({ length: half / 4 }, (_, index) => view.getUint32(index * 4, true)),
    values: floatsOf(bytes.subarray(half)),
  }
}

function floatBytes(numbers: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 4))
  for (const [index, value] of numbers.entries()) view.setFloat32(index * 4, value, true)
  return new Uint8Array(view.buffer)
}

function wordBytes(numbers: Uint32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 4))
  for (const [index, value] of numbers.entries()) view.setUint32(index * 4, value, true)
  return new Uint8Array(view.buffer)
}

function floatsOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true))
}

function textOf(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
