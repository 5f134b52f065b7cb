import type { ImageBlock } from '@x/bedrock-like-types'
import { Buffer } from 'node:buffer'
import { invalidRequest } from '../../contract/invalid-request.ts'

/** An image as an OpenAI content part: a URL as it is, bytes as a `data:` URL. */
export function openaiImage({ format, source }: ImageBlock): object {
  if (source?.url !== undefined) return { type: 'image_url', image_url: { url: source.url } }
  if (source?.bytes === undefined) throw invalidRequest('image.source: only bytes and url can be sent')
  if (format === undefined) throw invalidRequest('image.format is missing')
  const { buffer, byteOffset, byteLength } = source.bytes
  const base64 = Buffer.from(buffer, byteOffset, byteLength).toString('base64')
  return { type: 'image_url', image_url: { url: `data:image/${format};base64,${base64}` } }
}
