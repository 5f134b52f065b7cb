/**
 * Cuts text into the tokens of the demo model: a word, number or run of punctuation with the blank before it, or other
 * white space. Nothing is lost: the tokens joined are the text.
 */
export function tokenize(text: string): string[] {
  return text.match(/ ?[\p{L}\p{M}\p{N}'’]+| ?[^\s\p{L}\p{M}\p{N}'’]+|\s/gu) ?? []
}

/** How many tokens a text has. */
export function countTokens(text: string): number {
  return tokenize(text).length
}
