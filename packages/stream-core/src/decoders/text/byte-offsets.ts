/**
 * Finds the byte offsets of places in a text that was decoded from UTF-8, where malformed bytes may have been replaced. It goes on
 * from the place that was asked for last, so that asking for many places in their order costs no more than one pass.
 *
 * Only ASCII characters are the same in bytes and text whatever was replaced, so they are what is counted: a place must be before
 * or after one, or at the start of the text.
 */
export class ByteOffsets {
  #text = ''
  #bytes: Uint8Array = new Uint8Array(0)
  /** The place that was asked for last: an index of the text, and the same place in the bytes. */
  #index = 0
  #position = 0

  /** Goes over to another text. The bytes must stay as they are while places of it are asked for. */
  start(text: string, bytes: Uint8Array): void {
    this.#text = text
    this.#bytes = bytes
    this.#index = 0
    this.#position = 0
  }

  /** How many bytes come before `text[index]`. */
  offsetOf(index: number): number {
    const { length } = this.#text
    if (length === this.#bytes.length) return index
    // From the end, where that is nearer.
    if (length - index < index - this.#index) {
      this.#index = length
      this.#position = this.#bytes.length
    }
    if (index < this.#index) this.#goBack(index)
    else this.#goOn(index)
    return this.#position
  }

  #goOn(index: number): void {
    for (let next = this.#index; next < index; next++) {
      if (this.#text.charCodeAt(next) >= 0x80) continue
      this.#position = this.#asciiFrom(this.#position) + 1
      this.#index = next + 1
    }
    if (this.#index === index) return
    this.#index = index
    this.#position = this.#asciiFrom(this.#position)
  }

  #goBack(index: number): void {
    for (let previous = this.#index - 1; previous >= index; previous--) {
      if (this.#text.charCodeAt(previous) >= 0x80) continue
      this.#position = this.#asciiBefore(this.#position)
      this.#index = previous
    }
    if (this.#index === index) return
    this.#index = index
    this.#position = index === 0 ? 0 : this.#asciiBefore(this.#position) + 1
  }

  /** The first place from `start` on that holds an ASCII byte, or the end. */
  #asciiFrom(start: number): number {
    let position = start
    while ((this.#bytes[position] ?? 0) >= 0x80) position++
    return position
  }

  /** The last place before `end` that holds an ASCII byte. */
  #asciiBefore(end: number): number {
    let position = end - 1
    while ((this.#bytes[position] ?? 0) >= 0x80) position--
    return position
  }
}
