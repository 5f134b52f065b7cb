import type { ObservedCall, ObservedOrigin } from '../../protocol/observed-call.ts'
import type { RunEvent } from '../../protocol/run-event.ts'
import type { EventChannel } from '../event-channel.ts'
import { AnswerDecoder } from './answer-decoder.ts'

/** An observed call with all its events, decoded as they arrive. */
export class KeptCall {
  readonly events: RunEvent[] = []
  readonly #identity: Pick<ObservedCall, 'id' | 'origin' | 'endpointName' | 'startedAt'>
  readonly #readers = new Set<EventChannel<RunEvent>>()
  /** `undefined` when the capture has lines and values already. */
  #decoder: AnswerDecoder | undefined = new AnswerDecoder()
  #status: ObservedCall['status'] = 'running'
  #code: string | undefined
  #receivedBytes = 0

  constructor(id: string, origin: ObservedOrigin, endpointName: string, startedAt: string) {
    this.#identity = { id, origin, endpointName, startedAt }
  }

  get call(): ObservedCall {
    return {
      ...this.#identity,
      status: this.#status,
      code: this.#code,
      receivedBytes: this.#receivedBytes,
      durationMs: this.events.at(-1)?.at ?? 0,
    }
  }

  /** Bytes that the call occupies, roughly. */
  get size(): number {
    return this.#receivedBytes * 4 + 1000
  }

  add(event: RunEvent): void {
    // After its end a call has no more events.
    if (this.#status !== 'running') return
    if (event.type === 'line' || event.type === 'value' || event.type === 'delta') this.#decoder = undefined
    if (event.type === 'part') return this.#addPart(event)
    if (event.type === 'end' || event.type === 'error') {
      this.#write(this.#decoder?.flush(event.at) ?? [])
      this.#status = event.type === 'end' ? 'done' : 'failed'
      this.#code = event.type === 'error' ? event.code : undefined
    }
    this.#write([event])
    if (this.#status !== 'running') for (const reader of this.#readers) reader.close()
  }

  /** Everything that happened, and what happens from now on; ends with the call. */
  read(channel: EventChannel<RunEvent>, signal: AbortSignal): void {
    for (const event of this.events) channel.write(event)
    if (this.#status !== 'running') return channel.close()
    this.#readers.add(channel)
    signal.addEventListener('abort', () => this.#readers.delete(channel), { once: true })
  }

  #addPart(part: Extract<RunEvent, { type: 'part' }>): void {
    const bytes = Buffer.from(part.bytes, 'base64')
    // Where it starts follows from the parts before it, whatever the line says.
    this.#write([{ ...part, start: this.#receivedBytes }])
    this.#receivedBytes += bytes.length
    this.#write(this.#decoder?.push(bytes, part.at) ?? [])
  }

  #write(events: readonly RunEvent[]): void {
    for (const event of events) {
      this.events.push(event)
      for (const reader of this.#readers) reader.write(event)
    }
  }
}
