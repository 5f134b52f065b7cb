import { randomUUID } from 'node:crypto'
import type { EmbeddingProgress } from '@x/bedrock-like-types'
import type { SagemakerError } from '@x/sagemaker-endpoint'
import type {
  EmbeddingCallbacks,
  EmbeddingEndEvent,
  EmbeddingEvent,
  EmbeddingRequestEvent,
} from '../contract/embedding-callbacks.ts'
import type { EmbeddingKind } from '../contract/embedding-content-handler.ts'
import type { EmbeddingTelemetry } from '../telemetry/embedding-telemetry.ts'
import type { RunTelemetry } from '../telemetry/run-telemetry.ts'
import type { BatchLimits } from './batch-limits.ts'

/** Facts about a request that was answered with vectors. */
export type AnsweredRequest = Omit<EmbeddingRequestEvent, keyof EmbeddingEvent>

/** Counts what happens in one call, and tells whoever wants to know. What they throw is ignored. */
export class RunObserver {
  readonly #event: EmbeddingEvent
  readonly #callbacks: EmbeddingCallbacks
  readonly #onProgress: ((progress: EmbeddingProgress) => void) | undefined
  readonly #telemetry: RunTelemetry | undefined
  readonly #startedAtMs = performance.now()
  #total: number | undefined
  #done = 0
  #failed = 0
  #cached = 0
  #requests = 0
  #tokens: number | undefined
  #isOver = false

  constructor(
    kind: EmbeddingKind,
    callbacks: EmbeddingCallbacks,
    onProgress: ((progress: EmbeddingProgress) => void) | undefined,
    telemetry: EmbeddingTelemetry | undefined,
  ) {
    this.#event = { callId: randomUUID(), kind }
    this.#callbacks = callbacks
    this.#onProgress = onProgress
    this.#telemetry = telemetry?.start(kind)
    notify(callbacks.onStart, this.#event)
  }

  /** Runs a function within the span of the call, if there is one. */
  within<R>(run: () => R): R {
    return this.#telemetry === undefined ? run() : this.#telemetry.within(run)
  }

  totalKnown(total: number): void {
    this.#total = total
  }

  requestAnswered(request: AnsweredRequest): void {
    this.#requests++
    if (request.tokens !== undefined) this.#tokens = (this.#tokens ?? 0) + request.tokens
    notify(this.#callbacks.onRequest, { ...this.#event, ...request })
  }

  requestSplit(texts: number, parts: number, error: SagemakerError, { maxTexts, maxBytes }: BatchLimits): void {
    notify(this.#callbacks.onSplit, { ...this.#event, texts, parts, error, maxTexts, maxBytes })
  }

  concurrencyChanged(concurrency: number, reason: 'throttled' | 'recovered'): void {
    notify(this.#callbacks.onConcurrency, { ...this.#event, concurrency, reason })
  }

  cacheFailed(error: unknown): void {
    notify(this.#callbacks.onCacheError, { ...this.#event, error })
  }

  batchDone(counts: { readonly texts: number; readonly failed: number; readonly cached: number }): void {
    // Batches that were in flight when the call failed have nothing more to say.
    if (this.#isOver) return
    this.#done += counts.texts
    this.#failed += counts.failed
    this.#cached += counts.cached
    if (this.#onProgress === undefined) return
    const seconds = this.#elapsedMs() / 1000
    notify(this.#onProgress, {
      done: this.#done,
      failed: this.#failed,
      total: this.#total,
      textsPerSecond: seconds > 0 ? this.#done / seconds : 0,
      tokens: this.#tokens,
    })
  }

  /** The call has all its results, or its consumer has left. Only the first end counts. */
  ended(aborted: boolean, width: number | undefined): void {
    if (this.#isOver) return
    this.#isOver = true
    const summary = this.#summary(aborted)
    this.#telemetry?.end(summary, width)
    notify(this.#callbacks.onEnd, summary)
  }

  failed(error: unknown, width: number | undefined): void {
    if (this.#isOver) return
    this.#isOver = true
    const summary = this.#summary(false)
    this.#telemetry?.end(summary, width, { error })
    notify(this.#callbacks.onError, { ...summary, error })
  }

  #summary(aborted: boolean): EmbeddingEndEvent {
    return {
      ...this.#event,
      aborted,
      texts: this.#done,
      failed: this.#failed,
      cached: this.#cached,
      requests: this.#requests,
      tokens: this.#tokens,
      timings: { durationMs: this.#elapsedMs() },
    }
  }

  #elapsedMs(): number {
    return performance.now() - this.#startedAtMs
  }
}

function notify<T>(listener: ((event: T) => void) | undefined, event: T): void {
  // Whoever watches a call must not be able to break it, nor the process with a promise that rejects.
  try {
    const result: unknown = listener?.(event)
    if (result instanceof Promise) result.catch(() => {})
  } catch {}
}
