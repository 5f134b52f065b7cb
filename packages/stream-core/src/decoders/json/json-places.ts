import { joinBytes } from '../../bytes/join-bytes.ts'
import type { JoinedLine, LineParts, LineScanner } from '../text/line-scanner.ts'
import { encoder, replacement } from '../text/utf8-reader.ts'

/** Positions in bytes of the places of a text, looked up once for all places. */
interface Positions {
  readonly of: unknown
  readonly positions: Uint32Array
}

/** Finds the byte offsets in the input of places in the texts that a `LineScanner` gives its sink. */
export class JsonPlaces {
  readonly #lines: LineScanner
  /** Whether places are looked up again and again, so that it is worth to look them all up at once. */
  readonly #areMany: boolean
  #latest: Positions | undefined
  #joined: Positions | undefined

  constructor(lines: LineScanner, areMany: boolean) {
    this.#lines = lines
    this.#areMany = areMany
  }

  /** Byte offset of `text[index]`, for a text that the sink has been given since the last chunk began. For `index` see `bytePosition`. */
  offsetOf(text: string, index: number): number {
    const joined = this.#lines.joinedIn(text)
    if (joined === undefined) return this.#offsetInLatest(index)
    const indexInHead = index - joined.rest.length
    return indexInHead < 0
      ? joined.byteOffset + this.#positionInRest(joined, index)
      : this.#offsetInLatest(joined.headStart + indexInHead)
  }

  /**
   * What is kept of an unfinished line, of which `rest` is there, when `text[start..]` is added to it: nothing until malformed bytes may
   * have been replaced in it.
   */
  keepPart(parts: LineParts | undefined, rest: string, text: string, start: number): LineParts | undefined {
    const isReplaced = text.includes(replacement, start)
    if (!isReplaced && parts === undefined) return undefined
    const { utf8 } = this.#lines
    const part = isReplaced ? utf8.bytes.slice(utf8.offsetOf(start) - utf8.endOffset) : text.slice(start)
    const kept = parts ?? [rest]
    kept.push(part)
    return kept
  }

  #offsetInLatest(index: number): number {
    const { text, bytes, endOffset } = this.#lines.utf8
    if (!this.#areMany || text.length === bytes.length) return this.#lines.utf8.offsetOf(index)
    if (this.#latest?.of !== endOffset) this.#latest = { of: endOffset, positions: bytePositions(text, bytes) }
    return endOffset - bytes.length + (this.#latest.positions[index] as number)
  }

  #positionInRest(joined: JoinedLine, index: number): number {
    if (this.#joined?.of !== joined) {
      const parts = (joined.parts ?? [joined.rest]).map((part) =>
        typeof part === 'string' ? encoder.encode(part) : part,
      )
      this.#joined = { of: joined, positions: bytePositions(joined.rest, joinBytes(parts)) }
    }
    return this.#joined.positions[index] as number
  }
}

/** `bytePosition` for each place of a text. */
function bytePositions(text: string, bytes: Uint8Array): Uint32Array {
  const positions = new Uint32Array(text.length + 1)
  let position = 0
  for (let index = 0; index < text.length; index++) {
    positions[index] = position
    if (text.charCodeAt(index) >= 0x80) continue
    while ((bytes[position] as number) >= 0x80) position++
    positions[index] = position++
  }
  positions[text.length] = bytes.length
  return positions
}
