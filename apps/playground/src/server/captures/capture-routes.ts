import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { eventLines } from '../event-lines.ts'
import type { CaptureHub } from './capture-hub.ts'
import { CapturedLineError } from './captured-line.ts'

/** A capture of a large answer, in base64. */
const maxCaptureBytes = 128 * 1024 * 1024

/** What programs with `captureTo` post, and what the page reads of it. */
export function captureRoutes(hub: CaptureHub): Hono {
  return new Hono()
    .get('/', (context) => eventLines(context, (signal) => hub.watch(signal)))
    .post('/', bodyLimit({ maxSize: maxCaptureBytes }), async (context) => {
      const origin = context.req.query('origin') === 'file' ? 'file' : 'program'
      try {
        return context.json({ calls: hub.post(await context.req.text(), origin) })
      } catch (error) {
        if (!(error instanceof CapturedLineError)) throw error
        return context.json({ message: error.message }, 400)
      }
    })
    .delete('/', (context) => {
      hub.clear()
      return context.body(null, 204)
    })
    .get('/:id', (context) => {
      const left = new AbortController()
      const channel = hub.events(context.req.param('id'), left.signal)
      if (channel === undefined) return context.json({ message: 'This call is no longer kept.' }, 404)
      return eventLines(context, (signal) => {
        signal.addEventListener('abort', () => left.abort(), { once: true })
        return channel
      })
    })
}
