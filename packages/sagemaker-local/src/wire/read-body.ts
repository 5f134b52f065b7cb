import type { IncomingMessage } from 'node:http'
import { concatBytes } from './bytes.ts'

/** The whole body, or `too-large` as soon as it is known to exceed the limit, or `aborted` if the caller went away. */
export async function readBody(
  request: IncomingMessage,
  maxBodyBytes: number,
): Promise<Uint8Array | 'too-large' | 'aborted'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return 'too-large'
  const chunks: Uint8Array[] = []
  let length = 0
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > maxBodyBytes) resolve('too-large')
      else chunks.push(chunk)
    })
    request.once('end', () => resolve(concatBytes(chunks)))
    request.once('close', () => resolve('aborted'))
    request.once('error', () => resolve('aborted'))
  })
}
