import { pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { HttpBody } from './body.ts'

const unpackers: Readonly<Record<string, () => Transform>> = {
  br: createBrotliDecompress,
  deflate: createInflate,
  gzip: createGunzip,
  'x-gzip': createGunzip,
}

/**
 * A body without its compression. Nothing here asks for compression, but some containers and proxies compress anyway.
 * The compressed body is read only as fast as the other is consumed, so that a small body that unpacks to gigabytes
 * takes no memory.
 *
 * @param encoding - the `content-encoding` of the response.
 */
export function unpacked(body: HttpBody, encoding: string | undefined): HttpBody {
  const create = unpackers[encoding?.trim().toLowerCase() ?? '']
  // Handlers that give other bodies than Node's, such as those of `fetch`, have unpacked them.
  if (create === undefined || !isNodeStream(body)) return body
  const unpacker = create()
  // Destroying either of them destroys the other; errors arrive at the last one.
  pipeline(body, unpacker, () => {})
  return unpacker
}

function isNodeStream(body: unknown): body is Readable {
  return typeof body === 'object' && body !== null && 'pipe' in body && typeof body.pipe === 'function'
}
