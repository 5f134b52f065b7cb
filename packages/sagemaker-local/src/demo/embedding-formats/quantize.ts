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

/** Element types of a vector in base64. */
export const elementTypes = ['float32', 'float16', 'int8', 'uint8', 'binary', 'ubinary'] as const

/** The element type of a vector in base64. */
export type ElementType = (typeof elementTypes)[number]

/** The elements in base64, little-endian on every machine. */
export function toBase64(vector: Float32Array, type: ElementType = 'float32'): string {
  if (type !== 'float32' && type !== 'float16') {
    return Buffer.from(Int8Array.from(quantize(vector, type) as readonly number[]).buffer).toString('base64')
  }
  const width = type === 'float32' ? 4 : 2
  const bytes = Buffer.alloc(vector.length * width)
  for (const [index, value] of vector.entries()) {
    if (type === 'float32') bytes.writeFloatLE(value, index * width)
    else bytes.writeUInt16LE(float16Bits(value), index * width)
  }
  return bytes.toString('base64')
}

/** The bits of the nearest half-precision float (IEEE 754 binary16), ties to even; Node.js 22 has no `Float16Array`. */
function float16Bits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const size = Math.abs(value)
  // Subnormal numbers are multiples of 2^-24, and so is everything below 2^-14.
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 2 ** -14)))
  const scaled = roundToEven(size / 2 ** (exponent - 10))
  // A mantissa that rounds up to 2048 carries into the exponent without further work.
  return sign | (scaled < 1024 ? scaled : ((exponent + 15) << 10) + scaled - 1024)
}

function roundToEven(value: number): number {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded
}
