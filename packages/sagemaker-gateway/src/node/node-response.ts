import type { ServerResponse } from 'node:http'
import type { EventSink } from '../events/event-answer.ts'
import { eventAnswerOf } from '../events/event-body.ts'

/** Writes a response of the web to one of Node.js: an event stream directly, anything else as a whole. */
export async function writeResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  const answer = eventAnswerOf(response.body)
  const body = answer === undefined ? Buffer.from(await response.arrayBuffer()) : undefined
  if (body !== undefined && !outgoing.req.complete) {
    // A body that was refused is not read to its end.
    outgoing.setHeader('connection', 'close')
  }
  if (body !== undefined && response.status !== 204) outgoing.setHeader('content-length', body.byteLength)
  for (const [name, value] of response.headers) outgoing.setHeader(name, value)
  outgoing.writeHead(response.status)
  if (answer === undefined) {
    outgoing.end(body)
    return
  }
  const sink = new ResponseSink(outgoing)
  const written = answer.writeTo(sink)
  // The headers are sent with the first event, if there is one already.
  if (!sink.hasText) outgoing.flushHeaders()
  await written
  sink.end()
}

/** Most characters that wait for the end of a tick. */
const mostPending = 65_536

/**
 * Writes to a response of Node.js, once per tick: what arrives together costs one write. Node.js writes a chunk of HTTP/1.1 as three
 * pieces, which costs more than all of the decoding, so chunks are framed here (RFC 9112, 7.1).
 */
class ResponseSink implements EventSink {
  readonly #outgoing: ServerResponse
  readonly #isChunked: boolean
  #pending = ''

  /** @param outgoing - has its status and its headers. */
  constructor(outgoing: ServerResponse) {
    this.#outgoing = outgoing
    this.#isChunked = outgoing.chunkedEncoding
    outgoing.chunkedEncoding = false
  }

  /** Whether text waits for the end of the tick. */
  get hasText(): boolean {
    return this.#pending !== ''
  }

  write(text: string): Promise<void> | undefined {
    const outgoing = this.#outgoing
    if (text === '' || outgoing.destroyed) return undefined
    if (this.#pending === '') process.nextTick(() => this.flush())
    this.#pending += text
    if (this.#pending.length > mostPending) this.flush()
    return outgoing.writableNeedDrain ? this.#drained() : undefined
  }

  writeComment(text: string): void {
    if (!this.#outgoing.destroyed && !this.#outgoing.writableNeedDrain) void this.write(text)
  }

  /** Writes what waits for the end of the tick. */
  flush(): void {
    const text = this.#pending
    this.#pending = ''
    if (text === '' || this.#outgoing.destroyed) return
    const { data, encoding } = this.#framed(text)
    this.#outgoing.write(data, encoding)
  }

  /** Ends the response. */
  end(): void {
    const text = this.#pending
    this.#pending = ''
    const { data, encoding } = this.#framed(text)
    // In one write with the end of the body.
    this.#outgoing.end(this.#isChunked ? `${data}0\r\n\r\n` : data, encoding)
  }

  #framed(text: string): { readonly data: string; readonly encoding: 'latin1' | 'utf8' } {
    const length = Buffer.byteLength(text)
    const isFramed = this.#isChunked && length > 0
    // Text of ASCII needs no encoding.
    const encoding = length === text.length ? 'latin1' : 'utf8'
    return { data: isFramed ? `${length.toString(16)}\r\n${text}\r\n` : text, encoding }
  }

  #drained(): Promise<void> {
    const outgoing = this.#outgoing
    return new Promise((resolve) => {
      const done = (): void => {
        outgoing.off('drain', done)
        outgoing.off('close', done)
        resolve()
      }
      outgoing.on('drain', done)
      outgoing.on('close', done)
    })
  }
}
