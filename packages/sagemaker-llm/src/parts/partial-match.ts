/**
 * Length of the longest end of `text` with which one of `needles` begins, without being complete: what has to be held
 * back because the next piece of text may complete a needle. 0 if there is none.
 */
export function partialMatchLength(text: string, needles: readonly string[]): number {
  let longest = 0
  for (const needle of needles) {
    for (let length = Math.min(needle.length - 1, text.length); length > longest; length--) {
      if (text.endsWith(needle.slice(0, length))) {
        longest = length
        break
      }
    }
  }
  return longest
}
