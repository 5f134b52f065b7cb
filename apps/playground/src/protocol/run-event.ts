import * as v from 'valibot'

/** Milliseconds since the call started, on the server's monotonic clock. */
const at = v.pipe(v.number(), v.minValue(0))
/** Bytes from the start of the response body. */
const offset = v.pipe(v.number(), v.integer(), v.minValue(0))
const optionalText = v.optional(v.string())

/** The call leaves: the body as it is sent to the container. */
const requestEvent = v.object({
  type: v.literal('request'),
  at,
  operation: v.picklist(['InvokeEndpoint', 'InvokeEndpointWithResponseStream', 'InvokeEndpointAsync']),
  contentType: v.string(),
  accept: optionalText,
  body: v.string(),
})

/** Response headers are here. */
const responseEvent = v.object({
  type: v.literal('response'),
  at,
  statusCode: v.optional(v.number()),
  contentType: optionalText,
  requestId: optionalText,
  variant: optionalText,
})

/** An attempt failed and another follows. */
const retryEvent = v.object({
  type: v.literal('retry'),
  at,
  attempt: v.number(),
  code: v.string(),
  delayMs: v.number(),
})

/** First lane: the bytes of one PayloadPart (of the whole body, when nothing streams), in base64. */
const partEvent = v.object({ type: v.literal('part'), at, start: offset, bytes: v.pipe(v.string(), v.base64()) })

/** Second lane: one line; `start` to `end` are its bytes, without the line terminator. */
const lineEvent = v.object({ type: v.literal('line'), at, start: offset, end: offset, text: v.string() })

/** Third lane: one value that the container sent, with the bytes it was read from. */
const valueEvent = v.object({ type: v.literal('value'), at, start: offset, end: offset, value: v.unknown() })

/** Fourth lane: what the reader of the container's format made of a value; `value` counts the value events from 0. */
const deltaEvent = v.object({
  type: v.literal('delta'),
  at,
  value: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  channel: v.picklist(['text', 'reasoning', 'tool']),
  text: v.string(),
  tool: v.optional(v.object({ index: v.number(), id: optionalText, name: optionalText })),
})

const score = v.number()

/** What a reranker answered: documents by their position in the request, best first. */
const rankingEvent = v.object({
  type: v.literal('ranking'),
  at,
  scoreKind: v.picklist(['probability', 'logit', 'unknown']),
  ranking: v.array(v.object({ index: v.pipe(v.number(), v.integer(), v.minValue(0)), score })),
})

/** What a classifier answered: one item per text, in the order of the request; `scores` are best first. */
const labelsEvent = v.object({
  type: v.literal('labels'),
  at,
  classifications: v.array(
    v.object({ label: v.string(), score, scores: v.array(v.object({ label: v.string(), score })) }),
  ),
})

const usageSchema = v.object({
  inputTokens: v.optional(v.number()),
  outputTokens: v.optional(v.number()),
  totalTokens: v.optional(v.number()),
})

/** The answer is complete. */
const endEvent = v.object({
  type: v.literal('end'),
  at,
  stopReason: optionalText,
  rawStopReason: optionalText,
  usage: v.optional(usageSchema),
  warnings: v.optional(v.array(v.string())),
  attempts: v.optional(v.number()),
})

/** The call failed; what arrived before it stays valid. */
const errorEvent = v.object({
  type: v.literal('error'),
  at,
  code: v.string(),
  message: v.string(),
  retryable: v.boolean(),
  advice: v.string(),
  statusCode: v.optional(v.number()),
  originalStatusCode: v.optional(v.number()),
  originalMessage: optionalText,
  requestId: optionalText,
  logStreamArn: optionalText,
  attempts: v.optional(v.number()),
})

export const runEventSchema = v.variant('type', [
  requestEvent,
  responseEvent,
  retryEvent,
  partEvent,
  lineEvent,
  valueEvent,
  deltaEvent,
  rankingEvent,
  labelsEvent,
  endEvent,
  errorEvent,
])

/**
 * What happens during one call, in the order in which it happens: the server writes one per line, and a capture file is
 * the same lines.
 */
export type RunEvent = v.InferOutput<typeof runEventSchema>
export type RunEventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>
export type RunUsage = v.InferOutput<typeof usageSchema>
