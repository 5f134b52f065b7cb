import { CallbackDecoder } from './callback-decoder.ts'
import { isData } from './text/event-field.ts'
import { LineScanner } from './text/line-scanner.ts'
import type { TextDecodingOptions } from './text/text-decoding-options.ts'

/** One server-sent event, as a browser's `EventSource` would report it. */
export interface ServerSentEvent {
  /** The event type; `message` if the event has no `event` field. */
  readonly event: string
  /** The values of its `data` fields, joined by LF. */
  readonly data: string
  /** The last event ID: the value of the latest `id` field of this or an earlier event; empty before the first. */
  readonly id: string
  /** The reconnection time in milliseconds that the latest `retry` field set, in this or an earlier event. */
  readonly retry: number | undefined
}

/** Options of `ServerSentEventDecoder`. */
export interface ServerSentEventDecoderOptions extends TextDecodingOptions {
  /**
   * Whether an event that the end of the input leaves without its blank line is delivered by `flush`. The standard drops it, but
   * containers end their streams like that.
   *
   * @defaultValue true
   */
  readonly deliverPending?: boolean | undefined
  /**
   * What completes an event. `blank-line` is the standard. `data-line` makes an event of each `data` field, for servers that put
   * one newline between events.
   *
   * @defaultValue `blank-line`
   */
  readonly eventEnd?: 'blank-line' | 'data-line' | undefined
}

const lineFeed = 0x0a
const space = 0x20
const colon = 0x3a
const dataLength = 'data'.length

/**
 * Decodes UTF-8 bytes of `text/event-stream` to events, by the rules of the WHATWG standard
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation): comments and unknown fields are
 * ignored, an event without data is not delivered, `id` and `retry` stay in force until they are set again. `[DONE]` and the
 * like are data to this decoder.
 *
 * Errors: `line-too-long`, also when the data of one event is longer than the limit; `invalid-utf8` with `fatal`.
 */
export class ServerSentEventDecoder extends CallbackDecoder<Uint8Array, ServerSentEvent> {
  readonly #deliverPending: boolean
  readonly #endsAtData: boolean
  readonly #scanner: LineScanner
  #emit: (event: ServerSentEvent) => void = ignore
  #event = ''
  #data: string | undefined
  #id = ''
  #retry: number | undefined

  constructor(options: ServerSentEventDecoderOptions = {}) {
    super()
    this.#deliverPending = options.deliverPending ?? true
    this.#endsAtData = options.eventEnd === 'data-line'
    const line = (text: string, start: number, end: number): void => this.#line(text, start, end)
    const lines = (text: string, start: number): number => this.#lines(text, start)
    const joinedLine = (rest: string, head: string): void => this.#joinedLine(rest, head)
    this.#scanner = new LineScanner({ line, lines, joinedLine }, 'any', options)
  }

  /** What `push` and `pushEach` do with a chunk. */
  protected override decodeChunk(chunk: Uint8Array, emit: (event: ServerSentEvent) => void): void {
    this.#emit = emit
    this.#scanner.push(chunk)
  }

  /** What `flush` and `flushEach` do at the end of the input. */
  protected override decodeEnd(emit: (event: ServerSentEvent) => void): void {
    this.#emit = emit
    this.#scanner.flush()
    if (this.#deliverPending) this.#dispatch()
  }

  /** As `#line` for many lines, with a short cut for the event of one data line, which nearly all events are. */
  #lines(text: string, start: number): number {
    const lines = this.#scanner
    let position = start
    while (position < text.length) {
      const end = text.indexOf('\n', position)
      if (end === -1) break
      const isWholeEvent = text.charCodeAt(end + 1) === lineFeed && this.#data === undefined
      if (isWholeEvent && isData(text, position) && end - position <= lines.maxLineLength) {
        this.#deliver(valueOf(text, position + dataLength, end))
        lines.lineNumber += 2
        position = end + 2
      } else {
        this.#line(text, position, end)
        lines.lineNumber++
        position = end + 1
      }
    }
    return position
  }

  #line(text: string, start: number, end: number): void {
    if (start === end) {
      this.#dispatch()
      return
    }
    this.#scanner.checkLength(text, start, end)
    if (isData(text, start)) this.#addData(valueOf(text, start + dataLength, end))
    else if (text.charCodeAt(start) !== colon) this.#readField(text.slice(start, end))
    if (this.#data !== undefined && this.#data.length > this.#scanner.maxLineLength) {
      throw this.#scanner.lineTooLong(text, start, end)
    }
    if (this.#endsAtData && this.#data !== undefined) this.#dispatch()
  }

  #joinedLine(rest: string, head: string): void {
    const length = rest.length + head.length
    const isFirstData = this.#data === undefined && rest.length > dataLength + 1 && isData(rest, 0)
    if (isFirstData && length <= this.#scanner.maxLineLength) {
      this.#addData(valueOf(rest, dataLength, rest.length) + head)
      if (this.#endsAtData) this.#dispatch()
    } else {
      this.#line(rest + head, 0, length)
    }
  }

  #readField(line: string): void {
    const nameEnd = line.indexOf(':')
    const name = nameEnd === -1 ? line : line.slice(0, nameEnd)
    const value = nameEnd === -1 ? '' : valueOf(line, nameEnd, line.length)
    switch (name) {
      case 'data':
        this.#addData(value)
        break
      case 'event':
        this.#event = value
        break
      case 'id':
        if (!value.includes('\0')) this.#id = value
        break
      case 'retry':
        if (/^[0-9]+$/.test(value)) this.#retry = Number(value)
        break
    }
  }

  #addData(value: string): void {
    this.#data = this.#data === undefined ? value : this.#data + '\n' + value
  }

  #dispatch(): void {
    const data = this.#data
    this.#data = undefined
    if (data === undefined) this.#event = ''
    else this.#deliver(data)
  }

  #deliver(data: string): void {
    const event = this.#event
    if (event !== '') this.#event = ''
    this.#emit({ event: event === '' ? 'message' : event, data, id: this.#id, retry: this.#retry })
  }
}

/** The value of a field, up to `end`: what comes after its colon and one space. */
function valueOf(text: string, colonIndex: number, end: number): string {
  const start = colonIndex + 1
  return text.slice(text.charCodeAt(start) === space ? start + 1 : start, end)
}

const ignore = (): void => {}
