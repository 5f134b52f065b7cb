import type { Server } from 'node:http'

export interface ListenOptions {
  readonly port: number
  /** How many following ports to try when `port` is taken. Default 0: taken is an error. */
  readonly alternatives?: number | undefined
}

/**
 * Listens on 127.0.0.1 and nowhere else.
 *
 * @returns the port it got.
 * @throws the system's error (`code: 'EADDRINUSE'`) when all the ports are taken.
 */
export async function listenOnLoopback(server: Server, options: ListenOptions): Promise<number> {
  const last = options.port + (options.alternatives ?? 0)
  for (let port = options.port; ; port += 1) {
    try {
      return await listenOnce(server, port)
    } catch (error) {
      if (port >= last || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
}

function listenOnce(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
