import { ServerSentError } from '../server-sent-error.ts'
import type { LineScanner } from '../text/line-scanner.ts'

const letterE = 0x65

/**
 * Reads the lines of server-sent events that report an error, and emits a {@link ServerSentError} for each. The data of an event is
 * JSON in one line, and complete with it, or text, which is complete with its event.
 */
export class ErrorEvents {
  readonly #lines: LineScanner
  readonly #emit: (error: ServerSentError) => void
  readonly #parseJson: (json: string) => unknown
  /** Whether the type of the event is `error`. */
  #isError = false
  /** The data that is not complete. */
  #data: string | undefined

  constructor(lines: LineScanner, parseJson: (json: string) => unknown, emit: (error: ServerSentError) => void) {
    this.#lines = lines
    this.#parseJson = parseJson
    this.#emit = emit
  }

  /** Whether a line that starts like this may become a field `error`. */
  mayTake(start: string): boolean {
    return start.startsWith('error:') || 'error:'.startsWith(start)
  }

  /** Takes `text[start..end)` if that is part of an error, and ends an error that is complete with it. */
  takes(text: string, start: number, end: number): boolean {
    if (start === end) {
      this.end()
      this.#isError = false
      return false
    }
    // Both fields begin with it, and nearly all lines do not.
    if (text.charCodeAt(start) !== letterE && !this.#isError) return false
    if (text.startsWith('error:', start)) {
      this.#add(text, start, end, valueOf(text, start + 'error:'.length, end))
      return true
    }
    if (this.#isError && text.startsWith('data:', start)) {
      const data = valueOf(text, start + 'data:'.length, end)
      if (data === '[DONE]') return false
      this.#add(text, start, end, data)
      return true
    }
    if (text.startsWith('event:', start)) {
      this.end()
      this.#isError = valueOf(text, start + 'event:'.length, end) === 'error'
    }
    return false
  }

  /** The event has ended, or the input has. */
  end(): void {
    const data = this.#data
    this.#data = undefined
    if (data !== undefined) this.#emit(new ServerSentError((this.#parsed(data) ?? { value: data }).value))
  }

  #add(text: string, start: number, end: number, data: string): void {
    this.#lines.checkLength(text, start, end)
    // Only the first line can be JSON: to try again with each further one would cost more than a pass.
    const parsed = this.#data === undefined ? this.#parsed(data) : undefined
    if (parsed !== undefined) {
      this.#emit(new ServerSentError(parsed.value))
      return
    }
    this.#data = this.#data === undefined ? data : `${this.#data}\n${data}`
    if (this.#data.length > this.#lines.maxLineLength) throw this.#lines.lineTooLong(text, start, end)
  }

  #parsed(data: string): { readonly value: unknown } | undefined {
    try {
      return { value: this.#parseJson(data) }
    } catch {
      return undefined
    }
  }
}

/** The value of a field: what comes after its colon and one space. */
function valueOf(text: string, start: number, end: number): string {
  return text.slice(text.startsWith(' ', start) ? start + 1 : start, end)
}
