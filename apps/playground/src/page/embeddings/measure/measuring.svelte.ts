import type { EmbeddingErrorEvent, MeasureEvent, Measurement } from '../../../protocol/embedding-event.ts'
import type { EndpointReference } from '../../../protocol/run-request.ts'
import { neverMade } from '../../call/record-run.ts'
import { requestEvents } from '../../call/request-events.ts'
import { measurePlan, textsToMeasure } from './measure-plan.ts'

export const textsPerSecond = ({ texts, durationMs }: Measurement): number => (texts / durationMs) * 1000

/** Finds out how the settings change the throughput of an endpoint. */
export class Measuring {
  running: boolean = $state(false)
  measurements: readonly Measurement[] = $state.raw([])
  error: EmbeddingErrorEvent | undefined = $state.raw()

  #abort = new AbortController()

  get best(): Measurement | undefined {
    return this.measurements.reduce<Measurement | undefined>(
      (best, one) => (best === undefined || textsPerSecond(one) > textsPerSecond(best) ? one : best),
      undefined,
    )
  }

  /** Embeds the same texts with one setting after the other. Resolves at the end, however it ends. */
  async start(endpoint: EndpointReference, texts: readonly string[]): Promise<void> {
    if (this.running) return
    this.running = true
    this.error = undefined
    this.measurements = []
    this.#abort = new AbortController()
    const { signal } = this.#abort
    const request = { endpoint, texts: textsToMeasure(texts), settings: measurePlan }
    try {
      for await (const events of requestEvents<MeasureEvent>('/api/embeddings/measure', request, signal)) {
        for (const event of events) {
          if (event.type === 'measured') this.measurements = [...this.measurements, event]
          if (event.type === 'error') this.error = event
        }
      }
    } catch (error) {
      if (!signal.aborted) this.error = neverMade(error)
    }
    this.running = false
  }

  stop(): void {
    this.#abort.abort()
  }
}
