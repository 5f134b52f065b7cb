/**
 * Finds tags in a text from front to back, in time linear in the text however often it is asked: a tag that was found further on, or
 * not at all, is not searched again.
 */
export class TagFinder {
  readonly text: string
  /** For each tag that was searched, where it comes next; -1 for nowhere. */
  readonly #next = new Map<string, number>()

  constructor(text: string) {
    this.text = text
  }

  /**
   * The index of the first occurrence of a tag at or after an index; -1 if there is none.
   *
   * @param from - never less than in the call before.
   */
  indexOf(tag: string, from: number): number {
    const known = this.#next.get(tag)
    if (known !== undefined && (known === -1 || known >= from)) return known
    const at = this.text.indexOf(tag, from)
    this.#next.set(tag, at)
    return at
  }
}
