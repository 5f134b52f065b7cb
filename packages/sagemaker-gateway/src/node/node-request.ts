import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'

/**
 * A request of Node.js as one of the web.
 *
 * @param signal - Aborts when the client leaves.
 */
export function requestOf(message: IncomingMessage, signal: AbortSignal): Request {
  const { method = 'GET', rawHeaders } = message
  const headers = new Headers()
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = [rawHeaders[index], rawHeaders[index + 1]]
    headers.append(name, value)
  }
  // The path as it was sent: it may begin with two slashes.
  const url = new URL(`http://${message.headers.host ?? 'localhost'}`)
  const [path = '/', query = ''] = (message.url ?? '/').split(/\?(.*)/s)
  url.pathname = path
  url.search = query
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(url, {
    method,
    headers,
    signal,
    ...(hasBody ? { body: Readable.toWeb(message) as ReadableStream<Uint8Array>, duplex: 'half' } : {}),
  })
}
