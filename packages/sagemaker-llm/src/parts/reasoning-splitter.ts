import { PartialMatcher } from '../contract/partial-match.ts'
import type { Marker } from './reasoning-tags.ts'
import { TagFinder } from './tag-finder.ts'

/** A piece of what a model wrote, and what it is. */
export interface AnswerPiece {
  readonly type: 'text' | 'reasoning'
  readonly text: string
}

/** How reasoning is found in a text. */
export interface ReasoningSplitterOptions {
  /**
   * `split`: also by a closing tag only, for which all text waits until the first tag. `auto`: by a marker with which the text
   * begins; any other text is given out at once.
   */
  readonly mode: 'split' | 'auto'
  readonly markers: readonly Marker[]
  /** The prompt ends with this marker: the text begins within its reasoning. */
  readonly startsWithin?: Marker | undefined
}

/**
 * Splits reasoning between tags such as `<think>` and `</think>` off a text, wherever it is cut into pieces. The cost is linear in the
 * text.
 *
 * - Models whose chat template has already written the opening tag send the closing one only: everything before it is
 *   reasoning (mode `split`).
 * - White space around the tags belongs to neither side.
 * - After a block, another one is known by its opening tag at the start of a line; further tags within a line are text: there, a
 *   model writes about them.
 * - A block that is never closed is reasoning to its end.
 */
export class ReasoningSplitter {
  readonly #markers: readonly Marker[]
  readonly #opens: readonly string[]
  readonly #openMatcher: PartialMatcher
  readonly #tagMatcher: PartialMatcher
  #state: 'undecided' | 'start' | 'reasoning' | 'text' | 'plain'
  /** All text while undecided, white space at the start. Only appended to, so that it costs nothing until it is given out. */
  #waiting = ''
  /** The end of the text so far that may belong to a tag: always shorter than the longest of them. */
  #held = ''
  /** Ends the reasoning. */
  #close = ''
  #closeMatcher = new PartialMatcher([])
  /** White space at the start of the current piece is dropped. */
  #atStart = false
  /** Nothing but white space since the last line break of the text. */
  #lineIsBlank = true
  /** The prompt has the opening tag, and the model may write it once more. */
  #mayOpenAgain: string | undefined

  constructor({ mode, markers, startsWithin }: ReasoningSplitterOptions) {
    this.#markers = markers
    this.#opens = markers.map(({ open }) => open)
    this.#openMatcher = new PartialMatcher(this.#opens)
    this.#tagMatcher = new PartialMatcher([...this.#opens, ...markers.flatMap(({ close }) => close ?? [])])
    this.#state = mode === 'split' ? 'undecided' : 'start'
    this.#mayOpenAgain = startsWithin?.open
    if (startsWithin !== undefined) this.#enter(startsWithin)
  }

