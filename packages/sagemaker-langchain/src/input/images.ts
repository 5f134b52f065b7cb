import type { ImageBlock } from '@x/bedrock-like-types'
import { Buffer } from 'node:buffer'

type ImageFormat = NonNullable<ImageBlock['format']>

/** The first bytes of a file in each format, in hexadecimal. */
const signatures: readonly (readonly [RegExp, ImageFormat])[] = [
  [/^89504e47/, 'png'],
  [/^ffd8ff/, 'jpeg'],
  [/^47494638/, 'gif'],
  // "RIFF", the length of the file, "WEBP".
  [/^52494646.{8}57454250/, 'webp'],
]

/**
 * Reads an image in any of the spellings of LangChain and OpenAI: `{ type: 'image', url }` with an address or a `data:` URL,
 * `{ type: 'image', data, mimeType }` with base64 text or bytes, `{ type: 'image', source_type: 'base64' | 'url', ... }`, and
 * `{ type: 'image_url', image_url }` with text or `{ url }`. The media type is found in the bytes where none is given.
 *
 * @returns `undefined` if the block has no image that can be sent.
 */
export function imageOf(block: Readonly<Record<string, unknown>>): ImageBlock | undefined {
  const { image_url: imageUrl, data } = block
  const url = textIn(block, 'url') ?? (typeof imageUrl === 'string' ? imageUrl : textIn(imageUrl, 'url'))
  if (url !== undefined) return imageAt(url)
  const mediaType = textIn(block, 'mimeType') ?? textIn(block, 'mime_type')
  if (typeof data === 'string') return imageOfBytes(Buffer.from(data, 'base64'), mediaType)
  return data instanceof Uint8Array ? imageOfBytes(data, mediaType) : undefined
}

function imageAt(url: string): ImageBlock | undefined {
  if (!/^data:/i.test(url)) return { source: { url } }
  const comma = url.indexOf(',')
  const [mediaType, ...parameters] = url.slice('data:'.length, comma).split(';')
  if (comma === -1 || !parameters.includes('base64')) return undefined
  return imageOfBytes(Buffer.from(url.slice(comma + 1), 'base64'), mediaType)
}

function imageOfBytes(bytes: Uint8Array, mediaType: string | undefined): ImageBlock | undefined {
  const format = formatOf(mediaType) ?? formatIn(bytes)
  return format && { format, source: { bytes } }
}

function formatOf(mediaType: string | undefined): ImageFormat | undefined {
  const [, subtype] = /^image\/(gif|jpeg|jpg|png|webp)$/i.exec(mediaType ?? '') ?? []
  const name = subtype?.toLowerCase()
  return name === 'jpg' ? 'jpeg' : (name as ImageFormat | undefined)
}

function formatIn(bytes: Uint8Array): ImageFormat | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('hex')
  return signatures.find(([signature]) => signature.test(start))?.[1]
}

function textIn(value: unknown, member: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = Reflect.get(value, member)
  return typeof found === 'string' ? found : undefined
}
