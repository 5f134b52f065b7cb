import {
  type Decoder,
  EventStreamDecoder,
  type EventStreamHeaders,
  type EventStreamMessage,
} from '@x/stream-core/decoders'
import { ReportedFailure, type ServiceFailure } from '../errors/service-failure.ts'
import { numberIn, parsedJson, stringIn } from '../json-fields.ts'

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

/** @throws {ReportedFailure} for anything but an event. */
function isPayload(message: EventStreamMessage): boolean {
  const kind = textHeader(message, ':message-type')
  if (kind === 'event') return textHeader(message, ':event-type') === 'PayloadPart'
  if (kind === 'exception') throw new ReportedFailure(exceptionIn(message))
  if (kind === 'error') throw new ReportedFailure(errorIn(message))
  const text = `The stream holds a message of ${kind === undefined ? 'no' : 'unknown'} type.`
  throw new ReportedFailure({ name: '', message: text, code: 'stream-corrupt' })
}

function exceptionIn(message: EventStreamMessage): ServiceFailure {
  const fields = parsedJson(new TextDecoder().decode(message.payload))
  return {
    name: textHeader(message, ':exception-type') ?? 'UnknownException',
    message: stringIn(fields, 'Message') ?? stringIn(fields, 'message') ?? '',
    streamErrorCode: stringIn(fields, 'ErrorCode'),
    originalStatusCode: numberIn(fields, 'OriginalStatusCode'),
    originalMessage: stringIn(fields, 'OriginalMessage'),
    logStreamArn: stringIn(fields, 'LogStreamArn'),
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
