import type { IdentifiedText } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'

/** A text of the source, with its place in it. */
export interface SourceText {
  readonly index: number
  readonly id: string | undefined
  readonly text: string
}

/**
 * @throws {SagemakerError} `invalid-request` when the item is neither a text nor an object with one.
 */
export function sourceText(item: string | IdentifiedText, index: number): SourceText {
  if (typeof item === 'string') return { index, id: undefined, text: item }
  // The source may come from plain JavaScript or from parsed JSON.
  const value = item as Partial<IdentifiedText> | null | undefined
  if (typeof value?.text !== 'string') {
    const message = `item ${index} of the source is neither a string nor { id, text }`
    throw new SagemakerError('invalid-request', message, { index })
  }
  return { index, id: value.id, text: value.text }
}
