import { PartialMatcher } from './partial-match.ts'
import type { Marker } from './reasoning-tags.ts'

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
    if (this.#state === 'undecided') return this.#decide(piece)
    if (this.#state === 'start') return this.#look(piece)
    return this.#state === 'reasoning' ? this.#reason(piece) : this.#write(piece)
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
    if (this.#state === 'reasoning') return held === '' ? [] : this.#show('reasoning', waiting + held)
    return waiting + held === '' ? [] : this.#show('text', waiting + held)
  }

  /** Mode `split`, before the first tag. */
  #decide(piece: string): readonly AnswerPiece[] {
    // Only the last few characters are looked at again: a long text without tags costs no more than one pass.
    const window = this.#held + piece
    this.#waiting += piece
    if (!this.#tagMatcher.mayBeIn(window)) {
      this.#held = ''
      return []
    }
    const opening = earliest(window, this.#markers, ({ open }) => open)
    const closing = earliest(window, this.#markers, ({ close }) => close)
    if (opening === undefined && closing === undefined) {
      this.#held = window.slice(window.length - this.#tagMatcher.heldLength(window))
      return []
    }
    const opens = closing === undefined || (opening !== undefined && opening.at < closing.at)
    const found = (opens ? opening : closing) ?? { at: 0, length: 0, marker: answerMarker }
    const tagAt = this.#waiting.length - window.length + found.at
    const before = this.#waiting.slice(0, tagAt)
    const after = this.#waiting.slice(tagAt + found.length)
    this.#taken()
    const first: AnswerPiece = opens ? { type: 'text', text: before } : { type: 'reasoning', text: before.trim() }
    this.#enter(opens ? found.marker : answerMarker)
    return [...(first.text.trim() === '' ? [] : [first]), ...this.push(after)]
  }

  /** Mode `auto`, before the first characters that are not white space. */
  #look(piece: string): readonly AnswerPiece[] {
    const start = this.#held === '' ? piece.trimStart() : this.#held + piece
    if (this.#held === '') this.#waiting += piece.slice(0, piece.length - start.length)
    const marker = this.#markers.find(({ open }) => start.startsWith(open))
    if (marker !== undefined && !this.#mayStartWithLonger(start, marker)) {
      this.#taken()
      this.#enter(marker)
      return this.push(start.slice(marker.open.length))
    }
    if (this.#opens.some((open) => open.startsWith(start))) {
      this.#held = start
      return []
    }
    const { waiting } = this.#taken()
    this.#state = 'plain'
    return this.push(waiting + start)
  }

  /** Tags of the caller may begin like known ones. */
  #mayStartWithLonger(start: string, { open }: Marker): boolean {
    return this.#opens.some((other) => other.length > open.length && other.startsWith(start))
  }

  #reason(piece: string): readonly AnswerPiece[] {
    let text = this.#held + piece
    this.#held = ''
    const open = this.#mayOpenAgain
    if (open !== undefined) {
      text = text.trimStart()
      if (text.length < open.length && open.startsWith(text)) {
        this.#held = text
        return []
      }
      this.#mayOpenAgain = undefined
      if (text.startsWith(open)) text = text.slice(open.length)
    }
    const closingAt = text.indexOf(this.#close)
    const length = closingAt === -1 ? text.length - this.#closeMatcher.heldLength(text) : closingAt
    const certain = text.slice(0, length)
    const shown = certain.trimEnd()
    // White space waits: it is dropped if the closing tag follows.
    const pieces = shown === '' ? [] : this.#show('reasoning', this.#taken().waiting + shown)
    this.#waiting += certain.slice(shown.length)
    if (closingAt === -1) {
      this.#held = text.slice(length)
      return pieces
    }
    const rest = text.slice(closingAt + this.#close.length)
    this.#taken()
    this.#enter(answerMarker)
    return [...pieces, ...this.push(rest)]
  }

  /** Text behind a block. */
  #write(piece: string): readonly AnswerPiece[] {
    const text = this.#held + piece
    this.#held = ''
    for (let from = 0; ;) {
      const found = earliest(text, this.#markers, ({ open }) => open, from)
      if (found === undefined) break
      if (this.#isAtLineStart(text, found.at)) {
        const pieces = this.#show('text', text.slice(0, found.at))
        this.#enter(found.marker)
        return [...pieces, ...this.push(text.slice(found.at + found.length))]
      }
      from = found.at + 1
    }
    const length = text.length - this.#openMatcher.heldLength(text)
    const held = this.#isAtLineStart(text, length) ? text.slice(length) : ''
    const shown = held === '' ? text : text.slice(0, length)
    this.#lineIsBlank = this.#isAtLineStart(shown, shown.length)
    this.#held = held
    return this.#show('text', shown)
  }

  #isAtLineStart(text: string, at: number): boolean {
    const lineAt = text.lastIndexOf('\n', at - 1) + 1
    const isBlank = text.slice(lineAt, at).trim() === ''
    return isBlank && (lineAt > 0 || this.#lineIsBlank)
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

  #show(type: AnswerPiece['type'], piece: string): readonly AnswerPiece[] {
    const text = this.#atStart ? piece.trimStart() : piece
    if (text === '') return []
    this.#atStart = false
    return [{ type, text }]
  }
}

const answerMarker: Marker = { open: '', close: undefined }

interface Found {
  readonly at: number
  readonly length: number
  readonly marker: Marker
}

/** The tag that comes first in a text; of several at one place the longest. */
function earliest(
  text: string,
  markers: readonly Marker[],
  tagOf: (marker: Marker) => string | undefined,
  from = 0,
): Found | undefined {
  let found: Found | undefined
  for (const marker of markers) {
    const tag = tagOf(marker)
    const at = tag === undefined ? -1 : text.indexOf(tag, from)
    if (tag === undefined || at === -1) continue
    if (found === undefined || at < found.at || (at === found.at && tag.length > found.length)) {
      found = { at, length: tag.length, marker }
    }
  }
  return found
}
