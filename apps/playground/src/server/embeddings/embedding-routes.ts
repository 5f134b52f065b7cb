import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import type { EmbeddingEvent, MeasureEvent, QueryEvent } from '../../protocol/embedding-event.ts'
import {
  embeddingRequestSchema,
  measureRequestSchema,
  pauseRequestSchema,
  queryRequestSchema,
  type EmbeddingRequest,
  type MeasureRequest,
  type PauseRequest,
  type QueryRequest,
} from '../../protocol/embedding-request.ts'
import type { EndpointPool } from '../endpoint-pool.ts'
import type { EventChannel } from '../event-channel.ts'
import { eventLines } from '../event-lines.ts'
import { embedQuery } from './embed-query.ts'
import { EmbeddingRuns } from './embedding-runs.ts'
import { measureThroughput } from './measure-throughput.ts'

/** What the page asks about embedding endpoints. */
export interface EmbeddingServices {
  readonly start: (request: EmbeddingRequest, signal: AbortSignal) => EventChannel<EmbeddingEvent>
  readonly pause: (request: PauseRequest) => boolean
  readonly query: (request: QueryRequest, signal: AbortSignal) => Promise<QueryEvent>
  readonly measure: (request: MeasureRequest, signal: AbortSignal) => EventChannel<MeasureEvent>
}

export function embeddingServices(pool: EndpointPool): EmbeddingServices {
  const runs = new EmbeddingRuns(pool)
  return {
    start: (request, signal) => runs.start(request, signal),
    pause: (request) => runs.pause(request),
    query: (request, signal) => embedQuery(pool, request, signal),
    measure: (request, signal) => measureThroughput(pool, request, signal),
  }
}

export function embeddingRoutes({ start, pause, query, measure }: EmbeddingServices): Hono {
  return new Hono()
    .post('/', (context) => answer(context, embeddingRequestSchema, (request) => streamed(context, request, start)))
    .post('/pause', (context) =>
      answer(context, pauseRequestSchema, (request) => context.json({ running: pause(request) })),
    )
    .post('/query', (context) =>
      answer(context, queryRequestSchema, async (request) =>
        context.json(await query(request, context.req.raw.signal)),
      ),
    )
    .post('/measure', (context) =>
      answer(context, measureRequestSchema, (request) => streamed(context, request, measure)),
    )
}

async function answer<Schema extends v.GenericSchema>(
  context: Context,
  schema: Schema,
  respond: (request: v.InferOutput<Schema>) => Response | Promise<Response>,
): Promise<Response> {
  const parsed = v.safeParse(schema, await context.req.json().catch(() => undefined))
  return parsed.success ? respond(parsed.output) : context.json({ message: parsed.issues[0].message }, 400)
}

const streamed = <Request, Event>(
  context: Context,
  request: Request,
  start: (request: Request, signal: AbortSignal) => EventChannel<Event>,
): Response => eventLines(context, (signal) => start(request, signal))
