import type { IncomingMessage } from 'node:http'
import { concatBytes } from '../../answers/bytes.ts'

/**
 * The whole body, or `too-large` if it exceeds the limit, or `aborted` if the caller went away. A body that is too large is read to
 * its end all the same, because a client that is still writing may not see the answer.
 */
export async function readBody(
  request: IncomingMessage,
  maxBodyBytes: number,
): Promise<Uint8Array | 'too-large' | 'aborted'> {
  let chunks: Uint8Array[] = []
  let length = 0
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > maxBodyBytes) chunks = []
      else chunks.push(chunk)
    })
    request.once('end', () => resolve(length > maxBodyBytes ? 'too-large' : concatBytes(chunks)))
    request.once('close', () => resolve('aborted'))
    request.once('error', () => resolve('aborted'))
  })
}
