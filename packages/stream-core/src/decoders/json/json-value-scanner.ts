// What the scanner waits for, by the grammar of RFC 8259.
const value = 0
const arrayStart = 1
const valueOrEnd = 2
const keyOrEnd = 3
const key = 4
const colon = 5
const commaOrEnd = 6
const string = 7
const escape = 8
const hexDigit = 9
const word = 10
const firstDigit = 11
const afterZero = 12
const integer = 13
const firstFractionDigit = 14
const fraction = 15
const exponentSign = 16
const firstExponentDigit = 17
const exponent = 18
// The value is complete with the character just read, or with the one before it; or the character is not JSON.
const complete = 19
const completeBefore = 20
const invalid = 21

const recordSeparator = 0x1e
/** What follows the bracket of `[DONE]`. */
const done = 'DONE]'

/** The text is used up, and the value that it holds goes on. */
export const unfinished = -1
/** The text cannot be JSON. */
export const notJson = -2

/**
 * Finds the end of each JSON value, and the first character that cannot be JSON, in text that comes in parts. It looks at each
 * character once and keeps none. `[DONE]`, which ends streams of chat completions, counts as a value.
 */
export class JsonValueScanner {
  #state = value
  /** The open containers, innermost last: true for an object, false for an array. */
  readonly #containers: boolean[] = []
  #isKey = false
  #word = ''
  /** How much was read of the word, or how many hexadecimal digits. */
  #count = 0

  /**
   * Reads `text[start..end)` until a value ends: returns the index after that value, `unfinished`, or `notJson`. After a value
   * the scanner is ready for the next one; white space between two values is up to the caller.
   */
  scan(text: string, start: number, end: number): number {
    let state = this.#state
    for (let index = start; index < end; index++) {
      let code = text.charCodeAt(index)
      if (state === string) {
        while (code !== 0x22 && code !== 0x5c && code >= 0x20 && ++index < end) code = text.charCodeAt(index)
        if (index === end) break
      }
      state = this.#next(state, code)
      if (state >= complete) {
        this.#state = value
        if (state === invalid) return notJson
        return state === complete ? index + 1 : index
      }
    }
    this.#state = state
    return unfinished
  }

  #next(state: number, code: number): number {
    switch (state) {
      case value:
        return isSpace(code) ? value : this.#begin(code)
      case arrayStart:
        if (code === 0x44 && this.#containers.length === 1) return this.#beginWord(done)
        return this.#next(valueOrEnd, code)
      case valueOrEnd:
        if (code === 0x5d) return this.#close()
        return isSpace(code) ? valueOrEnd : this.#begin(code)
      case keyOrEnd:
        if (code === 0x7d) return this.#close()
        return isSpace(code) ? keyOrEnd : this.#beginKey(code)
      case key:
        return isSpace(code) ? key : this.#beginKey(code)
      case colon:
        if (code === 0x3a) return value
        return isSpace(code) ? colon : invalid
      case commaOrEnd:
        return this.#separate(code)
      case string:
        if (code === 0x22) return this.#isKey ? colon : this.#end()
        return code === 0x5c ? escape : invalid
      case escape:
        this.#count = 0
        if (code === 0x75) return hexDigit
        return isEscape(code) ? string : invalid
      case hexDigit:
        if (!isHexDigit(code)) return invalid
        return ++this.#count === 4 ? string : hexDigit
      case word:
        return this.#continueWord(code)
      default:
        return this.#continueNumber(state, code)
    }
  }

  #begin(code: number): number {
    switch (code) {
      case 0x7b:
        this.#containers.push(true)
        return keyOrEnd
      case 0x5b:
        this.#containers.push(false)
        return arrayStart
      case 0x22:
        this.#isKey = false
        return string
      case 0x74:
        return this.#beginWord('true')
      case 0x66:
        return this.#beginWord('false')
      case 0x6e:
        return this.#beginWord('null')
      case 0x2d:
        return firstDigit
      case 0x30:
        return afterZero
      default:
        return isDigit(code) ? integer : invalid
    }
  }

  #beginKey(code: number): number {
    this.#isKey = true
    return code === 0x22 ? string : invalid
  }

  #beginWord(text: string): number {
    this.#word = text
    this.#count = 1
    return word
  }

  #continueWord(code: number): number {
    if (code !== this.#word.charCodeAt(this.#count)) return invalid
    if (++this.#count < this.#word.length) return word
    return this.#word === done ? this.#close() : this.#end()
  }

  #continueNumber(state: number, code: number): number {
    switch (state) {
      case firstDigit:
        if (code === 0x30) return afterZero
        return isDigit(code) ? integer : invalid
      case afterZero:
        return this.#fractionOrExponent(code)
      case integer:
        return isDigit(code) ? integer : this.#fractionOrExponent(code)
      case firstFractionDigit:
        return isDigit(code) ? fraction : invalid
      case fraction:
        return isDigit(code) ? fraction : this.#exponentOrEnd(code)
      case exponentSign:
        if (code === 0x2b || code === 0x2d) return firstExponentDigit
        return isDigit(code) ? exponent : invalid
      case firstExponentDigit:
        return isDigit(code) ? exponent : invalid
      default:
        return isDigit(code) ? exponent : this.#endNumber(code)
    }
  }

  #fractionOrExponent(code: number): number {
    return code === 0x2e ? firstFractionDigit : this.#exponentOrEnd(code)
  }

  #exponentOrEnd(code: number): number {
    return code === 0x65 || code === 0x45 ? exponentSign : this.#endNumber(code)
  }

  /** A number ends where another character comes; outside of containers this has to be one that separates it from the next. */
  #endNumber(code: number): number {
    if (this.#containers.length > 0) return this.#separate(code)
    return isSpace(code) || code === recordSeparator || code === 0x7b || code === 0x5b || code === 0x22
      ? completeBefore
      : invalid
  }

  #separate(code: number): number {
    const isObject = this.#containers[this.#containers.length - 1]
    if (code === 0x2c) return isObject ? key : value
    if (code === (isObject ? 0x7d : 0x5d)) return this.#close()
    return isSpace(code) ? commaOrEnd : invalid
  }

  #close(): number {
    this.#containers.pop()
    return this.#end()
  }

  #end(): number {
    return this.#containers.length === 0 ? complete : commaOrEnd
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isHexDigit(code: number): boolean {
  return isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66)
}

/** Whether the character may follow a backslash, `u` aside: one of " \\ / b f n r t. */
function isEscape(code: number): boolean {
  return '"\\/bfnrt'.includes(String.fromCharCode(code))
}
