import { damagedFrame, type FrameDamage, encodeFrame, type EventStreamFrame } from './event-stream-frame.ts'
import { toBytes, type BytesLike } from './bytes.ts'

/**
 * One event while an answer is sent. Create steps with {@link part}, {@link pause}, {@link exception} and similar functions.
 */
export type Step =
  | { readonly kind: 'part'; readonly bytes: Uint8Array }
  | { readonly kind: 'pause'; readonly durationMs: number }
  | ExceptionStep
  | { readonly kind: 'wire'; readonly bytes: Uint8Array }
  | { readonly kind: 'ending'; readonly ending: Ending }

/** An exception frame. */
export interface ExceptionStep {
  /** Discriminates an exception from the other steps. */
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
 * Sends bytes of the container, as exactly one `PayloadPart` on a stream.
 * @param data - Text is sent as UTF-8.
 */
export function part(data: BytesLike): Step {
  return { kind: 'part', bytes: toBytes(data) }
}

/**
 * Cuts data into parts. No part is empty.
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

/** Waits for `durationMs` milliseconds. To wait for something else, use an async generator that awaits it. */
export function pause(durationMs: number): Step {
  return { kind: 'pause', durationMs }
}

/**
 * Sends an exception frame, with which SageMaker reports a failure after the response has begun.
 * @param name - `ModelStreamError` and `InternalStreamFailure` are part of the API; any other name is sent unchanged.
 * @param members - Members of its JSON, such as `Message` and `ErrorCode`.
 */
export function exception(name: string, members: Readonly<Record<string, unknown>> = {}): ExceptionStep {
  return { kind: 'exception', name, members }
}

/** Sends a frame of `:message-type` `error` (not `exception`), whose code and message are headers. */
export function errorFrame(code: string, message: string): Step {
  return frame({ headers: { ':message-type': 'error', ':error-code': code, ':error-message': message } })
}

/** Sends an event frame of any type, for example a type that clients do not know. */
export function event(type: string, payload: BytesLike = '', contentType = 'application/octet-stream'): Step {
  return frame({ headers: { ':event-type': type, ':content-type': contentType, ':message-type': 'event' }, payload })
}

/** Sends a well-formed frame with any headers and payload. */
export function frame(message: EventStreamFrame): Step {
  return wire(encodeFrame(message))
}

/**
 * Writes bytes to the HTTP body without a frame around them, to imitate a broken server.
 */
export function wire(data: BytesLike): Step {
  return { kind: 'wire', bytes: toBytes(data) }
}

/**
 * Sends a damaged `PayloadPart` frame.
 * @param damage - The kind of damage: see {@link FrameDamage}.
 * @param data - Its payload.
 */
export function damagedPart(damage: FrameDamage, data: BytesLike = 'data: {"damaged":true}\n\n'): Step {
  return wire(damagedFrame(damage, toBytes(data)))
}

/** Ends the response properly. Implied after the last step. */
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

/** Sends the exception with which SageMaker reports that a container's stream timed out (`ModelInvocationTimeExceeded`) or broke (`StreamBroken`). */
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
