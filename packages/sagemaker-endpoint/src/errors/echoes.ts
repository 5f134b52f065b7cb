/** Texts that must not appear in a message, and what takes their place. */
export interface EchoSource {
  readonly texts: Iterable<string>
  readonly placeholder: string
}

/** Letters and digits in a row that have to agree before they count as an echo. */
const windowLength = 8

/** A whole text that is shorter than a window counts if it has this many letters or digits. */
const minWordLength = 3

/**
 * Takes every echo of some texts out of a message: whole, in part, escaped for JSON, URLs or HTML, or as Python prints
 * it. Compared are letters and digits only, ignoring case. Eight in a row that a text also has are an echo, and so is a
 * whole shorter text that stands as separate words. Costs as much as reading the message and the texts once.
 *
 * @param message - must be short: the caller cuts it.
 */
export function withoutEchoes(message: string, sources: readonly EchoSource[]): string {
  const letters = lettersOf(message)
  if (letters.units.length < minWordLength) return message
  const marks = new Uint8Array(message.length)
  sources.forEach(({ texts }, index) => markEchoes(message, letters, texts, marks, index + 1))
  return replaceMarked(message, marks, sources)
}

/** Letters and digits of a text in lower case, and where each of them starts and ends in the text. */
interface Letters {
  readonly units: readonly number[]
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

function lettersOf(text: string): Letters {
  const units: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  forEachLetter(text, (unit, start, end) => {
    units.push(unit)
    starts.push(start)
    ends.push(end)
  })
  return { units, starts, ends }
}

const backslash = 0x5c
const percent = 0x25
const ampersand = 0x26

/** Visits the letters and digits of a text, with escape sequences resolved. */
function forEachLetter(text: string, visit: (unit: number, start: number, end: number) => void): void {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit === backslash || unit === percent || unit === ampersand) {
      const { value, length } = escapeAt(text, index, unit)
      for (let at = 0; at < value.length; at++) {
        const letter = letterOf(value.charCodeAt(at))
        if (letter !== 0) visit(letter, index, index + length)
      }
      index += length - 1
      continue
    }
    const letter = letterOf(unit)
    if (letter !== 0) visit(letter, index, index + 1)
  }
}

interface Escape {
  readonly value: string
  readonly length: number
}

