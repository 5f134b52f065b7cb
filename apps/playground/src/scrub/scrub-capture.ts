import type { RunEvent } from '../protocol/run-event.ts'
import { parseCapturedLine } from '../server/captures/captured-line.ts'
import { AnswerDecoder } from '../server/captures/answer-decoder.ts'
import { scrubBytes, scrubText } from './scrub-bytes.ts'

interface Call {
  readonly id: string
  readonly startedAt: string
  readonly events: RunEvent[]
}

/**
 * Replaces all text in a capture, so that it can be shown in public: prompts and answers (`scrubBytes`), names of endpoints and
 * variants, request ids, messages of errors and log streams. Kept are all times, the lengths and cuts of all parts, statuses, codes and
 * counts, so that a client reads the scrubbed answer as it read the original. Events and members that are not known are left out.
 *
 * @param text - of a capture file, with one call or several.
 * @throws {CapturedLineError} for text that is not a capture; the message names the line.
 */
export function scrubCapture(text: string): string {
  return readCalls(text)
    .flatMap((call) => [...scrubbedCall(call)])
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')
}

function readCalls(text: string): readonly Call[] {
  const calls: Call[] = []
  const byCallId = new Map<string | undefined, Call>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const read = parseCapturedLine(line, index + 1)
    if ('header' in read) {
      const call = { id: `call-${calls.length + 1}`, startedAt: read.header.startedAt, events: [] }
      calls.push(call)
      byCallId.set(read.header.callId, call)
    } else byCallId.get(read.callId)?.events.push(read.event)
  }
  // Nothing was there: the message is that of a line that is no capture.
  if (calls.length === 0) parseCapturedLine('', 1)
  return calls
}

function* scrubbedCall({ id, startedAt, events }: Call): Generator<object> {
  yield { type: 'capture', version: 1, callId: id, startedAt, endpointName: 'scrubbed' }
  // What was read of the bytes is read again of the scrubbed ones.
  const decoder = events.some(({ type }) => type === 'line' || type === 'value') ? new AnswerDecoder() : undefined
  const parts = scrubbedParts(events)
  for (const event of events) {
    if (readOfBytes.has(event.type)) continue
    const isLast = event.type === 'end' || event.type === 'error'
    if (isLast) for (const decoded of decoder?.flush(event.at) ?? []) yield { ...decoded, callId: id }
    const bytes = parts.get(event)
    yield { ...(bytes === undefined ? scrubbedEvent(event) : { ...event, bytes: base64(bytes) }), callId: id }
    if (bytes !== undefined)
      for (const decoded of decoder?.push(bytes, event.at) ?? []) yield { ...decoded, callId: id }
  }
}

const readOfBytes: ReadonlySet<RunEvent['type']> = new Set(['line', 'value', 'delta', 'ranking', 'labels'])

/** The parts of an answer, scrubbed as a whole and cut where they were cut. */
function scrubbedParts(events: readonly RunEvent[]): ReadonlyMap<RunEvent, Uint8Array> {
  const parts = events.flatMap((event) => (event.type === 'part' ? [{ event, bytes: fromBase64(event.bytes) }] : []))
  const body = new Uint8Array(parts.reduce((sum, { bytes }) => sum + bytes.length, 0))
  let length = 0
  const places = parts.map(({ event, bytes }) => {
    body.set(bytes, length)
    return { event, start: length, end: (length += bytes.length) }
  })
  const scrubbed = scrubBytes(body)
  return new Map(places.map(({ event, start, end }) => [event, scrubbed.subarray(start, end)]))
}

function scrubbedEvent(event: RunEvent): object {
  if (event.type === 'request') return { ...event, body: scrubText(event.body) }
  if (event.type === 'response')
    return { ...event, requestId: scrubbedName(event.requestId), variant: scrubbedName(event.variant) }
  if (event.type === 'end') return { ...event, warnings: undefined }
  if (event.type !== 'error') return event
  const { logStreamArn: _, originalMessage, requestId, ...known } = event
  return {
    ...known,
    message: event.code,
    originalMessage: originalMessage === undefined ? undefined : scrubText(originalMessage),
    requestId: scrubbedName(requestId),
  }
}

const scrubbedName = (name: string | undefined): string | undefined =>
  name === undefined ? undefined : scrubText(name)

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'))
