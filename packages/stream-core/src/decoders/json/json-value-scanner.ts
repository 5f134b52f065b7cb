// What the scanner waits for, by the grammar of RFC 8259. Up to `commaOrEnd`, white space may come first.
const value = 0
const valueOrEnd = 1
const keyOrEnd = 2
const key = 3
const colon = 4
const commaOrEnd = 5
const arrayStart = 6
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
const wordEnd = 19
// The value is complete with the character just read, or with the one before it; or the character is not JSON.
const complete = 20
const completeBefore = 21
const invalid = 22

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
  /** Whether a word that is a whole value is complete only when another character follows it, as a number is. */
  waitsAfterWords = false
  #state = value
  /** The open containers, innermost last: true for an object, false for an array. */
  readonly #containers: boolean[] = []
  #isKey = false
  #word = ''
  /** How much was read of the word, or how many hexadecimal digits. */
  #count = 0
  readonly #pythonNumbers: boolean

  /** @param pythonNumbers - whether `NaN`, `Infinity` and `-Infinity` are numbers */
  constructor(pythonNumbers: boolean = false) {
    this.#pythonNumbers = pythonNumbers
  }

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
    if (state <= commaOrEnd && isSpace(code)) return state
    switch (state) {
      case value:
        return this.#begin(code)
      case valueOrEnd:
        return code === 0x5d ? this.#close() : this.#begin(code)
      case keyOrEnd:
        return code === 0x7d ? this.#close() : this.#beginKey(code)
      case key:
        return this.#beginKey(code)
      case colon:
        return code === 0x3a ? value : invalid
      case commaOrEnd:
        return this.#separate(code)
      case arrayStart:
        if (code === 0x44 && this.#containers.length === 1) return this.#beginWord(done)
        return this.#next(valueOrEnd, code)
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
      case wordEnd:
        return completeBefore
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
        return isDigit(code) ? integer : this.#beginPythonNumber(code)
    }
  }

  #beginPythonNumber(code: number): number {
    if (!this.#pythonNumbers) return invalid
    if (code === 0x49) return this.#beginWord('Infinity')
    return code === 0x4e ? this.#beginWord('NaN') : invalid
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
    if (this.#word === done) return this.#close()
    return this.waitsAfterWords && this.#containers.length === 0 ? wordEnd : this.#end()
  }

  #continueNumber(state: number, code: number): number {
    if (isDigit(code) && state !== afterZero) {
      if (state === firstDigit) return code === 0x30 ? afterZero : integer
      if (state === integer) return integer
      return state <= fraction ? fraction : exponent
    }
    if (state === firstDigit && code === 0x49) return this.#beginPythonNumber(code)
    const isInteger = state === afterZero || state === integer
    if (code === 0x2e && isInteger) return firstFractionDigit
    if ((code | 0x20) === 0x65 && (isInteger || state === fraction)) return exponentSign
    if ((code === 0x2b || code === 0x2d) && state === exponentSign) return firstExponentDigit
    return isInteger || state === fraction || state === exponent ? this.#endNumber(code) : invalid
  }

  /** A number ends where another character comes; outside of containers this has to be one that separates it from the next. */
  #endNumber(code: number): number {
    if (this.#containers.length > 0) return this.#next(commaOrEnd, code)
    return isSpace(code) || code === recordSeparator || code === 0x7b || code === 0x5b || code === 0x22
      ? completeBefore
      : invalid
  }

  #separate(code: number): number {
    const isObject = this.#containers[this.#containers.length - 1]
    if (code === 0x2c) return isObject ? key : value
    return code === (isObject ? 0x7d : 0x5d) ? this.#close() : invalid
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
