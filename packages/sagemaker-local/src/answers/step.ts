import { damagedFrame, type FrameDamage, encodeFrame, type EventStreamFrame } from './event-stream-frame.ts'
import { toBytes, type BytesLike } from './bytes.ts'

/**
 * One thing that happens while an answer is sent. Build steps with {@link part}, {@link pause}, {@link exception} and
 * the other functions beside it.
 */
export type Step =
  | { readonly kind: 'part'; readonly bytes: Uint8Array }
  | { readonly kind: 'pause'; readonly durationMs: number }
  | ExceptionStep
  | { readonly kind: 'wire'; readonly bytes: Uint8Array }
  | { readonly kind: 'ending'; readonly ending: Ending }

/** An exception frame. */
export interface ExceptionStep {
  /** Marks an exception frame. */
  readonly kind: 'exception'
  /** Its `:exception-type`. */
  readonly name: string
  /** Members of its JSON payload. */
  readonly members: Readonly<Record<string, unknown>>
}

/**
 * How an answer ends: `end` closes it properly, `stall` sends nothing more and keeps the socket open, `reset` sends a
 * TCP reset, `disconnect` closes the socket (FIN) without ending the HTTP body.
 */
export type Ending = 'end' | 'stall' | 'reset' | 'disconnect'

/**
 * Bytes of the container, sent as exactly one `PayloadPart` on a stream.
 * @param data - Text is sent as UTF-8.
 */
export function part(data: BytesLike): Step {
  return { kind: 'part', bytes: toBytes(data) }
}

/**
 * Cuts data into parts, none of them empty.
 * @param data - Text is sent as UTF-8.
 * @param cut - `size` (bytes per part, default 1), or `at`: the byte offsets at which to cut, ascending.
 */
export function parts(data: BytesLike, cut: { readonly size: number } | { readonly at: readonly number[] }): Step[] {
  const bytes = toBytes(data)
  const offsets =
    'at' in cut ? cut.at : Array.from({ length: Math.ceil(bytes.length / cut.size) }, (_, index) => index * cut.size)
  const bounds = [0, ...offsets.filter((offset) => offset > 0 && offset < bytes.length), bytes.length]
  return bounds
    .slice(1)
    .map((end, index) => bytes.subarray(bounds[index], end))
    .filter((piece) => piece.length > 0)
    .map(part)
}

/** Nothing for `durationMs` milliseconds. For a pause until something happens, use an async generator that awaits it. */
export function pause(durationMs: number): Step {
  return { kind: 'pause', durationMs }
}

/**
 * An exception frame: SageMaker's way to report a failure after the answer has begun.
 * @param name - `ModelStreamError` and `InternalStreamFailure` are the two that the API knows; any other name is sent as it is.
 * @param members - Members of its JSON, such as `Message` and `ErrorCode`.
 */
export function exception(name: string, members: Readonly<Record<string, unknown>> = {}): ExceptionStep {
  return { kind: 'exception', name, members }
}

/** A frame of `:message-type` `error` (not `exception`), which carries its text in headers. */
export function errorFrame(code: string, message: string): Step {
  return frame({ headers: { ':message-type': 'error', ':error-code': code, ':error-message': message } })
}

/** An event frame of any type, for example one that clients do not know. */
export function event(type: string, payload: BytesLike = '', contentType = 'application/octet-stream'): Step {
  return frame({ headers: { ':event-type': type, ':content-type': contentType, ':message-type': 'event' }, payload })
}

/** A well-formed frame with headers and payload of your choice. */
export function frame(message: EventStreamFrame): Step {
  return wire(encodeFrame(message))
}

/**
 * Bytes written to the HTTP body as they are, without a frame around them, to imitate a server that is broken.
 */
export function wire(data: BytesLike): Step {
  return { kind: 'wire', bytes: toBytes(data) }
}

/**
 * A `PayloadPart` frame that is damaged.
 * @param damage - What is wrong with it: see {@link FrameDamage}.
 * @param data - Its payload.
 */
export function damagedPart(damage: FrameDamage, data: BytesLike = 'data: {"damaged":true}\n\n'): Step {
  return wire(damagedFrame(damage, toBytes(data)))
}

/** Ends the answer as a healthy server would. Implied after the last step. */
export function end(): Step {
  return { kind: 'ending', ending: 'end' }
}

/** Sends nothing more and keeps the socket open until the client, or `close()` of the runtime, closes it. */
export function stall(): Step {
  return { kind: 'ending', ending: 'stall' }
}

/** Resets the TCP connection, so that the client sees `ECONNRESET`. What was written before arrives first. */
export function reset(): Step {
  return { kind: 'ending', ending: 'reset' }
}

/** Closes the TCP connection (FIN) in the middle of the HTTP body. */
export function disconnect(): Step {
  return { kind: 'ending', ending: 'disconnect' }
}

/** The frame that SageMaker sends when a container's stream exceeds its time (`ModelInvocationTimeExceeded`) or breaks off (`StreamBroken`). */
export function modelStreamError(
  errorCode: 'ModelInvocationTimeExceeded' | 'StreamBroken' = 'StreamBroken',
  message?: string,
): ExceptionStep {
  return exception('ModelStreamError', {
    Message:
      message ??
      (errorCode === 'StreamBroken'
        ? 'The connection to your model primary was lost before the inference response was complete.'
        : 'Your model primary did not complete sending the inference response in the allotted time.'),
    ErrorCode: errorCode,
  })
}
