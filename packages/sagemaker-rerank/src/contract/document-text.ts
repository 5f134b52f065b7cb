import type { CallWarning, ImageBytes, ImageUrl, RerankDocument } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { isJsonObject } from '@x/sagemaker-endpoint/model-kit'

/** The text of a document; `undefined` for an image and for an object of other members. */
export function textOf(document: string | RerankDocument): string | undefined {
  if (typeof document === 'string') return document
  return typeof document.text === 'string' ? document.text : undefined
}

/** The image of a document; `undefined` for documents of other kinds. */
export function imageOf(document: string | RerankDocument): ImageBytes | ImageUrl | undefined {
  if (typeof document === 'string' || !isJsonObject(document.image)) return undefined
  const { bytes, url } = document.image
  return bytes instanceof Uint8Array || typeof url === 'string'
    ? (document.image as unknown as ImageBytes | ImageUrl)
    : undefined
}

/** An image as a `data:` URL, or as its own URL. */
export function imageUrlOf(image: ImageBytes | ImageUrl): string {
  if (image.url !== undefined) return image.url
  return `data:image/${image.format};base64,${Buffer.from(image.bytes).toString('base64')}`
}

/** The documents as texts, for containers that take nothing else. */
export interface DocumentTexts {
  readonly texts: readonly string[]
  readonly warnings: readonly CallWarning[]
}

/**
 * The documents as texts: an object without a `text` as JSON, with a warning.
 *
 * @throws {SagemakerError} `invalid-request` with the `index` of an image
 */
export function documentTexts(documents: readonly (string | RerankDocument)[], handlerName: string): DocumentTexts {
  let asJson = 0
  const texts = documents.map((document, index) => {
    const text = textOf(document)
    if (text !== undefined) return text
    if (imageOf(document) !== undefined) throw noImages(handlerName, index)
    asJson++
    return JSON.stringify(document)
  })
  const message = `${asJson} of ${documents.length} documents have no text and were sent as JSON.`
  return { texts, warnings: asJson === 0 ? [] : [{ option: 'documents', message }] }
}

function noImages(handlerName: string, index: number): SagemakerError {
  const message = `document ${index} is an image; the format ${handlerName} takes texts only. Name another contentHandler.`
  return new SagemakerError('invalid-request', message, { index })
}
