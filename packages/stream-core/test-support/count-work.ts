import { vi } from 'vitest'

/** How much a piece of work touched, counted and not timed. */
export interface Work {
  /** Calls of `TextDecoder`, and the bytes given to it. */
  readonly decodings: number
  readonly decodedBytes: number
  /** Bytes copied from one array to another. */
  readonly copiedBytes: number
  /** Bytes of new memory. */
  readonly allocatedBytes: number
  /** Characters that `indexOf` of strings went over. */
  readonly searchedCharacters: number
  /** Calls of `charCodeAt`. */
  readonly inspectedCharacters: number
  /** Calls of `JSON.parse`, and the characters given to it. */
  readonly parsings: number
  readonly parsedCharacters: number
  /** Bytes given to `crc32`, where that is replaced by `watchedCrc32`. */
  readonly checksummedBytes: number
}

/** Stands for what is taken from Node.js before it can be watched, and is counted as `TextDecoder`. */
export const watchedUtf8Slice = {
  utf8Slice(this: Uint8Array): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this)
  },
}

let checksummedBytes = 0

/** Counts the bytes that a checksum is made of. For `vi.mock`. */
export const watchedCrc32 = async (original: () => Promise<Crc32Module>): Promise<Crc32Module> => {
  const { crc32 } = await original()
  return {
    crc32: (bytes, start, end) => {
      checksummedBytes += end - start
      return crc32(bytes, start, end)
    },
  }
}

interface Crc32Module {
  readonly crc32: (bytes: Uint8Array, start: number, end: number) => number
}

/** Counts what `work` does through the methods of the platform. */
export function countWork(work: () => void): Work {
  const checksummedBefore = checksummedBytes
  const counts = {
    decodings: 0,
    decodedBytes: 0,
    copiedBytes: 0,
    allocatedBytes: 0,
    searchedCharacters: 0,
    inspectedCharacters: 0,
    parsings: 0,
    parsedCharacters: 0,
  }
  const { decode } = TextDecoder.prototype
  const { set, slice } = Uint8Array.prototype
  const { charCodeAt, indexOf } = String.prototype
  const { parse } = JSON
  const spies = [
    vi.spyOn(TextDecoder.prototype, 'decode').mockImplementation(function (this: TextDecoder, input, options) {
      counts.decodings++
      counts.decodedBytes += input?.byteLength ?? 0
      return decode.call(this, input, options)
    }),
    vi.spyOn(Uint8Array.prototype, 'set').mockImplementation(function (this: Uint8Array, source, offset) {
      counts.copiedBytes += source.length
      set.call(this, source, offset)
    }),
    vi.spyOn(Uint8Array.prototype, 'slice').mockImplementation(function (this: Uint8Array, start, end) {
      const bytes = slice.call<Uint8Array, [number?, number?], Uint8Array<ArrayBuffer>>(this, start, end)
      counts.copiedBytes += bytes.length
      return bytes
    }),
    vi.spyOn(String.prototype, 'indexOf').mockImplementation(function (this: string, text, from = 0) {
      const index = indexOf.call(this, text, from)
      counts.searchedCharacters += (index === -1 ? this.length : index + 1) - from
      return index
    }),
    vi.spyOn(String.prototype, 'charCodeAt').mockImplementation(function (this: string, index) {
      counts.inspectedCharacters++
      return charCodeAt.call(this, index)
    }),
    vi.spyOn(JSON, 'parse').mockImplementation((text: string) => {
      counts.parsings++
      counts.parsedCharacters += text.length
      return parse(text) as unknown
    }),
  ]
  vi.stubGlobal(
    'Uint8Array',
    new Proxy(Uint8Array, {
      construct(target, parameters: unknown[], newTarget) {
        const bytes = Reflect.construct(target, parameters, newTarget) as Uint8Array
        const [source] = parameters
        if (ArrayBuffer.isView(source)) counts.copiedBytes += bytes.length
        if (!(source instanceof ArrayBuffer)) counts.allocatedBytes += bytes.length
        return bytes
      },
    }),
  )
  try {
    work()
  } finally {
    for (const spy of spies) spy.mockRestore()
    vi.unstubAllGlobals()
  }
  return { ...counts, checksummedBytes: checksummedBytes - checksummedBefore }
}
