import { Buffer } from 'node:buffer'
import type { ImageBytes, ImageUrl } from '@x/bedrock-like-types'

/** An image as a `data:` URL, or the URL that it has. */
export function dataUrl(image: ImageBytes | ImageUrl): string {
  if (image.url !== undefined) return image.url
  const format = image.format === 'jpg' ? 'jpeg' : image.format
  return `data:image/${format};base64,${Buffer.from(image.bytes).toString('base64')}`
}
