import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'

/** Lines, as Node.js itself reads them. */
export function readWithReadline(chunks: readonly Uint8Array[], take: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const input = Readable.from(chunks, { objectMode: false })
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
    lines.on('line', take)
    lines.on('close', resolve)
  })
}
