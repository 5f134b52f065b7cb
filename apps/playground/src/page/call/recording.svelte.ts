import type { Capture } from '../../protocol/capture.ts'
import type { RunEvent, RunEventOf } from '../../protocol/run-event.ts'
import { measureRun, type RunMetrics } from '../../protocol/run-metrics.ts'
import type { RecordedRequest } from '../../protocol/recorded-request.ts'

export type RecordingStatus = 'running' | 'done' | 'failed' | 'stopped'

/** A tool call as far as it has arrived; `input` is JSON text. */
export interface ToolCallSoFar {
  readonly id: string
  readonly name: string
  readonly input: string
}

/** While a call runs its figures are brought up to date this often. */
const measureEveryMs = 200

/** One call with everything that happened in it: what the chat shows, the inspector draws and a capture file keeps. */
export class Recording {
  readonly id: string
  readonly request: RecordedRequest
  readonly startedAt: Date
  /** In order. Grows in place: read `eventCount` to be told of growth. */
  readonly events: RunEvent[] = []

  eventCount: number = $state(0)
  status: RecordingStatus = $state('running')
  text: string = $state('')
  reasoning: string = $state('')
  toolCalls: readonly ToolCallSoFar[] = $state.raw([])
  metrics: RunMetrics = $state.raw(measureRun([]))
  end: RunEventOf<'end'> | undefined = $state.raw()
  error: RunEventOf<'error'> | undefined = $state.raw()

  #measuredAt = 0

  constructor(request: RecordedRequest, startedAt: Date = new Date(), id: string = crypto.randomUUID()) {
    this.request = request
    this.startedAt = startedAt
    this.id = id
  }

  /** A call that was recorded earlier. */
  static ofCapture({ request, startedAt, events }: Capture, id?: string): Recording {
    const recording = new Recording(request, startedAt, id)
    recording.add(events)
    // A capture that was saved while its call ran has no end.
    recording.stop()
    return recording
  }

  /** Whether there are bytes to look at: a conversation from the history comes without. */
  get hasWire(): boolean {
    return this.eventCount > 0 && this.events.some(({ type }) => type === 'request' || type === 'part')
  }

  /** Adds what happened next. */
  add(events: readonly RunEvent[]): void {
    let text = ''
    let reasoning = ''
    for (const event of events) {
      this.events.push(event)
      if (event.type === 'delta' && event.channel === 'text') text += event.text
      if (event.type === 'delta' && event.channel === 'reasoning') reasoning += event.text
      if (event.type === 'delta' && event.channel === 'tool') this.#addToolFragment(event)
      if (event.type === 'end') this.#finish('done', () => (this.end = event))
      if (event.type === 'error') this.#finish('failed', () => (this.error = event))
    }
    if (text !== '') this.text += text
    if (reasoning !== '') this.reasoning += reasoning
    this.eventCount = this.events.length
    if (this.status !== 'running' || performance.now() - this.#measuredAt > measureEveryMs) this.#measure()
  }

  /** The user stopped the call: what arrived stays. */
  stop(): void {
    if (this.status !== 'running') return
    this.status = 'stopped'
    this.#measure()
  }

  #finish(status: RecordingStatus, keep: () => void): void {
    this.status = status
    keep()
  }

  #addToolFragment({ tool, text }: RunEventOf<'delta'>): void {
    const index = tool?.index ?? 0
    const before = this.toolCalls[index] ?? { id: '', name: '', input: '' }
    const after = { id: tool?.id ?? before.id, name: tool?.name ?? before.name, input: before.input + text }
    this.toolCalls = [...this.toolCalls.slice(0, index), after, ...this.toolCalls.slice(index + 1)]
  }

  #measure(): void {
    this.#measuredAt = performance.now()
    this.metrics = measureRun(this.events)
  }
}
