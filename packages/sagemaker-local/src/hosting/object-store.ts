/** The objects that asynchronous calls read and write, by their `s3://bucket/key` address. */
export interface ObjectStore {
  /**
   * Puts an object at an S3 address and replaces what was there. Resolves when it can be read.
   * @throws {RangeError} if `location` is not of the form `s3://bucket/key`.
   */
  put(location: string, data: Uint8Array): Promise<void>
  /** Resolves to the object at an S3 address, to `undefined` if there is none. */
  get(location: string): Promise<Uint8Array | undefined>
}

/** Objects that live in the memory of this process. */
export function createObjectStore(): ObjectStore {
  const objects = new Map<string, Uint8Array>()
  return {
    async put(location, data) {
      if (!isObjectLocation(location)) throw new RangeError(`"${location}" is not of the form s3://bucket/key.`)
      objects.set(location, data)
    },
    get: async (location) => objects.get(location),
  }
}

/** Whether a text is of the form `s3://bucket/key`. */
export function isObjectLocation(location: string): boolean {
  return /^s3:\/\/[^/]+\/.+$/.test(location)
}
