/** One recorded call. */
export interface Capture {
  /** Start of the call. */
  readonly startedAt: Date
  readonly events: readonly CaptureEvent[]
}

/** An event of a call; `at` is the time since its start, in milliseconds. */
export type CaptureEvent =
  | {
      readonly type: 'request'
      readonly at: number
      readonly operation: string
      readonly contentType: string
      readonly accept?: string | undefined
      /** The body as UTF-8 text. */
      readonly body: string
    }
  /** The response began. */
  | {
      readonly type: 'response'
      readonly at: number
      readonly statusCode?: number | undefined
      readonly contentType?: string | undefined
    }
  /** Bytes of the answer, in base64, and their offset in the answer. */
  | { readonly type: 'part'; readonly at: number; readonly start: number; readonly bytes: string }
  /** The answer is complete. */
  | { readonly type: 'end'; readonly at: number }
  /** The call failed; earlier events remain valid. */
  | {
      readonly type: 'error'
      readonly at: number
      readonly code: string
      readonly message: string
      readonly originalStatusCode?: number | undefined
      readonly originalMessage?: string | undefined
    }

/** Thrown for text that is not a capture; the message names the line. */
export class CaptureError extends Error {}

const eventTypes = new Set<unknown>(['request', 'response', 'part', 'end', 'error'] satisfies CaptureEvent['type'][])

/** Serializes a capture as JSON lines: a header, then one line per event. */
export function serializeCapture({ startedAt, events }: Capture): string {
  const header = { type: 'capture', version: 1, startedAt: startedAt.toISOString() }
  return [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join('')
}

/**
 * Parses one call of a capture file. A file can hold several calls; `callId` tells their lines apart, because calls can overlap. Skips
 * events of unknown types, which other programs may have added.
 *
 * @param call - Position of the call in the file, from 0.
 * @throws {CaptureError} with the number of the invalid line, or if the file has no such call.
 */
export function parseCapture(text: string, call: number = 0): Capture {
  const numbered = text.split(/\r?\n/).map((line, index) => ({ line, number: index + 1 }))
  const lines = numbered.filter(({ line }) => line.trim() !== '').map(parseLine)
  if (lines[0]?.['type'] !== 'capture') throw new CaptureError('Line 1: this is no capture file.')
  const headers = lines.filter(({ type }) => type === 'capture')
  const header = headers[call]
  if (header === undefined) throw new CaptureError(`There is no call ${call}: the file has ${headers.length}.`)
  if (header['version'] !== 1)
    throw new CaptureError(`Line 1: version ${String(header['version'])} is not known here, only 1.`)
  const isOfCall = ({ type, callId }: Readonly<Record<string, unknown>>): boolean =>
    eventTypes.has(type) && callId === header['callId']
  return {
    startedAt: new Date(String(header['startedAt'])),
    events: lines.filter(isOfCall) as unknown as CaptureEvent[],
  }
}

function parseLine({ line, number }: { line: string; number: number }): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    throw new CaptureError(`Line ${number}: this is not JSON.`, { cause: error })
  }
  if (typeof value !== 'object' || value === null) throw new CaptureError(`Line ${number}: this is no JSON object.`)
  const event = value as Readonly<Record<string, unknown>>
  if (eventTypes.has(event['type']) && typeof event['at'] !== 'number')
    throw new CaptureError(`Line ${number}: the event has no time.`)
  if (event['type'] === 'part' && typeof event['bytes'] !== 'string')
    throw new CaptureError(`Line ${number}: the part has no bytes.`)
  return event
}
