/** Writes a vector as base64 of 32-bit floats, little-endian: a quarter of its size as JSON numbers, and exact. */
export function encodeVector(vector: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(vector.length * 4))
  for (const [index, value] of vector.entries()) bytes.setFloat32(index * 4, value, true)
  let binary = ''
  for (let index = 0; index < bytes.byteLength; index += 1) binary += String.fromCharCode(bytes.getUint8(index))
  return btoa(binary)
}

/** Reads what `encodeVector` wrote. */
export function decodeVector(text: string): Float32Array {
  const binary = atob(text)
  const bytes = new DataView(new ArrayBuffer(binary.length))
  for (let index = 0; index < binary.length; index += 1) bytes.setUint8(index, binary.charCodeAt(index))
  return Float32Array.from({ length: binary.length / 4 }, (_, index) => bytes.getFloat32(index * 4, true))
}
