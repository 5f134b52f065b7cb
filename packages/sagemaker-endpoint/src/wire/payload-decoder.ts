import {
  type Decoder,
  EventStreamDecoder,
  type EventStreamHeaders,
  type EventStreamMessage,
} from '@x/stream-core/decoders'
import type { ServiceFailure } from '../errors/service-failure.ts'
import { ReportedFailure } from '../errors/reported-failure.ts'

/** Bytes as they are: for an answer without framing. */
export const unframed: Decoder<Uint8Array, Uint8Array> = { push: (chunk) => [chunk], flush: () => [] }

/**
 * Takes the payloads out of an event stream. Exceptions in it are thrown as `ReportedFailure`. Events of other kinds
 * than `PayloadPart` carry nothing of the container's answer; they are passed over, as AWS reserves the right to add
 * some.
 */
export class PayloadDecoder implements Decoder<Uint8Array, Uint8Array> {
  readonly #frames = new EventStreamDecoder()
  #payloadHeaders: EventStreamHeaders | undefined

  push(chunk: Uint8Array): readonly Uint8Array[] {
    const payloads: Uint8Array[] = []
    this.pushEach(chunk, (payload) => payloads.push(payload))
    return payloads
  }

  flush(): readonly Uint8Array[] {
    this.#frames.flush()
    return []
  }

  pushEach(chunk: Uint8Array, emit: (payload: Uint8Array) => void): void {
    this.#frames.pushEach(chunk, (message) => {
      // Nearly all frames of a stream have the same header block, and the decoder gives one object for it.
      if (message.headers !== this.#payloadHeaders) {
        if (!isPayload(message)) return
        this.#payloadHeaders = message.headers
      }
      emit(message.payload)
    })
  }
}

/** @throws ReportedFailure for anything but an event. */
function isPayload(message: EventStreamMessage): boolean {
  const kind = textHeader(message, ':message-type')
  if (kind === 'event') return textHeader(message, ':event-type') === 'PayloadPart'
  if (kind === 'exception') throw new ReportedFailure(exceptionIn(message))
  if (kind === 'error') throw new ReportedFailure(errorIn(message))
  const text = `The stream holds a message of ${kind === undefined ? 'no' : 'unknown'} type.`
  throw new ReportedFailure({ name: '', message: text, code: 'stream-corrupt' })
}

function exceptionIn(message: EventStreamMessage): ServiceFailure {
  const fields = jsonObject(message.payload)
  return {
    name: textHeader(message, ':exception-type') ?? 'UnknownException',
    message: textIn(fields, 'Message') ?? textIn(fields, 'message') ?? '',
    streamErrorCode: textIn(fields, 'ErrorCode'),
    originalStatusCode: typeof fields['OriginalStatusCode'] === 'number' ? fields['OriginalStatusCode'] : undefined,
    originalMessage: textIn(fields, 'OriginalMessage'),
    logStreamArn: textIn(fields, 'LogStreamArn'),
  }
}

/** An error outside the service's model, by the event-stream specification. */
function errorIn(message: EventStreamMessage): ServiceFailure {
  return { name: textHeader(message, ':error-code') ?? '', message: textHeader(message, ':error-message') ?? '' }
}

function textHeader(message: EventStreamMessage, name: string): string | undefined {
  const header = message.headers[name]
  return header?.type === 'string' ? header.value : undefined
}

function jsonObject(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}

function textIn(fields: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = fields[key]
  return typeof value === 'string' ? value : undefined
}
