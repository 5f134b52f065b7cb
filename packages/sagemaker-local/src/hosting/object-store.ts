/** Objects of asynchronous calls, by their `s3://bucket/key` address. */
export interface ObjectStore {
  /**
   * Writes an object, replacing an existing one. Resolves when it can be read.
   * @throws {RangeError} if `location` is not of the form `s3://bucket/key`.
   */
  put(location: string, data: Uint8Array): Promise<void>
  /**
   * Reads an object. Resolves to `undefined` if it does not exist.
   * @throws {RangeError} if `location` is not of the form `s3://bucket/key`.
   */
  get(location: string): Promise<Uint8Array | undefined>
  /**
   * Resolves to the addresses of all objects that start with `prefix`, in the order of their UTF-8 bytes.
   * @param prefix - `s3://bucket/`, optionally followed by the beginning of a key.
   * @throws {RangeError} if `prefix` is not of this form.
   */
  list(prefix: string): Promise<readonly string[]>
}

/** Creates an object store in memory. */
export function createObjectStore(): ObjectStore {
  const objects = new Map<string, Uint8Array>()
  return {
    async put(location, data) {
      requireKey(location)
      objects.set(location, data)
    },
    async get(location) {
      requireKey(location)
      return objects.get(location)
    },
    async list(prefix) {
      bucketAndKey(prefix)
      return [...objects.keys()].filter((location) => location.startsWith(prefix)).toSorted(compareBytes)
    },
  }
}

/** Whether a text is of the form `s3://bucket/key`. */
export function isObjectLocation(location: string): boolean {
  return /^s3:\/\/[^/]+\/.+$/s.test(location)
}

/**
 * Splits an S3 address into bucket and key, or prefix of a key.
 * @throws {RangeError} if it is not of the form `s3://bucket/key`; the key may be empty.
 */
export function bucketAndKey(location: string): { readonly bucket: string; readonly key: string } {
  const match = /^s3:\/\/([^/]+)\/(.*)$/s.exec(location)
  if (!match) throw new RangeError(`"${location}" is not of the form s3://bucket/key.`)
  return { bucket: match[1] ?? '', key: match[2] ?? '' }
}

function requireKey(location: string): void {
  if (!isObjectLocation(location)) throw new RangeError(`"${location}" is not of the form s3://bucket/key.`)
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
