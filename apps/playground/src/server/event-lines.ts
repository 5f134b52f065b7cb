import type { Context } from 'hono'
import type { EventChannel } from './event-channel.ts'

/**
 * Answers with one event per line, read from the channel only when the connection takes more.
 *
 * @param start - Begins what is reported; its signal aborts when the page goes away.
 */
export function eventLines<Event>(context: Context, start: (signal: AbortSignal) => EventChannel<Event>): Response {
  const abort = new AbortController()
  context.req.raw.signal.addEventListener('abort', () => abort.abort(), { once: true })
  return context.body(linesOf(start(abort.signal), abort), 200, {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'cache-control': 'no-store',
  })
}

function linesOf<Event>(channel: EventChannel<Event>, abort: AbortController): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const events = await channel.take()
        if (events === undefined) controller.close()
        else controller.enqueue(encoder.encode(events.map((event) => `${JSON.stringify(event)}\n`).join('')))
      },
      cancel() {
        abort.abort()
        channel.close()
      },
    },
    { highWaterMark: 0 },
  )
}
