/** Replaces text that was taken out. */
const placeholder = '[request text]'

/** Letters and digits that have to agree in a row before they count as an echo of the request. */
const echoLength = 8

const backslash = 0x5c

/** Members whose values are words of the protocol, not of the prompt. */
const protocolMembers: ReadonlySet<string> = new Set(['role', 'type', 'model', 'object'])

/**
 * Takes everything out of a container's message that the request said, so that the message can be logged. Containers
 * like to echo what they could not digest: whole, in part, JSON-escaped, or as Python prints it. Compared are letters
 * and digits alone, ignoring case; eight in a row that also occur in a string of the request are an echo, and so is a
 * whole shorter string of the request standing as words of its own. Member names of a JSON request are not its text:
 * "`temperature` must be strictly positive" stays readable.
 */
export function withoutRequestText(message: string, request: string): string {
  const { letters, offsets } = lettersOf(message)
  const echoed = new Uint8Array(message.length)
  const starts = positionsOfWindows(letters)
  for (const text of textsOf(request)) {
    const said = lettersOf(text).letters
    if (said.length >= echoLength) markWindows(said, letters, starts, offsets, echoed)
    else if (said.length > 0) markWords(text.trim(), message, echoed)
  }
  return replaceMarked(message, echoed)
}

/** The strings of a JSON request, or the whole of any other. */
function textsOf(request: string): readonly string[] {
  let value: unknown
  try {
    value = JSON.parse(request)
  } catch {
    return [request]
  }
  const texts: string[] = []
  collectStrings(value, texts)
  return texts
}

function collectStrings(value: unknown, texts: string[]): void {
  if (typeof value === 'string') texts.push(value)
  else if (Array.isArray(value)) for (const item of value) collectStrings(item, texts)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) if (!protocolMembers.has(name)) collectStrings(member, texts)
  }
}

interface Letters {
  readonly letters: string
  /** Where in the text each letter stands. */
  readonly offsets: readonly number[]
}

/** Lower-case letters and digits of a text, escape sequences resolved. */
function lettersOf(text: string): Letters {
  let letters = ''
  const offsets: number[] = []
  for (let index = 0; index < text.length; index++) {
    const start = index
    let unit = text.charCodeAt(index)
    if (unit === backslash) {
      const escape = /^u([\da-f]{4})/i.exec(text.slice(index + 1, index + 6))
      unit = escape?.[1] === undefined ? 0 : Number.parseInt(escape[1], 16)
      index += escape ? 5 : 1
    }
    if (!isLetter(unit)) continue
    letters += String.fromCharCode(lowerCase(unit))
    offsets.push(start)
  }
  return { letters, offsets }
}

/** UTF-16 unit of a letter or digit of any script; each half of a surrogate pair counts as one. */
function isLetter(unit: number): boolean {
  if (unit < 0x80) return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122)
  return /[\p{L}\p{N}\p{M}\p{Cs}]/u.test(String.fromCharCode(unit))
}

function lowerCase(unit: number): number {
  if (unit < 0x80) return unit >= 65 && unit <= 90 ? unit + 32 : unit
  return String.fromCharCode(unit).toLowerCase().charCodeAt(0)
}

/** Every window of `echoLength` letters by its hash, so that a request of many megabytes is read once. */
function positionsOfWindows(letters: string): ReadonlyMap<number, number[]> {
  const positions = new Map<number, number[]>()
  forEachWindow(letters, (hash, start) => {
    const known = positions.get(hash)
    if (known) known.push(start)
    else positions.set(hash, [start])
  })
  return positions
}

/** Rolling polynomial hash (Rabin-Karp) modulo 2^32. */
function forEachWindow(letters: string, visit: (hash: number, start: number) => void): void {
  const factor = 0x01000193
  let leading = 1
  for (let power = 1; power < echoLength; power++) leading = Math.imul(leading, factor)
  let hash = 0
  for (let index = 0; index < letters.length; index++) {
    if (index >= echoLength) hash = (hash - Math.imul(letters.charCodeAt(index - echoLength), leading)) | 0
    hash = (Math.imul(hash, factor) + letters.charCodeAt(index)) | 0
    if (index >= echoLength - 1) visit(hash, index - echoLength + 1)
  }
}

function markWindows(
  said: string,
  letters: string,
  starts: ReadonlyMap<number, number[]>,
  offsets: readonly number[],
  echoed: Uint8Array,
): void {
  forEachWindow(said, (hash, from) => {
    for (const start of starts.get(hash) ?? []) {
      if (!letters.startsWith(said.slice(from, from + echoLength), start)) continue
      const first = offsets[start] ?? 0
      const last = offsets[start + echoLength - 1] ?? first
      echoed.fill(1, first, last + 1)
    }
  })
}

function markWords(words: string, message: string, echoed: Uint8Array): void {
  const literal = words.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
  const asWords = new RegExp(String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])`, 'giu')
  for (const match of message.matchAll(asWords)) echoed.fill(1, match.index, match.index + words.length)
}

/** Marks grow to whole words, and marks with nothing but punctuation between them grow together. */
function replaceMarked(message: string, echoed: Uint8Array): string {
  let clean = ''
  let marked = false
  for (const { 0: word, index } of message.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]/gu)) {
    const hit = echoed.subarray(index, index + word.length).includes(1)
    if (hit && !marked) clean += placeholder
    else if (!hit) clean += word
    marked = hit
  }
  return clean.replaceAll(/(\[request text\])(?:[^\p{L}\p{N}]*\[request text\])+/gu, '$1')
}
