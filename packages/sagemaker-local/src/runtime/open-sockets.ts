import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** The sockets that clients hold open, and a way to wait until they are closed. */
export interface OpenSockets {
  readonly count: number
  /** Resolves once `count` is at most `maxCount`; rejects after `timeoutMs`. */
  waitFor(maxCount: number, timeoutMs: number): Promise<void>
  destroyAll(): void
}

export function trackOpenSockets(server: Server): OpenSockets {
  const sockets = new Set<Socket>()
  const waiting = new Set<() => void>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      for (const check of waiting) check()
    })
  })
  return {
    get count() {
      return sockets.size
    },
    waitFor(maxCount, timeoutMs) {
      return new Promise((resolve, reject) => {
        const finish = (settle: () => void): void => {
          clearTimeout(timer)
          waiting.delete(check)
          settle()
        }
        const check = (): void => {
          if (sockets.size <= maxCount) finish(resolve)
        }
        const timer = setTimeout(() => {
          finish(() =>
            reject(new Error(`${sockets.size} sockets are still open after ${timeoutMs} ms, not ${maxCount}.`)),
          )
        }, timeoutMs)
        waiting.add(check)
        check()
      })
    },
    destroyAll() {
      for (const socket of sockets) socket.destroy()
    },
  }
}
