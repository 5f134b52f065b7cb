import { vi } from 'vitest'

/** How much a piece of work touched, counted and not timed. */
export interface Work {
  /** Bytes given to `TextDecoder`. */
  readonly decodedBytes: number
  /** Bytes copied with `Uint8Array.prototype.set`. */
  readonly copiedBytes: number
  /** Characters that `indexOf` of strings went over. */
  readonly searchedCharacters: number
  /** Calls of `charCodeAt`. */
  readonly inspectedCharacters: number
  /** Characters given to `JSON.parse`. */
  readonly parsedCharacters: number
}

/** Counts what `work` does through the methods of the platform. */
export function countWork(work: () => void): Work {
  const counts = {
    decodedBytes: 0,
    copiedBytes: 0,
    searchedCharacters: 0,
    inspectedCharacters: 0,
    parsedCharacters: 0,
  }
  const { decode } = TextDecoder.prototype
  const { set } = Uint8Array.prototype
  const { charCodeAt, indexOf } = String.prototype
  const { parse } = JSON
  const spies = [
    vi.spyOn(TextDecoder.prototype, 'decode').mockImplementation(function (this: TextDecoder, input, options) {
      counts.decodedBytes += input?.byteLength ?? 0
      return decode.call(this, input, options)
    }),
    vi.spyOn(Uint8Array.prototype, 'set').mockImplementation(function (this: Uint8Array, source, offset) {
      counts.copiedBytes += source.length
      set.call(this, source, offset)
    }),
    vi.spyOn(String.prototype, 'indexOf').mockImplementation(function (this: string, text, from = 0) {
      const index = indexOf.call(this, text, from)
      counts.searchedCharacters += (index === -1 ? this.length : index + 1) - from
      return index
    }),
    vi.spyOn(String.prototype, 'charCodeAt').mockImplementation(function (this: string, index) {
      counts.inspectedCharacters++
      return charCodeAt.call(this, index)
    }),
    vi.spyOn(JSON, 'parse').mockImplementation((text: string) => {
      counts.parsedCharacters += text.length
      return parse(text) as unknown
    }),
  ]
  try {
    work()
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  return counts
}
