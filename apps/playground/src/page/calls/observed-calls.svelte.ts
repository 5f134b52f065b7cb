import type { ObservedCall, ObservedCallEvent } from '../../protocol/observed-call.ts'
import type { RunEvent } from '../../protocol/run-event.ts'
import { readJsonLines } from '../call/read-json-lines.ts'
import { Recording } from '../call/recording.svelte.ts'

const reconnectMs = 2000

/** The calls of other programs, of loaded captures, and of this page. */
export class ObservedCalls {
  /** Oldest first. */
  list: readonly ObservedCall[] = $state.raw([])
  chosenId: string | undefined = $state()

  readonly #opened = new Map<string, Recording>()

  constructor() {
    void this.#watch()
  }

  /** The recording of a call; its events arrive from now on. */
  open(call: ObservedCall): Recording {
    const opened = this.#opened.get(call.id)
    if (opened !== undefined) return opened
    const endpoint = { source: 'aws', name: call.endpointName } as const
    const recording = new Recording({ mode: 'observed', endpoint }, new Date(call.startedAt), call.id)
    this.#opened.set(call.id, recording)
    void this.#read(recording)
    return recording
  }

  /**
   * Adds the calls of a capture file.
   *
   * @returns the first of them.
   * @throws with a message for the user when the text is no capture.
   */
  async load(text: string): Promise<ObservedCall | undefined> {
    const response = await fetch('/api/captures?origin=file', { method: 'POST', body: text })
    const body = (await response.json()) as { readonly calls?: readonly ObservedCall[]; readonly message?: string }
    if (!response.ok) throw new Error(body.message ?? `The playground server answered with status ${response.status}.`)
    return body.calls?.[0]
  }

  async clear(): Promise<void> {
    await fetch('/api/captures', { method: 'DELETE' })
  }

  /** Follows the list for as long as the page is open; a server that was restarted has a new list. */
  async #watch(): Promise<void> {
    for (;;) {
      try {
        const { body } = await fetch('/api/captures')
        this.list = []
        if (body !== null) for await (const events of readJsonLines(body)) this.#apply(events as ObservedCallEvent[])
      } catch {
        // The server is away; it is asked again.
      }
      await new Promise((resolve) => setTimeout(resolve, reconnectMs))
    }
  }

  #apply(events: readonly ObservedCallEvent[]): void {
    const calls = new Map(this.list.map((call) => [call.id, call]))
    for (const event of events) {
      if (event.type === 'call') calls.set(event.call.id, event.call)
      else {
        calls.delete(event.id)
        this.#opened.delete(event.id)
      }
    }
    this.list = [...calls.values()]
  }

  async #read(recording: Recording): Promise<void> {
    try {
      const response = await fetch(`/api/captures/${recording.id}`)
      if (!response.ok || response.body === null) return recording.stop()
      for await (const events of readJsonLines(response.body)) recording.add(events as RunEvent[])
    } finally {
      recording.stop()
    }
  }
}
