const encoder = new TextEncoder()

/**
 * The UTF-8 length of a string, the length of bytes.
 * @throws TypeError for anything else
 */
export function sizeInBytes(item: unknown): number {
  if (typeof item === 'string') return encoder.encode(item).length
  if (ArrayBuffer.isView(item) || item instanceof ArrayBuffer) return item.byteLength
  throw new TypeError('maxBytes needs a sizeOf for items that are neither strings nor bytes.')
}
