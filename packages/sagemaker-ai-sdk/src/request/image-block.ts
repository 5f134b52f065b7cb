import { UnsupportedFunctionalityError } from '@ai-sdk/provider'
import type { ImageBlock } from '@x/bedrock-like-types'
import { Buffer } from 'node:buffer'
import type { FileData } from '../contract/call-options.ts'

type ImageFormat = NonNullable<ImageBlock['format']>

/** First bytes of the formats that vision models take. Sources: RFC 2083, ITU T.81, the GIF89a specification, RFC 9649. */
const signatures: readonly (readonly [format: ImageFormat, start: string, at: number])[] = [
  ['png', '\x89PNG', 0],
  ['jpeg', '\xff\xd8\xff', 0],
  ['gif', 'GIF8', 0],
  ['webp', 'WEBP', 8],
]

const formats: Readonly<Record<string, ImageFormat>> = {
  png: 'png',
  jpeg: 'jpeg',
  jpg: 'jpeg',
  gif: 'gif',
  webp: 'webp',
}

/**
 * A file as an image block. Where the media type names no format (`image/*`, `image`), its bytes do.
 *
 * @throws {UnsupportedFunctionalityError} for anything but an image of a format that vision models take.
 */
export function imageBlock(mediaType: string, data: FileData): ImageBlock {
  const [kind = '', format = '*'] = mediaType.toLowerCase().split('/')
  if (kind !== 'image') throw unsupportedFile(mediaType)
  const source = imageSource(data)
  const known = formats[format]
  if (known !== undefined || source.bytes === undefined) return { format: known, source }
  const found = format === '*' || format === '' ? formatOf(source.bytes) : undefined
  if (found === undefined) throw unsupportedFile(mediaType)
  return { format: found, source }
}

/** The error for a file that the format of no container has a place for. */
export function unsupportedFile(mediaType: string): UnsupportedFunctionalityError {
  return new UnsupportedFunctionalityError({ functionality: `file part with media type ${mediaType}` })
}

type ImageSource = NonNullable<ImageBlock['source']>

function imageSource(data: FileData): ImageSource {
  if (typeof data === 'string') return { bytes: Buffer.from(data, 'base64') }
  if (data instanceof Uint8Array) return { bytes: data }
  if (data instanceof URL) return { url: data.href }
  if (data.type === 'data') return imageSource(data.data)
  if (data.type === 'url') return { url: data.url.href }
  throw new UnsupportedFunctionalityError({ functionality: `file part with data of type ${data.type}` })
}

function formatOf(bytes: Uint8Array): ImageFormat | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12))
  return signatures.find(([, signature, at]) => start.startsWith(signature, at))?.[0]
}
