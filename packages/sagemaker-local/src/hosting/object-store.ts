/** The objects that asynchronous calls read and write, by their `s3://bucket/key` address. They live in memory. */
export interface ObjectStore {
  /**
   * Puts an object at an S3 address, in place of what was there.
   * @throws {RangeError} if `location` is not of the form `s3://bucket/key`.
   */
  put(location: string, data: Uint8Array): void
  /** The object at an S3 address, `undefined` if there is none. */
  get(location: string): Uint8Array | undefined
}

export function createObjectStore(): ObjectStore {
  const objects = new Map<string, Uint8Array>()
  return {
    put(location, data) {
      if (!isObjectLocation(location)) throw new RangeError(`"${location}" is not of the form s3://bucket/key.`)
      objects.set(location, data)
    },
    get: (location) => objects.get(location),
  }
}

export function isObjectLocation(location: string): boolean {
  return /^s3:\/\/[^/]+\/.+$/.test(location)
}
