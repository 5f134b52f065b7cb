/** The numbers of one JSON array. */
export interface NumberRow {
  readonly numbers: Float32Array
  /** Offset of the byte after the closing bracket. */
  readonly end: number
}

const space = 0x20
const comma = 0x2c
const closeBracket = 0x5d
const zero = 0x30
const minus = 0x2d
const plus = 0x2b
const point = 0x2e
const upperE = 0x45
const lowerE = 0x65

/** Powers of ten that a double holds exactly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))
const maxExactExponent = 22

/** Six digits before the point and nine after it are an integer below 2^53; nine and five fit 32-bit arithmetic each. */
const maxWholeDigits = 6
const headDigits = 9
const tailDigits = 5

/** What stands for a number that JSON does not have: Rust servers write a NaN as `null`, Python ones as `NaN`. */
const words: readonly (readonly [word: string, value: number])[] = [
  ['null', Number.NaN],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]

const ascii = new TextDecoder('latin1')

/** Room for a row of a length that is not known beforehand, used again for each row. */
export class NumberScratch {
  numbers: Float32Array = new Float32Array(1024)

  /** Doubles the room. */
  grow(): Float32Array {
    const larger = new Float32Array(this.numbers.length * 2)
    larger.set(this.numbers)
    this.numbers = larger
    return larger
  }
}

/**
 * Reads the rest of a JSON array, from the byte after its opening bracket, if it holds only numbers; `undefined` if it
 * does not, or is no JSON. Every number is what `Math.fround(Number(text))` gives.
 *
 * With up to nine digits after the point, and mostly up to fourteen, the arithmetic is exact (Clinger, "How to read
 * floating point numbers accurately", 1990). Of more digits it reads fourteen and bounds what the others could add: where
 * that might decide the rounding, and for what else does not fit, the engine's own `Number` reads the text. Vectors hardly
 * ever need that.
 *
 * It is one loop over local variables, because a call or a closure per number doubles its time. `byte ^ zero` is below 10
 * only for digits, and is then their value: one comparison instead of two.
 */
export function scanNumberRow(bytes: Uint8Array, start: number, scratch: NumberScratch): NumberRow | undefined {
  let { numbers } = scratch
  let length = 0
  let at = start
  for (;;) {
    // Past the end a byte is `undefined`: no digit, no space and none of the signs.
    let byte = bytes[at] as number
    while (isSpace(byte)) byte = bytes[++at] as number

    const numberStart = at
    const isNegative = byte === minus
    if (isNegative) byte = bytes[++at] as number

    const wholeStart = at
    let whole = 0
    let digit = byte ^ zero
    while (digit < 10) {
      whole = (whole * 10 + digit) | 0
      digit = (bytes[++at] as number) ^ zero
    }
    byte = digit ^ zero
    const wholeDigits = at - wholeStart

    let value = Number.NaN
    if (wholeDigits === 0) {
      const word = wordAt(bytes, numberStart)
      if (word === undefined) return undefined
      at = numberStart + word[0].length
      value = word[1]
    } else {
      if (wholeDigits > 1 && bytes[wholeStart] === zero) return undefined
      let significand = whole
      // How much the significand may be off, in units of its last digit.
      let slack = 0
      let scale = 0
      if (byte === point) {
        digit = (bytes[++at] as number) ^ zero
        const headStart = at
        const headEnd = at + headDigits
        let head = 0
        while (digit < 10 && at < headEnd) {
          head = (head * 10 + digit) | 0
          digit = (bytes[++at] as number) ^ zero
        }
        scale = headStart - at
        if (scale === 0) return undefined
        significand = whole * (exactPowers[-scale] as number) + head
        if (digit < 10) {
          const tailStart = at
          const tailEnd = at + tailDigits
          let tail = 0
          while (digit < 10 && at < tailEnd) {
            tail = (tail * 10 + digit) | 0
            digit = (bytes[++at] as number) ^ zero
          }
          scale -= at - tailStart
          significand = significand * (exactPowers[at - tailStart] as number) + tail
          if (significand > Number.MAX_SAFE_INTEGER) slack = significand * 1e-15
          if (digit < 10) slack++
          while (digit < 10) digit = (bytes[++at] as number) ^ zero
        }
        byte = digit ^ zero
      }
      if (byte === lowerE || byte === upperE) {
        byte = bytes[++at] as number
        const isNegativeExponent = byte === minus
        if (isNegativeExponent || byte === plus) byte = bytes[++at] as number
        digit = byte ^ zero
        if (digit >= 10) return undefined
        let exponent = 0
        while (digit < 10) {
          exponent = Math.min(exponent * 10 + digit, 9999)
          digit = (bytes[++at] as number) ^ zero
        }
        scale += isNegativeExponent ? -exponent : exponent
      }
      const isShort = wholeDigits <= maxWholeDigits && scale >= -maxExactExponent && scale <= maxExactExponent
      if (isShort) value = Math.fround(scaled(significand - slack, scale))
      if (isShort && (slack === 0 || value === Math.fround(scaled(significand + slack, scale)))) {
        if (isNegative) value = -value
      } else {
        value = Number(ascii.decode(bytes.subarray(numberStart, at)))
      }
    }

    if (length === numbers.length) numbers = scratch.grow()
    numbers[length] = value
    length++

    byte = bytes[at] as number
    while (isSpace(byte)) byte = bytes[++at] as number
    at++
    if (byte === closeBracket) return { numbers: numbers.slice(0, length), end: at }
    if (byte !== comma) return undefined
  }
}

/** White space of JSON. The first comparison decides for nearly every byte. */
function isSpace(byte: number): boolean {
  return byte <= space && (byte === space || byte === 0x0a || byte === 0x0d || byte === 0x09)
}

function scaled(significand: number, scale: number): number {
  return scale < 0 ? significand / (exactPowers[-scale] as number) : significand * (exactPowers[scale] as number)
}

function wordAt(bytes: Uint8Array, at: number): readonly [word: string, value: number] | undefined {
  return words.find(([word]) => hasWordAt(bytes, at, word))
}

/** Whether the bytes from an offset on are those of an ASCII word. */
export function hasWordAt(bytes: Uint8Array, at: number, word: string): boolean {
  for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word.charCodeAt(index)) return false
  return true
}
