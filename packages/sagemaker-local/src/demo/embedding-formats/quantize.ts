/** The forms in which a vector can be sent. */
export type EmbeddingType = 'float' | 'int8' | 'uint8' | 'binary' | 'ubinary' | 'base64'

/**
 * A vector in another form: `int8` and `uint8` scale -1...1 to the whole range of the type; `binary` and `ubinary` keep the sign of each number, eight to a
 * byte, the first in the highest bit; `base64` is little-endian 32-bit floats.
 */
export function quantize(vector: Float32Array, type: EmbeddingType): readonly number[] | string {
  switch (type) {
    case 'float':
      return [...vector]
    case 'int8':
      return Array.from(vector, (value) => Math.max(-128, Math.min(127, Math.round(value * 127))))
    case 'uint8':
      return Array.from(vector, (value) => Math.max(0, Math.min(255, Math.round(value * 127) + 128)))
    case 'ubinary':
      return signBytes(vector)
    case 'binary':
      return signBytes(vector).map((byte) => byte - 128)
    case 'base64':
      return toBase64(vector)
  }
}

function signBytes(vector: Float32Array): number[] {
  const bytes = Array.from({ length: Math.ceil(vector.length / 8) }, () => 0)
  for (const [index, value] of vector.entries()) {
    if (value > 0) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7))
  }
  return bytes
}

/** Little-endian 32-bit floats, whatever the machine. */
export function toBase64(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4)
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4)
  return bytes.toString('base64')
}
