import type { Body } from './body.ts'
import { joinChunks } from './join-chunks.ts'

/** Reads a body to its end, keeping at most `maxBytes` of it; what is beyond is read and dropped. */
export function readLimited(body: Body, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const kept: Uint8Array[] = []
    let left = maxBytes
    body.open({
      onChunk(chunk) {
        const part = chunk.subarray(0, left)
        left -= part.length
        if (part.length > 0) kept.push(part)
      },
      onEnd: () => resolve(joinChunks(kept)),
      onError: reject,
    })
  })
}
