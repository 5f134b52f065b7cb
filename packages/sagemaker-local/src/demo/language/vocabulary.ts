/** Ids for tokens. Id 0 is a word that was never seen, id 2 the end of the text, as in many real vocabularies. */
export interface Vocabulary {
  readonly size: number
  /** The token's id, 0 for one that was never seen. */
  id(token: string): number
  text(id: number): string
}

const unknownId = 0
export const endOfTextId = 2

/** The text of the token that ends a text; never part of an answer. */
export const endOfText = '</s>'

/** Numbers tokens in the order in which they first occur. */
export function createVocabulary(tokens: Iterable<string>): Vocabulary {
  const ids = new Map<string, number>([[endOfText, endOfTextId]])
  const texts: string[] = ['<unk>', '<s>', endOfText]
  for (const token of tokens) {
    if (ids.has(token)) continue
    ids.set(token, texts.length)
    texts.push(token)
  }
  return {
    size: texts.length,
    id: (token) => ids.get(token) ?? unknownId,
    text: (id) => texts[id] ?? '',
  }
}
