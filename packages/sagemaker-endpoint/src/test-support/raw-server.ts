import { createServer, type Socket, type AddressInfo } from 'node:net'

/** A peer that speaks for itself, byte by byte. */
export interface RawServer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Every connection that was made, in order. */
  readonly sockets: readonly Socket[]
}

/** A TCP server on loopback whose listener gets each connection. */
export async function startRawServer(onSocket: (socket: Socket, index: number) => void): Promise<RawServer> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    sockets.push(socket)
    onSocket(socket, sockets.length - 1)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

/** Calls back with each whole request of a connection, as text. Bodies have a `content-length`. */
export function onRequests(socket: Socket, onRequest: (text: string) => void): void {
  let held = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    held = Buffer.concat([held, chunk])
    for (;;) {
      const headEnd = held.indexOf('\r\n\r\n')
      if (headEnd < 0) return
      const length = Number(/content-length: (\d+)/i.exec(held.toString('latin1', 0, headEnd))?.[1] ?? 0)
      const end = headEnd + 4 + length
      if (held.length < end) return
      const text = held.toString('utf8', 0, end)
      held = held.subarray(end)
      onRequest(text)
    }
  })
}

/** A whole response in the bytes of HTTP/1.1. */
export function httpResponse(status: string, headers: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers })
  return `HTTP/1.1 ${status}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}
