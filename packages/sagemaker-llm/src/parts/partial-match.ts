/**
 * Length of the longest end of `text` with which one of `needles` begins, without being complete: what has to be held
 * back because the next piece of text may complete a needle. 0 if there is none.
 */
export function partialMatchLength(text: string, needles: readonly string[]): number {
  const longest = Math.max(0, ...needles.map((needle) => needle.length - 1))
  for (let start = Math.max(text.length - longest, 0); start < text.length; start++) {
    const first = text[start]
    const isBeginning = (needle: string): boolean =>
      needle[0] === first && needle.length > text.length - start && needle.startsWith(text.slice(start))
    if (needles.some(isBeginning)) return text.length - start
  }
  return 0
}