/** `\u00eb`, `\xc3\xab`, `\n`, `%C3%AB`, `&quot;`, `&#39;` */
function escapeAt(text: string, index: number, unit: number): Escape {
  // No sequence is longer, except bytes in a row, of which a character has four at most.
  const rest = text.slice(index, index + 16)
  if (unit === percent) return bytesAt(/^(?:%[\da-f]{2}){1,4}/i.exec(rest)?.[0], '%') ?? { value: '', length: 1 }
  if (unit === ampersand) {
    const [entity, code] = /^&(?:#(\d{1,6})|[a-z]{2,6});/i.exec(rest) ?? ['&']
    return { value: code === undefined ? '' : String.fromCharCode(Number(code)), length: entity.length }
  }
  const [unicode, hex = ''] = /^\\u([\da-f]{4})/i.exec(rest) ?? []
  if (unicode !== undefined) return { value: String.fromCharCode(Number.parseInt(hex, 16)), length: unicode.length }
  return bytesAt(/^(?:\\x[\da-f]{2}){1,4}/i.exec(rest)?.[0], String.raw`\x`) ?? { value: '', length: 2 }
}

/** The first character among escaped bytes. */
function bytesAt(escaped: string | undefined, mark: string): Escape | undefined {
  if (escaped === undefined) return undefined
  const bytes = escaped
    .split(mark)
    .slice(1)
    .map((hex) => Number.parseInt(hex, 16))
  const first = bytes[0] ?? 0
  const size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  return {
    value: new TextDecoder().decode(Uint8Array.from(bytes.slice(0, size))),
    length: Math.min(size, bytes.length) * (mark.length + 2),
  }
}

/** For each UTF-16 unit above ASCII: 0 if it has not been asked for, 1 if it is no letter, else its lower case. */
const known = new Uint16Array(0x10000)

/** The lower case of a letter or digit of any script; 0 for anything else. Each half of a surrogate pair counts as one. */
function letterOf(unit: number): number {
  if (unit < 0x80) {
    if (unit >= 65 && unit <= 90) return unit + 32
    return (unit >= 48 && unit <= 57) || (unit >= 97 && unit <= 122) ? unit : 0
  }
  let letter = known[unit] as number
  if (letter === 0) {
    const text = String.fromCharCode(unit)
    letter = /[\p{L}\p{N}\p{M}\p{Cs}]/u.test(text) ? text.toLowerCase().charCodeAt(0) : 1
    known[unit] = letter
  }
  return letter === 1 ? 0 : letter
}

/** Unpredictable, so that a message cannot be written in which all windows have the same hash. */
const factor = ((Math.random() * 2 ** 31) | 1) >>> 0

let leading = 1
for (let power = 1; power < windowLength; power++) leading = Math.imul(leading, factor)

/** Rolling polynomial hash (Rabin-Karp) modulo 2^32 of the last letters that were added. */
class RollingHash {
  readonly last = new Uint16Array(windowLength)
  count = 0
  hash = 0

  /** Whether there is a whole window. */
  add(unit: number): boolean {
    const slot = this.count % windowLength
    if (this.count >= windowLength) this.hash = (this.hash - Math.imul(this.last[slot] as number, leading)) | 0
    this.hash = (Math.imul(this.hash, factor) + unit) | 0
    this.last[slot] = unit
    this.count++
    return this.count >= windowLength
  }

  /** Whether the window is the one that starts there. */
  isAt(units: readonly number[], start: number): boolean {
    for (let at = 0; at < windowLength; at++)
      if (units[start + at] !== this.last[(this.count + at) % windowLength]) return false
    return true
  }
}

/** The starts of each distinct window of a message, by its hash. */
type Windows = Map<number, number[][]>

function windowsOf(units: readonly number[]): Windows {
  const windows: Windows = new Map()
  const rolling = new RollingHash()
  units.forEach((unit, index) => {
    if (!rolling.add(unit)) return
    const start = index - windowLength + 1
    const groups = windows.get(rolling.hash) ?? []
    windows.set(rolling.hash, groups)
    const same = groups.find(([first = 0]) => rolling.isAt(units, first))
    if (same === undefined) groups.push([start])
    else same.push(start)
  })
  return windows
}

function markEchoes(message: string, letters: Letters, texts: Iterable<string>, marks: Uint8Array, mark: number): void {
  const { units, starts, ends } = letters
  const windows = windowsOf(units)
  const words = new Map<string, string>()
  const markLetters = (from: number, to: number): void => {
    marks.fill(mark, starts[from], ends[to - 1])
  }
  for (const text of texts) {
    const rolling = new RollingHash()
    forEachLetter(text, (unit) => {
      if (!rolling.add(unit)) return
      const groups = windows.get(rolling.hash)
      const group = groups?.find(([first = 0]) => rolling.isAt(units, first))
      if (groups === undefined || group === undefined) return
      for (const start of group) markLetters(start, start + windowLength)
      // Each window is marked once, however often the text has it.
      groups.splice(groups.indexOf(group), 1)
      if (groups.length === 0) windows.delete(rolling.hash)
    })
    if (rolling.count >= minWordLength && rolling.count < windowLength)
      words.set(String.fromCharCode(...rolling.last.subarray(0, rolling.count)), text.trim())
  }
  for (const { from, to, text } of wordsIn(letters, words)) {
    markLetters(from, to)
    // With its own punctuation around it, if that is there, too.
    const at = message.indexOf(text, Math.max(0, (starts[from] as number) - text.length))
    if (at >= 0 && at <= (starts[from] as number)) marks.fill(mark, at, at + text.length)
  }
}

interface FoundWord {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** Runs of whole words of the message that are one of the short texts. */
function* wordsIn({ units, starts, ends }: Letters, words: ReadonlyMap<string, string>): Generator<FoundWord> {
  if (words.size === 0) return
  const isBoundary = (index: number): boolean =>
    index === 0 || index === units.length || (starts[index] as number) > (ends[index - 1] as number)
  for (let from = 0; from < units.length; from++) {
    if (!isBoundary(from)) continue
    let word = ''
    for (let to = from + 1; to <= units.length && to - from < windowLength; to++) {
      word += String.fromCharCode(units[to - 1] as number)
      const text = isBoundary(to) ? words.get(word) : undefined
      if (text !== undefined) yield { from, to, text }
    }
  }
}

/** Marks grow to whole words, and equal marks with nothing but punctuation between them grow together. */
function replaceMarked(message: string, marks: Uint8Array, sources: readonly EchoSource[]): string {
  let clean = ''
  let punctuation = ''
  let last = 0
  for (const { 0: token, index } of message.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]/gu)) {
    const mark = marks.subarray(index, index + token.length).reduce((highest, value) => Math.max(highest, value), 0)
    if (mark === 0) {
      punctuation += token
      if (letterOf(token.charCodeAt(0)) === 0) continue
      clean += punctuation
      last = 0
    } else if (mark !== last) {
      clean += punctuation + (sources[mark - 1]?.placeholder ?? '')
      last = mark
    }
    punctuation = ''
  }
  return clean + punctuation
}
