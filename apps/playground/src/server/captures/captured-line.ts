import * as v from 'valibot'
import { adviceFor } from '../../protocol/error-advice.ts'
import { runEventSchema, type RunEvent } from '../../protocol/run-event.ts'

const headerSchema = v.object({
  type: v.literal('capture'),
  version: v.literal(1, 'This capture was written in another version of the format.'),
  callId: v.optional(v.string()),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  endpointName: v.optional(v.string()),
  request: v.optional(v.object({ endpoint: v.object({ name: v.string() }) })),
})

/** A line of a capture: the start of a call, or an event of one. */
export type CapturedLine =
  | { readonly header: v.InferOutput<typeof headerSchema> }
  | { readonly callId: string | undefined; readonly event: RunEvent }

/** The lines are not those of a capture; the message says which line is wrong and why. */
export class CapturedLineError extends Error {
  override readonly name = 'CapturedLineError'
}

/** @throws {CapturedLineError} */
export function parseCapturedLine(text: string, number: number): CapturedLine {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new CapturedLineError(`Line ${number} is not JSON: this is not a capture.`, { cause: error })
  }
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined
  if (type === 'capture') return { header: parsed(headerSchema, value, number) }
  const { callId } = parsed(v.object({ callId: v.optional(v.string()) }), value, number)
  // Programs write what happened; what to do about it is ours to say.
  const event = type === 'error' ? withAdvice(value as object) : value
  return { callId, event: parsed(runEventSchema, event, number) }
}

function withAdvice(error: {
  readonly code?: unknown
  readonly advice?: unknown
  readonly retryable?: unknown
}): object {
  return { retryable: false, ...error, advice: error.advice ?? adviceFor(error.code as never) ?? '' }
}

function parsed<Schema extends v.GenericSchema>(schema: Schema, value: unknown, number: number): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const path = v.getDotPath(result.issues[0])
  throw new CapturedLineError(`Line ${number}${path === null ? '' : `, ${path}`}: ${result.issues[0].message}`)
}
