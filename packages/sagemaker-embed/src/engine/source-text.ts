import type { IdentifiedText } from '@x/bedrock-like-types'

/** A text of the source, with its place in it. */
export interface SourceText {
  readonly index: number
  readonly id: string | undefined
  readonly text: string
}

/**
 * @throws {TypeError} when the item is neither a text nor an object with one.
 */
export function sourceText(item: string | IdentifiedText, index: number): SourceText {
  if (typeof item === 'string') return { index, id: undefined, text: item }
  // The source may come from plain JavaScript or from parsed JSON.
  const value = item as Partial<IdentifiedText> | null | undefined
  if (typeof value?.text !== 'string')
    throw new TypeError(`item ${index} of the source is neither a string nor { id, text }`)
  return { index, id: value.id, text: value.text }
}
