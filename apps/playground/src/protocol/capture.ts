import * as v from 'valibot'
import { runEventSchema, type RunEvent } from './run-event.ts'
import { pageRequestSchema, type RecordedRequest } from './recorded-request.ts'

/** One recorded call. Its file has a first line about the call and then one line per event, all JSON (`capture.jsonl`). */
export interface Capture {
  readonly startedAt: Date
  readonly request: RecordedRequest
  readonly events: readonly RunEvent[]
}

const headerSchema = v.object({
  type: v.literal('capture'),
  version: v.literal(1, 'This capture was written by another version of the playground.'),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  /** Where the page made the call. */
  request: v.optional(pageRequestSchema),
  /** Where another program made it. */
  endpointName: v.optional(v.string()),
})

/** The text is not a capture; the message says what is wrong with which line. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError'
}

/** Whether another program wrote this capture: it has the bytes of calls, and nothing that was read of them. */
export function isProgramCapture(text: string): boolean {
  try {
    const header: unknown = JSON.parse(text.slice(0, text.indexOf('\n')))
    return typeof header === 'object' && header !== null && 'version' in header && !('request' in header)
  } catch {
    return false
  }
}

/** Writes a capture as JSON lines. */
export function serializeCapture({ startedAt, request, events }: Capture): string {
  const { endpoint, mode } = request
  const call = mode === 'observed' ? { endpointName: endpoint.name } : { request }
  const header = { type: 'capture', version: 1, startedAt: startedAt.toISOString(), ...call }
  return [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join('')
}

/**
 * Reads a capture file.
 *
 * @throws {CaptureError} when the text is anything else, or events are missing from it.
 */
export function parseCapture(text: string): Capture {
  const [first, ...rest] = text.split(/\r?\n/).map((line, index) => ({ line, number: index + 1 }))
  const header = parseLine(headerSchema, first ?? { line: '', number: 1 })
  const events = rest.filter(({ line }) => line.trim() !== '').map((line) => parseLine(runEventSchema, line))
  checkBytes(events)
  return { startedAt: new Date(header.startedAt), request: header.request ?? observed(header.endpointName), events }
}

const observed = (name = 'unnamed'): RecordedRequest => ({ mode: 'observed', endpoint: { source: 'aws', name } })

function parseLine<Schema extends v.GenericSchema>(
  schema: Schema,
  { line, number }: NumberedLine,
): v.InferOutput<Schema> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    throw new CaptureError(`Line ${number} is not JSON: this is not a capture file.`, { cause: error })
  }
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return parsed.output
  const path = v.getDotPath(parsed.issues[0])
  throw new CaptureError(`Line ${number}${path === null ? '' : `, ${path}`}: ${parsed.issues[0].message}`)
}

interface NumberedLine {
  readonly line: string
  readonly number: number
}

/** Every other lane points into the bytes of the first, so that these must be without gaps. */
function checkBytes(events: readonly RunEvent[]): void {
  let end = 0
  for (const event of events) {
    if (event.type === 'part') {
      if (event.start !== end) throw new CaptureError(`The bytes from ${end} to ${event.start} are missing.`)
      end += atob(event.bytes).length
    }
    if ((event.type === 'line' || event.type === 'value') && (event.end > end || event.start > event.end))
      throw new CaptureError(`A ${event.type} claims the bytes ${event.start} to ${event.end}, of ${end}.`)
  }
}
