import { randomUUID } from 'node:crypto'
import type { EndpointObserver } from '@x/sagemaker-endpoint'
import type { ObservedCall, ObservedCallEvent, ObservedOrigin } from '../../protocol/observed-call.ts'
import type { RunEvent } from '../../protocol/run-event.ts'
import { EventChannel } from '../event-channel.ts'
import { parseCapturedLine } from './captured-line.ts'
import { KeptCall } from './kept-call.ts'
import { observeCalls } from './observe-calls.ts'

/** Most calls that are kept, and most bytes of them. The oldest are forgotten first. */
const maxCalls = 500
const maxBytes = 128 * 1024 * 1024

/** The calls of other programs, of capture files and of this page. In memory only. */
export class CaptureHub {
  readonly #calls = new Map<string, KeptCall>()
  readonly #readers = new Set<EventChannel<ObservedCallEvent>>()
  /** Ids of captures are theirs: two files may have the same. */
  #callIds = new Map<string, string>()

  /** Begins a call. @returns its id. */
  begin(origin: ObservedOrigin, endpointName: string, startedAt: string): string {
    const id = randomUUID()
    this.#calls.set(id, new KeptCall(id, origin, endpointName, startedAt))
    this.#changed(id)
    this.#forgetOldest()
    return id
  }

  add(id: string, event: RunEvent): void {
    const kept = this.#calls.get(id)
    if (kept === undefined) return
    const before = kept.call.status
    kept.add(event)
    if (event.type === 'request' || event.type === 'response' || kept.call.status !== before) this.#changed(id)
  }

  /**
   * Adds lines of a capture. Lines before one that is wrong are kept.
   *
   * @returns the calls that these lines begin.
   * @throws {CapturedLineError}
   */
  post(text: string, origin: ObservedOrigin): readonly ObservedCall[] {
    const begun: string[] = []
    // Loading a file twice gives two copies of its calls.
    const callIds = origin === 'file' ? new Map<string, string>() : this.#callIds
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      if (line.trim() === '') continue
      const id = this.postLine(line, index + 1, origin, callIds)
      if (id !== undefined) begun.push(id)
    }
    // A file has no more to come.
    if (origin === 'file') for (const id of begun) this.endCut(id)
    return begun.flatMap((id) => this.#calls.get(id)?.call ?? [])
  }

  /**
   * Adds a line of a capture.
   *
   * @param callIds - Ids of calls here by those of the capture, while they run.
   * @returns the id of the call that the line begins, if it begins one.
   * @throws {CapturedLineError}
   */
  postLine(line: string, number: number, origin: ObservedOrigin, callIds: Map<string, string>): string | undefined {
    const read = parseCapturedLine(line, number)
    if ('header' in read) {
      const { callId = '', endpointName, request, startedAt } = read.header
      const id = this.begin(origin, endpointName ?? request?.endpoint.name ?? 'unnamed', startedAt)
      callIds.set(callId, id)
      return id
    }
    const { callId = '', event } = read
    this.add(callIds.get(callId) ?? '', event)
    if (event.type === 'end' || event.type === 'error') callIds.delete(callId)
    return undefined
  }

  /** Reports every call that is kept, and every change from now on. */
  watch(signal: AbortSignal): EventChannel<ObservedCallEvent> {
    const channel = new EventChannel<ObservedCallEvent>()
    for (const { call } of this.#calls.values()) channel.write({ type: 'call', call })
    this.#readers.add(channel)
    signal.addEventListener('abort', () => this.#readers.delete(channel), { once: true })
    return channel
  }

  /** Reports the events of a call; `undefined` for one that is not kept. */
  events(id: string, signal: AbortSignal): EventChannel<RunEvent> | undefined {
    const channel = new EventChannel<RunEvent>()
    this.#calls.get(id)?.read(channel, signal)
    return this.#calls.has(id) ? channel : undefined
  }

  clear(): void {
    for (const id of this.#calls.keys()) this.#forget(id)
  }

  /** Keeps the calls of an endpoint. */
  observer(origin: ObservedOrigin): EndpointObserver {
    return observeCalls((endpointName, startedAt) => {
      const id = this.begin(origin, endpointName, startedAt)
      return (event) => this.add(id, event)
    })
  }

  /** Ends a call that its capture has no end of. Does nothing after its end. */
  endCut(id: string): void {
    const last = this.#calls.get(id)?.events.at(-1)?.at ?? 0
    this.add(id, {
      type: 'error',
      at: last,
      code: 'aborted',
      message: 'The capture ends before the call does.',
      retryable: false,
      advice: 'What arrived before is complete.',
    })
  }

  #changed(id: string): void {
    const kept = this.#calls.get(id)
    if (kept !== undefined) for (const reader of this.#readers) reader.write({ type: 'call', call: kept.call })
  }

  #forgetOldest(): void {
    let bytes = 0
    for (const kept of this.#calls.values()) bytes += kept.size
    for (const [id, kept] of this.#calls) {
      if (this.#calls.size <= maxCalls && bytes <= maxBytes) break
      bytes -= kept.size
      this.#forget(id)
    }
  }

  #forget(id: string): void {
    this.#calls.delete(id)
    for (const reader of this.#readers) reader.write({ type: 'forgotten', id })
  }
}
