import { SagemakerError } from '@x/sagemaker-endpoint'
import type { GatewayOptions } from '../contract/gateway-options.ts'
import { KnownKeys } from '../http/known-keys.ts'
import { WebPageRules } from '../http/web-page-rules.ts'
import { ModelTable } from '../models/model-table.ts'
import type { ResumableAnswers, StreamSettings } from '../resuming/resumable-answers.ts'

/** Limits of a gateway. */
interface GatewayLimits {
  readonly maxRequestBytes: number
  readonly maxConcurrency: number
  readonly maxStreamsPerKey: number
}

const defaults: GatewayLimits = {
  maxRequestBytes: 33_554_432,
  maxConcurrency: Number.POSITIVE_INFINITY,
  maxStreamsPerKey: Number.POSITIVE_INFINITY,
}

/** What `setTimeout` can wait. */
const longestTimerMs = 2_147_483_647

/** What a gateway has made of its options. Lives until the last request that began with it is answered. */
export class Configured {
  readonly options: GatewayOptions
  readonly models: ModelTable
  readonly keys: KnownKeys
  readonly webPages: WebPageRules
  readonly limits: GatewayLimits
  readonly streamSettings: StreamSettings
  #active = 0
  #isRetired = false

  /** @throws {SagemakerError} `invalid-configuration` */
  constructor(options: GatewayOptions, answers: ResumableAnswers) {
    const { firstMs = 10_000, intervalMs = 15_000 } = options.keepAlive ?? {}
    const { resumeForMs = 0, maxResumeBytes = 1_048_576 } = options
    this.options = options
    this.limits = {
      maxRequestBytes: options.maxRequestBytes ?? defaults.maxRequestBytes,
      maxConcurrency: options.maxConcurrency ?? defaults.maxConcurrency,
      maxStreamsPerKey: options.maxStreamsPerKey ?? defaults.maxStreamsPerKey,
    }
    for (const [path, value] of Object.entries({
      ...this.limits,
      maxResumeBytes,
      'keepAlive.intervalMs': intervalMs,
    })) {
      if (!(value >= 1)) throw invalid(path, `${value} is not a number from 1`)
    }
    if (!(firstMs >= 0)) throw invalid('keepAlive.firstMs', `${firstMs} is not a number from 0`)
    if (!(resumeForMs >= 0 && resumeForMs <= longestTimerMs))
      throw invalid('resumeForMs', `${resumeForMs} is not a number from 0 to ${longestTimerMs}`)
    for (const [index, key] of (options.apiKeys ?? []).entries()) {
      if ((typeof key === 'string' ? key : key.key) === '') throw invalid(`apiKeys[${index}]`, 'the key is empty')
    }
    this.models = new ModelTable(options.models, options.telemetry)
    this.keys = new KnownKeys(options.apiKeys ?? [])
    this.webPages = new WebPageRules(options.cors)
    this.streamSettings = {
      keepAlive: { firstMs, intervalMs },
      exposeErrors: options.exposeErrors ?? false,
      resuming: resumeForMs === 0 ? undefined : { answers, resumeForMs, maxResumeBytes },
    }
  }

  /** A request begins with these options. */
  enter(): void {
    this.#active++
  }

  /** A request that began with these options is answered. */
  leave(): void {
    this.#active--
    if (this.#isRetired && this.#active === 0) this.models.close()
  }

  /** No request begins with these options any more. */
  retire(): void {
    this.#isRetired = true
    if (this.#active === 0) this.models.close()
  }
}

function invalid(path: string, problem: string): SagemakerError {
  return new SagemakerError('invalid-configuration', `${path}: ${problem}.`, { path })
}
