import { Hono } from 'hono'
import * as v from 'valibot'
import { doctorRequestSchema, listRequestSchema, proxyRequestSchema } from '../../protocol/connect.ts'
import { errorEvent, toSagemakerError } from '../error-event.ts'
import { eventLines } from '../event-lines.ts'
import type { ConnectServices } from './connect-services.ts'

export function connectRoutes(services: ConnectServices): Hono {
  return new Hono()
    .get('/places', async (context) => context.json(await services.places()))
    .post('/endpoints', async (context) => {
      const parsed = v.safeParse(listRequestSchema, await context.req.json().catch(() => undefined))
      if (!parsed.success) return context.json({ message: parsed.issues[0].message }, 400)
      return eventLines(context, (signal) => services.list(parsed.output, signal))
    })
    .post('/proxy', async (context) => {
      const parsed = v.safeParse(proxyRequestSchema, await context.req.json().catch(() => undefined))
      if (!parsed.success) return context.json({ message: parsed.issues[0].message }, 400)
      return context.json(await services.proxy(parsed.output))
    })
    .post('/doctor', async (context) => {
      const parsed = v.safeParse(doctorRequestSchema, await context.req.json().catch(() => undefined))
      if (!parsed.success) return context.json({ message: parsed.issues[0].message }, 400)
      try {
        return context.json(await services.examine(parsed.output, context.req.raw.signal))
      } catch (error) {
        return context.json({ error: errorEvent(toSagemakerError(error), 0) })
      }
    })
}