  /** Takes the next piece of text and returns what it completes. */
  push(piece: string): readonly AnswerPiece[] {
    if (this.#state === 'plain') return [{ type: 'text', text: piece }]
    if (this.#state === 'undecided') this.#waiting += piece
    const finder = new TagFinder(this.#held + piece)
    this.#held = ''
    const pieces: AnswerPiece[] = []
    for (let from: number | undefined = 0; from !== undefined;) from = this.#read(finder, from, pieces)
    return pieces
  }

  /** Settles that nothing here is reasoning, because the container has sent the reasoning apart from the text. */
  settleAsText(): readonly AnswerPiece[] {
    if (this.#state !== 'undecided' && this.#state !== 'start') return []
    const pieces = this.end()
    this.#state = 'plain'
    return pieces
  }

  /** Ends the text and returns what was held back. */
  end(): readonly AnswerPiece[] {
    const { waiting, held } = this.#taken()
    if (this.#state === 'undecided') return waiting === '' ? [] : [{ type: 'text', text: waiting }]
    const pieces: AnswerPiece[] = []
    if (this.#state !== 'reasoning') this.#show('text', waiting + held, pieces)
    else if (held !== '') this.#show('reasoning', waiting + held, pieces)
    return pieces
  }

  /** Reads a text from an index to the next change of state and returns its index; `undefined` at the end of the text. */
  #read(finder: TagFinder, from: number, pieces: AnswerPiece[]): number | undefined {
    if (this.#state === 'undecided') return this.#decide(finder, pieces)
    if (this.#state === 'start') return this.#look(finder, pieces)
    return this.#state === 'reasoning' ? this.#reason(finder, from, pieces) : this.#write(finder, from, pieces)
  }

  /** Mode `split`, before the first tag. */
  #decide(finder: TagFinder, pieces: AnswerPiece[]): number | undefined {
    // Only the last few characters are looked at again: a long text without tags costs no more than one pass.
    const window = finder.text
    if (!this.#tagMatcher.mayBeIn(window)) return undefined
    const opening = earliest(finder, this.#markers, ({ open }) => open, 0)
    const closing = earliest(finder, this.#markers, ({ close }) => close, 0)
    if (opening === undefined && closing === undefined) {
      this.#held = window.slice(window.length - this.#tagMatcher.heldLength(window))
      return undefined
    }
    const opens = closing === undefined || (opening !== undefined && opening.at < closing.at)
    const found = (opens ? opening : closing) ?? { at: 0, length: 0, marker: answerMarker }
    const { waiting } = this.#taken()
    const before = waiting.slice(0, waiting.length - window.length + found.at)
    const first: AnswerPiece = opens ? { type: 'text', text: before } : { type: 'reasoning', text: before.trim() }
    if (first.text.trim() !== '') pieces.push(first)
    this.#enter(opens ? found.marker : answerMarker)
    return found.at + found.length
  }

  /** Mode `auto`, before the first characters that are not white space. */
  #look({ text }: TagFinder, pieces: AnswerPiece[]): number | undefined {
    const start = text.trimStart()
    const startsAt = text.length - start.length
    this.#waiting += text.slice(0, startsAt)
    const marker = this.#markers.find(({ open }) => start.startsWith(open))
    if (marker !== undefined && !this.#mayStartWithLonger(start, marker)) {
      this.#taken()
      this.#enter(marker)
      return startsAt + marker.open.length
    }
    if (this.#opens.some((open) => open.startsWith(start))) {
      this.#held = start
      return undefined
    }
    this.#state = 'plain'
    pieces.push({ type: 'text', text: this.#taken().waiting + start })
    return undefined
  }

  /** Tags of the caller may begin like known ones. */
  #mayStartWithLonger(start: string, { open }: Marker): boolean {
    return this.#opens.some((other) => other.length > open.length && other.startsWith(start))
  }

  #reason(finder: TagFinder, from: number, pieces: AnswerPiece[]): number | undefined {
    const { text } = finder
    let start = from
    const open = this.#mayOpenAgain
    if (open !== undefined) {
      const rest = text.slice(from).trimStart()
      if (rest.length < open.length && open.startsWith(rest)) {
        this.#held = rest
        return undefined
      }
      this.#mayOpenAgain = undefined
      start = text.length - rest.length + (rest.startsWith(open) ? open.length : 0)
    }
    const closingAt = finder.indexOf(this.#close, start)
    const end = closingAt === -1 ? text.length - this.#closeMatcher.heldLength(text.slice(start)) : closingAt
    const certain = text.slice(start, end)
    const shown = certain.trimEnd()
    // White space waits: it is dropped if the closing tag follows.
    if (shown !== '') this.#show('reasoning', this.#taken().waiting + shown, pieces)
    this.#waiting += certain.slice(shown.length)
    if (closingAt === -1) {
      this.#held = text.slice(end)
      return undefined
    }
    const { length } = this.#close
    this.#taken()
    this.#enter(answerMarker)
    return closingAt + length
  }

  /** Text behind a block. */
  #write(finder: TagFinder, from: number, pieces: AnswerPiece[]): number | undefined {
    const { text } = finder
    const startsBlank = this.#lineIsBlank
    // Each part of the text is looked at once for the start of its last line.
    let seen = from
    let isBlank = startsBlank
    let found = earliest(finder, this.#markers, ({ open }) => open, from)
    while (found !== undefined) {
      isBlank = isBlankLine(text.slice(seen, found.at), isBlank)
      seen = found.at
      if (isBlank) {
        this.#show('text', text.slice(from, found.at), pieces)
        this.#enter(found.marker)
        return found.at + found.length
      }
      found = earliest(finder, this.#markers, ({ open }) => open, found.at + 1)
    }
    const rest = text.slice(from)
    const length = text.length - this.#openMatcher.heldLength(rest)
    const isHeld =
      length >= seen
        ? isBlankLine(text.slice(seen, length), isBlank)
        : isBlankLine(text.slice(from, length), startsBlank)
    if (isHeld) {
      this.#lineIsBlank = true
      this.#held = text.slice(length)
      this.#show('text', text.slice(from, length), pieces)
    } else {
      this.#lineIsBlank = isBlankLine(text.slice(seen), isBlank)
      this.#show('text', rest, pieces)
    }
    return undefined
  }

  #enter({ close }: Marker): void {
    this.#state = close === undefined ? 'text' : 'reasoning'
    this.#close = close ?? ''
    if (close !== undefined) this.#closeMatcher = new PartialMatcher([close])
    this.#atStart = true
    this.#lineIsBlank = true
  }

  /** What was held back, which is not held back any more. */
  #taken(): { readonly waiting: string; readonly held: string } {
    const taken = { waiting: this.#waiting, held: this.#held }
    this.#waiting = ''
    this.#held = ''
    return taken
  }

  #show(type: AnswerPiece['type'], piece: string, pieces: AnswerPiece[]): void {
    const text = this.#atStart ? piece.trimStart() : piece
    if (text === '') return
    this.#atStart = false
    pieces.push({ type, text })
  }
}

const answerMarker: Marker = { open: '', close: undefined }

interface Found {
  readonly at: number
  readonly length: number
  readonly marker: Marker
}

/** Whether the last line of a text has nothing but white space. A text without a line break goes on with the line before. */
function isBlankLine(text: string, lineBeforeIsBlank: boolean): boolean {
  const lineAt = text.lastIndexOf('\n') + 1
  return text.slice(lineAt).trim() === '' && (lineAt > 0 || lineBeforeIsBlank)
}

/** The tag that comes first in a text; of several at one place the longest. */
function earliest(
  finder: TagFinder,
  markers: readonly Marker[],
  tagOf: (marker: Marker) => string | undefined,
  from: number,
): Found | undefined {
  let found: Found | undefined
  for (const marker of markers) {
    const tag = tagOf(marker)
    const at = tag === undefined ? -1 : finder.indexOf(tag, from)
    if (tag === undefined || at === -1) continue
    if (found === undefined || at < found.at || (at === found.at && tag.length > found.length)) {
      found = { at, length: tag.length, marker }
    }
  }
  return found
}
