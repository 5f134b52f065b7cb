import type { RunImage } from '../../../protocol/run-request.ts'

/** SageMaker takes requests of 25 MB, and base64 makes four bytes of three. */
const maxImageBytes = 5_000_000
export const maxTotalBytes = 15_000_000

/** The file cannot be sent; the message says why. */
export class ImageFileError extends Error {
  override readonly name = 'ImageFileError'
}

/**
 * Reads an image file.
 *
 * @throws {ImageFileError} when it is another kind of file, or too large.
 */
export function imageOf(name: string, bytes: Uint8Array): RunImage {
  const format = imageFormat(bytes)
  if (format === undefined) throw new ImageFileError(`${name} is not a PNG, JPEG, GIF or WebP image.`)
  if (bytes.length > maxImageBytes)
    throw new ImageFileError(`${name} has ${megabytes(bytes.length)}; an image may have ${megabytes(maxImageBytes)}.`)
  return { format, data: base64Of(bytes) }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`

/** Why these images, with those of the conversation before them, are too much for one request. */
export function tooManyImages(images: readonly { readonly data?: string | undefined }[]): string | undefined {
  const bytes = images.reduce((sum, { data = '' }) => sum + (data.length * 3) / 4, 0)
  return bytes > maxTotalBytes
    ? `The images of this conversation have ${megabytes(bytes)} together; a request has room for ${megabytes(maxTotalBytes)}.`
    : undefined
}

const signatures: readonly (readonly [RunImage['format'], (bytes: Uint8Array) => boolean])[] = [
  ['png', (bytes) => startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['jpeg', (bytes) => startsWith(bytes, 0, [0xff, 0xd8, 0xff])],
  ['gif', (bytes) => startsWith(bytes, 0, [0x47, 0x49, 0x46, 0x38])],
  ['webp', (bytes) => startsWith(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes, 8, [0x57, 0x45, 0x42, 0x50])],
]

/** The format by the first bytes: names and types of files are often wrong. */
const imageFormat = (bytes: Uint8Array): RunImage['format'] | undefined =>
  signatures.find(([, matches]) => matches(bytes))?.[0]

const startsWith = (bytes: Uint8Array, at: number, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[at + index] === byte)

/** In pieces: a call takes only so many arguments. */
function base64Of(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(binary)
}
