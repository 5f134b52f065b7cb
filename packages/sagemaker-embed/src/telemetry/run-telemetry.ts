import type { TelemetryAttributes, TelemetryHistogram, TelemetrySpan, TelemetryTracer } from '@x/bedrock-like-types'
import { AsyncLocalStorage } from 'node:async_hooks'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { EmbeddingEndEvent } from '../contract/embedding-callbacks.ts'
import { names, spanKindClient, spanStatusError } from './names.ts'

/** What a call is measured with. */
export interface RunHistograms {
  readonly duration: TelemetryHistogram | undefined
  readonly tokenUsage: TelemetryHistogram | undefined
}

/** The span and the measurements of one call. */
export class RunTelemetry {
  readonly #identity: TelemetryAttributes
  readonly #histograms: RunHistograms
  readonly #span: TelemetrySpan | undefined
  /** Runs a function such that spans within it are children of this one, in whichever context the call goes on. */
  readonly within: <R>(run: () => R) => R

  /** @param identity - the attributes of every measurement. */
  constructor(
    tracer: TelemetryTracer | undefined,
    name: string,
    attributes: TelemetryAttributes,
    identity: TelemetryAttributes,
    histograms: RunHistograms,
  ) {
    this.#identity = identity
    this.#histograms = histograms
    const started = tracer?.startActiveSpan(name, { kind: spanKindClient, attributes }, (span) => ({
      span,
      within: AsyncLocalStorage.snapshot(),
    }))
    this.#span = started?.span
    this.within = started?.within ?? ((run) => run())
  }

  /** The call is over; with an error if it failed. */
  end(summary: EmbeddingEndEvent, width: number | undefined, failure?: { readonly error: unknown }): void {
    const { attribute } = names
    const errorType = failure && { [attribute.errorType]: errorTypeOf(failure.error) }
    this.#span?.setAttributes({
      ...given({
        [attribute.dimensionCount]: width,
        [attribute.usageInputTokens]: summary.tokens,
        [attribute.aborted]: summary.aborted || undefined,
      }),
      [attribute.texts]: summary.texts,
      [attribute.failedTexts]: summary.failed,
      [attribute.cachedTexts]: summary.cached,
      [attribute.requests]: summary.requests,
      ...errorType,
    })
    // The message may quote the container, and so the texts: the type alone is safe.
    if (failure) this.#span?.setStatus({ code: spanStatusError, message: errorTypeOf(failure.error) })
    this.#span?.end()
    this.#histograms.duration?.record(summary.timings.durationMs / 1000, { ...this.#identity, ...errorType })
    if (summary.tokens === undefined) return
    this.#histograms.tokenUsage?.record(summary.tokens, { ...this.#identity, [attribute.tokenType]: 'input' })
  }
}

/** A short word for a failure: the code, or the class of what else was thrown. Never its message. */
function errorTypeOf(error: unknown): string {
  if (SagemakerError.is(error)) return error.code
  return error instanceof Error ? error.name : '_OTHER'
}

function given(attributes: TelemetryAttributes): TelemetryAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined))
}
