import type { TelemetryAttributes, TelemetryHistogram } from '@x/bedrock-like-types'
import { durationBucketsSeconds, names, tokenBuckets } from './names.ts'
import { RunTelemetry } from './run-telemetry.ts'
import type { EmbeddingTelemetryOptions } from '../contract/telemetry-options.ts'

/** The model that is called, as telemetry names it. */
export interface TelemetryModel {
  readonly endpointName: string
  readonly modelName: string | undefined
}

/** Spans and histograms of one model. */
export class EmbeddingTelemetry {
  readonly #options: EmbeddingTelemetryOptions
  readonly #model: TelemetryModel
  readonly #duration: TelemetryHistogram | undefined
  readonly #tokenUsage: TelemetryHistogram | undefined

  constructor(options: EmbeddingTelemetryOptions, model: TelemetryModel) {
    this.#options = options
    this.#model = model
    this.#duration = options.meter?.createHistogram(names.metric.duration, {
      description: 'Duration of a call to the model.',
      unit: 's',
      advice: { explicitBucketBoundaries: [...durationBucketsSeconds] },
    })
    this.#tokenUsage = options.meter?.createHistogram(names.metric.tokenUsage, {
      description: 'Tokens of the texts, as the container reported them.',
      unit: '{token}',
      advice: { explicitBucketBoundaries: [...tokenBuckets] },
    })
  }

  /** Begins the span of a call. */
  start(kind: string): RunTelemetry {
    const { attribute } = names
    const { endpointName, modelName = endpointName } = this.#model
    const identity: TelemetryAttributes = {
      [attribute.operationName]: names.operation,
      [attribute.providerName]: names.provider,
      [attribute.requestModel]: modelName,
    }
    const attributes = { ...identity, [attribute.endpointName]: endpointName, [attribute.kind]: kind }
    const histograms = { duration: this.#duration, tokenUsage: this.#tokenUsage }
    return new RunTelemetry(this.#options.tracer, `${names.operation} ${modelName}`, attributes, identity, histograms)
  }
}
