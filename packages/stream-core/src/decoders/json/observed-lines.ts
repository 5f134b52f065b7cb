import type { LineParts } from '../text/line-scanner.ts'
import type { JsonSequenceObserver } from './json-sequence-observer.ts'
import type { PartialLineSink } from './partial-line-scanner.ts'

/** A sink that tells an observer of each line as a whole before it hands on what there is of it. */
export class ObservedLines implements PartialLineSink {
  readonly #sink: PartialLineSink
  readonly #observer: JsonSequenceObserver
  readonly #offsetOf: (text: string, index: number) => number
  /** The parts of the current line that the sink has taken before its end was there, and where the first one starts. */
  #taken = ''
  #takenFrom: number | undefined

  constructor(
    sink: PartialLineSink,
    observer: JsonSequenceObserver,
    offsetOf: (text: string, index: number) => number,
  ) {
    this.#sink = sink
    this.#observer = observer
    this.#offsetOf = offsetOf
  }

  line(text: string, start: number, end: number): void {
    const from = this.#takenFrom ?? this.#offsetOf(text, start)
    this.#tell(text.slice(start, end), from, this.#offsetOf(text, end))
    this.#sink.line(text, start, end)
  }

  partialLine(text: string, start: number): boolean {
    const from = this.#takenFrom ?? this.#offsetOf(text, start)
    const isTaken = this.#sink.partialLine(text, start)
    if (isTaken) {
      this.#takenFrom = from
      this.#taken += text.slice(start)
    }
    return isTaken
  }

  keepPart(parts: LineParts | undefined, rest: string, text: string, start: number): LineParts | undefined {
    return this.#sink.keepPart(parts, rest, text, start)
  }

  heldText(): string {
    return this.#sink.heldText()
  }

  /** The input has ended, and may leave a line without an end. */
  end(byteOffset: number): void {
    if (this.#takenFrom !== undefined) this.#tell('', this.#takenFrom, byteOffset)
  }

  #tell(rest: string, start: number, end: number): void {
    const line = this.#taken + rest
    this.#taken = ''
    this.#takenFrom = undefined
    this.#observer.onLine?.(line, { start, end })
  }
}
