import type { ServerResponse } from 'node:http'
import type { Ending } from '../../answers/step.ts'

/** Writes to a response with back-pressure, and ends it properly or improperly. */
export interface ResponseWriter {
  /** Resolves when more bytes can be written, or when the connection has closed. */
  write(bytes: Uint8Array): Promise<void>
  /** Ends the response. Resolves when that is done; for `stall`, when `signal` aborts. */
  finish(ending: Ending): Promise<void>
}

export function createResponseWriter(response: ServerResponse, signal: AbortSignal): ResponseWriter {
  return {
    write: (bytes) =>
      new Promise((resolve) => {
        if (signal.aborted || response.write(bytes)) resolve()
        else onceEither(response, signal, resolve)
      }),
    finish: (ending) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        // If the connection closes before the last byte is sent, Node.js calls no callback.
        signal.addEventListener('abort', () => resolve(), { once: true })
        if (ending === 'end') response.end(resolve)
        else if (ending !== 'stall') flushThen(response, () => closeSocket(response, ending, resolve))
      }),
  }
}

function onceEither(response: ServerResponse, signal: AbortSignal, callback: () => void): void {
  const settle = (): void => {
    response.off('drain', settle)
    signal.removeEventListener('abort', settle)
    callback()
  }
  response.once('drain', settle)
  signal.addEventListener('abort', settle, { once: true })
}

/** Flushes everything written before, because a reset discards what the kernel has not sent. */
function flushThen(response: ServerResponse, callback: () => void): void {
  if (!response.headersSent || response.socket === null) callback()
  else response.socket.write(new Uint8Array(), () => callback())
}

function closeSocket(response: ServerResponse, ending: 'reset' | 'disconnect', callback: () => void): void {
  const { socket } = response
  if (socket === null || socket.destroyed) return callback()
  socket.once('close', () => callback())
  if (ending === 'reset') socket.resetAndDestroy()
  else socket.destroySoon()
}
