import type { RunEvent, RunEventOf } from '../../protocol/run-event.ts'

export const lanes = ['parts', 'lines', 'values', 'text'] as const
export type Lane = (typeof lanes)[number]

/** A thing in a lane. `start` to `end` are the bytes of the body that it was made of. */
export interface WireItem {
  readonly lane: Lane
  readonly index: number
  /** Milliseconds since the call started. */
  readonly at: number
  readonly start: number
  readonly end: number
  /** What it says, for its label. */
  readonly label: string
  readonly event: RunEventOf<'part' | 'line' | 'value' | 'delta'>
}

/** A character whose bytes came in more than one part. */
export interface CutCharacter {
  readonly character: string
  readonly start: number
  readonly end: number
  /** The parts it is spread over, first and last. */
  readonly firstPart: number
  readonly lastPart: number
}

/** Everything that happened on the wire of one call, ready to be drawn. Grows while the call runs. */
export class Wire {
  readonly parts: WireItem[] = []
  readonly lines: WireItem[] = []
  readonly values: WireItem[] = []
  readonly text: WireItem[] = []
  readonly cuts: CutCharacter[] = []
  /** Moments that belong to no lane: request, response, retries and the end. */
  readonly moments: RunEventOf<'request' | 'response' | 'retry' | 'end' | 'error'>[] = []
  /** Times at which anything happened, ascending, each once. */
  readonly times: number[] = []

  #body = new Uint8Array(1024)
  #length = 0
  #cutFrom: { readonly start: number; readonly end: number; readonly firstPart: number } | undefined

  /** The body as far as it has arrived. */
  get body(): Uint8Array {
    return this.#body.subarray(0, this.#length)
  }

  /** Milliseconds from the start to the last event. */
  get durationMs(): number {
    return this.times.at(-1) ?? 0
  }

  add(event: RunEvent): void {
    if (this.times.at(-1) !== event.at) this.times.push(event.at)
    if (event.type === 'part') this.#addPart(event)
    else if (event.type === 'line') this.#addItem('lines', event, event, labelOfLine(event.text))
    else if (event.type === 'value') this.#addItem('values', event, event, labelOfValue(event.value))
    else if (event.type === 'delta') this.#addItem('text', event, this.#rangeOf(event), event.text)
    // What the packages made of the whole answer is in its view.
    else if (event.type !== 'ranking' && event.type !== 'labels') this.moments.push(event)
  }

  /** Everything that shares bytes with an item, in all lanes, the item included. */
  linked(item: WireItem): WireItem[] {
    const values = overlapping(this.values, item)
    const indexes = new Set(values.map(({ index }) => index))
    const text = this.text.filter((delta) => {
      const value = delta.event.type === 'delta' ? delta.event.value : undefined
      return value === undefined ? overlaps(delta, item) : indexes.has(value)
    })
    const others = [...overlapping(this.parts, item), ...overlapping(this.lines, item), ...values, ...text]
    return item.lane === 'text' ? others.filter((other) => other.lane !== 'text' || other === item) : others
  }

  #addPart(event: RunEventOf<'part'>): void {
    const bytes = Uint8Array.from(atob(event.bytes), (character) => character.charCodeAt(0))
    const start = this.#length
    this.#append(bytes)
    const end = this.#length
    this.parts.push({
      lane: 'parts',
      index: this.parts.length,
      at: event.at,
      start,
      end,
      label: `${end - start} B`,
      event,
    })
    this.#findCut(start, end)
  }

  #addItem(lane: 'lines' | 'values' | 'text', event: WireItem['event'], range: ByteRange, label: string): void {
    const list = this[lane]
    list.push({ lane, index: list.length, at: event.at, start: range.start, end: range.end, label, event })
  }

  #rangeOf({ value }: RunEventOf<'delta'>): ByteRange {
    return (value === undefined ? undefined : this.values[value]) ?? { start: 0, end: this.#length }
  }

  #append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#body.length) {
      const larger = new Uint8Array(Math.max(this.#body.length * 2, this.#length + bytes.length))
      larger.set(this.body)
      this.#body = larger
    }
    this.#body.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** Notes a character that an earlier part began and this part ends, and one that this part leaves open. */
  #findCut(start: number, end: number): void {
    const part = this.parts.length - 1
    const open = this.#cutFrom
    if (open !== undefined && open.end > end) return
    if (open !== undefined) {
      const character = new TextDecoder().decode(this.#body.subarray(open.start, open.end))
      this.cuts.push({ character, start: open.start, end: open.end, firstPart: open.firstPart, lastPart: part })
      this.#cutFrom = undefined
    }
    for (let at = end - 1; at >= Math.max(start, end - 3); at -= 1) {
      const length = sequenceLength(this.#body[at] ?? 0)
      if (length === 0) continue
      if (at + length > end) this.#cutFrom = { start: at, end: at + length, firstPart: part }
      return
    }
  }
}

interface ByteRange {
  readonly start: number
  readonly end: number
}

const overlaps = (a: ByteRange, b: ByteRange): boolean => a.start < b.end && b.start < a.end

/** The items are in order of their bytes, so that the first is found by halving. */
function overlapping(items: readonly WireItem[], range: ByteRange): WireItem[] {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.end ?? 0) <= range.start) low = middle + 1
    else high = middle
  }
  const found: WireItem[] = []
  for (let index = low; index < items.length; index += 1) {
    const item = items[index]
    if (item === undefined || item.start >= range.end) break
    if (overlaps(item, range)) found.push(item)
  }
  return found
}

/** Bytes in the UTF-8 sequence that a byte begins; 0 for a byte that begins none. */
function sequenceLength(byte: number): number {
  if (byte < 0x80) return 1
  if (byte < 0xc2) return 0
  if (byte < 0xe0) return 2
  if (byte < 0xf0) return 3
  return byte < 0xf5 ? 4 : 0
}

/** What tells one line from the next: the value of a data field, and then as for values. */
function labelOfLine(text: string): string {
  const data = /^data: ?(.*)$/s.exec(text)?.[1]
  if (data === undefined || !data.startsWith('{')) return text
  try {
    return labelOfValue(JSON.parse(data))
  } catch {
    // A line that was cut, or is no JSON.
    return text
  }
}

/** What tells one value from the next: the delta of a chunk rather than its id and model, which all chunks have in common. */
export function labelOfValue(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const { choices, token, generated_text: text, usage, error } = value as Readonly<Record<string, unknown>>
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined
  if (typeof choice === 'object' && choice !== null) {
    const { delta, message, text: completion, finish_reason: reason } = choice as Readonly<Record<string, unknown>>
    if (typeof reason === 'string') return `finish: ${reason}`
    return JSON.stringify(delta ?? message ?? completion ?? choice)
  }
  if (Array.isArray(choices) && usage != null) return `usage ${JSON.stringify(usage)}`
  if (typeof token === 'object' && token !== null && 'text' in token)
    return typeof text === 'string' ? 'last token' : JSON.stringify(token.text)
  return JSON.stringify(error === undefined ? value : { error })
}
