import { joinChunks } from './join-chunks.ts'

/** Reads a body to its end, keeping at most `maxBytes` of it; what is beyond is read and dropped. */
export async function readLimited(chunks: AsyncIterator<Uint8Array, unknown>, maxBytes: number): Promise<Uint8Array> {
  const kept: Uint8Array[] = []
  let left = maxBytes
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    const part = next.value.subarray(0, left)
    left -= part.length
    if (part.length > 0) kept.push(part)
  }
  return joinChunks(kept)
}
