import { partialMatchLength } from './partial-match.ts'

/** A piece of what a model wrote, and what it is. */
export interface ThinkPiece {
  readonly type: 'text' | 'reasoning'
  readonly text: string
}

const opening = '<think>'
const closing = '</think>'
const tags = [opening, closing]

/**
 * Splits the block between `<think>` and `</think>` off a text, wherever it is cut into pieces.
 *
 * - Models whose chat template has already written the opening tag send the closing one alone: everything before it is
 *   reasoning. Which of the two it is shows only with the first tag, so until then all text is held back; a text
 *   without any tag is given out at its end.
 * - White space around the tags belongs to neither side.
 * - After the closing tag everything is text, also further tags: there, a model that writes `<think>` writes about it.
 * - A block that is never closed is reasoning to its end.
 */
export class ThinkSplitter {
  #state: 'undecided' | 'reasoning' | 'text' = 'undecided'
  /** All text while undecided. Only appended to, so that it costs nothing until it is given out. */
  #undecided = ''
  /** The end of the text so far that may belong to a tag or to the white space before one. */
  #held = ''
  /** White space at the start of the current side is dropped. */
  #atStart = false
  /** The prompt has the opening tag, and the model may write it once more. */
  #mayOpenAgain: boolean

  /** @param startsInReasoning - The opening tag was the end of the prompt: what comes is reasoning from the start. */
  constructor(startsInReasoning = false) {
    this.#mayOpenAgain = startsInReasoning
    if (startsInReasoning) this.#enter('reasoning')
  }

  /** Takes the next piece of text and returns what it completes. */
  push(piece: string): readonly ThinkPiece[] {
    if (this.#state === 'undecided') return this.#decide(piece)
    return this.#state === 'reasoning' ? this.#think(piece) : this.#show('text', piece)
  }

  /** Settles that nothing here is reasoning, because the container has sent the reasoning apart from the text. */
  settleAsText(): readonly ThinkPiece[] {
    if (this.#state !== 'undecided') return []
    this.#state = 'text'
    return this.end()
  }

  /** Ends the text and returns what was held back. */
  end(): readonly ThinkPiece[] {
    const undecided = this.#undecided
    const held = this.#held.trimEnd()
    this.#undecided = ''
    this.#held = ''
    if (undecided !== '') return [{ type: 'text', text: undecided }]
    return this.#state === 'reasoning' ? this.#show('reasoning', held) : []
  }

  #decide(piece: string): readonly ThinkPiece[] {
    // Only the last few characters are looked at again: a long text without tags costs no more than one pass.
    const window = this.#held + piece
    const openingAt = window.indexOf(opening)
    const closingAt = window.indexOf(closing)
    this.#undecided += piece
    if (openingAt === -1 && closingAt === -1) {
      this.#held = window.slice(window.length - partialMatchLength(window, tags))
      return []
    }
    const opens = closingAt === -1 || (openingAt !== -1 && openingAt < closingAt)
    const tagAt = this.#undecided.length - window.length + (opens ? openingAt : closingAt)
    const before = this.#undecided.slice(0, tagAt)
    const after = this.#undecided.slice(tagAt + (opens ? opening : closing).length)
    this.#undecided = ''
    this.#held = ''
    const first: ThinkPiece = opens ? { type: 'text', text: before } : { type: 'reasoning', text: before.trim() }
    this.#enter(opens ? 'reasoning' : 'text')
    return [...(first.text.trim() === '' ? [] : [first]), ...this.push(after)]
  }

  #think(piece: string): readonly ThinkPiece[] {
    let text = this.#held + piece
    if (this.#mayOpenAgain) {
      const start = text.trimStart()
      if (start.length < opening.length && opening.startsWith(start)) {
        this.#held = start
        return []
      }
      this.#mayOpenAgain = false
      if (start.startsWith(opening)) text = start.slice(opening.length)
    }
    const closingAt = text.indexOf(closing)
    if (closingAt === -1) {
      const certain = text.slice(0, text.length - partialMatchLength(text, [closing])).trimEnd()
      this.#held = text.slice(certain.length)
      return this.#show('reasoning', certain)
    }
    this.#held = ''
    const reasoning = this.#show('reasoning', text.slice(0, closingAt).trimEnd())
    this.#enter('text')
    return [...reasoning, ...this.#show('text', text.slice(closingAt + closing.length))]
  }

  #enter(state: 'reasoning' | 'text'): void {
    this.#state = state
    this.#atStart = true
  }

  #show(type: ThinkPiece['type'], piece: string): readonly ThinkPiece[] {
    const text = this.#atStart ? piece.trimStart() : piece
    if (text === '') return []
    this.#atStart = false
    return [{ type, text }]
  }
}
