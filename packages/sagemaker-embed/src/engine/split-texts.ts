/** Cuts texts into parts of at most `maxTexts`; into halves when they are no more than that. In order. */
export function splitTexts(texts: readonly string[], maxTexts: number): string[][] {
  const size = texts.length > maxTexts ? maxTexts : Math.ceil(texts.length / 2)
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, part) =>
    texts.slice(part * size, (part + 1) * size),
  )
}
