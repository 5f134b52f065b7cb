import type { RequestRecord } from '../contract/request-record.ts'

type Labels = Readonly<Record<string, string>>

/** Upper bounds of the histograms, in seconds: from an answer that is cached to one that takes minutes. */
const bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] as const

const prefix = 'sagemaker_gateway_'

/** A number for each combination of labels, by the labels as they are written. */
class Counter {
  readonly #values = new Map<string, number>()

  add(labels: Labels, amount = 1): void {
    const key = labelText(labels)
    this.#values.set(key, (this.#values.get(key) ?? 0) + amount)
  }

  lines(name: string): string[] {
    return [...this.#values].map(([labels, value]) => `${prefix}${name}${labels} ${value}`)
  }
}

/** A histogram for each combination of labels. */
class Histogram {
  readonly #values = new Map<string, { readonly labels: Labels; readonly counts: number[]; sum: number }>()

  observe(labels: Labels, seconds: number): void {
    const key = labelText(labels)
    const histogram = this.#values.get(key) ?? { labels, counts: Array.from(bounds, () => 0).concat(0), sum: 0 }
    const bucket = bounds.findIndex((bound) => seconds <= bound)
    const index = bucket === -1 ? bounds.length : bucket
    histogram.counts[index] = (histogram.counts[index] ?? 0) + 1
    histogram.sum += seconds
    this.#values.set(key, histogram)
  }

  lines(name: string): string[] {
    return [...this.#values.values()].flatMap(({ labels, counts, sum }) => {
      let count = 0
      const buckets = counts.map((more, index) => {
        count += more
        return `${prefix}${name}_bucket${labelText({ ...labels, le: String(bounds[index] ?? '+Inf') })} ${count}`
      })
      return [
        ...buckets,
        `${prefix}${name}_sum${labelText(labels)} ${sum}`,
        `${prefix}${name}_count${labelText(labels)} ${count}`,
      ]
    })
  }
}

/**
 * What a gateway has done, for Prometheus. Only models that are configured and paths that exist become labels, so that nobody can make
 * their number grow.
 */
export class GatewayMetrics {
  readonly #requests = new Counter()
  readonly #fallbacks = new Counter()
  readonly #tokens = new Counter()
  readonly #durations = new Histogram()
  readonly #firstTokens = new Histogram()

  /** Counts a request that is complete. */
  record({ model, path, status, outcome, ...record }: RequestRecord): void {
    const known = { model: model ?? '', path: model === undefined ? '' : pathLabel(path) }
    this.#requests.add({ ...known, status: String(status), outcome })
    if (model === undefined) return
    for (const { model: failed, errorCode } of record.fallbacks) this.#fallbacks.add({ model: failed, code: errorCode })
    this.#durations.observe(known, record.durationMs / 1000)
    if (record.firstTokenMs !== undefined) this.#firstTokens.observe({ model }, record.firstTokenMs / 1000)
    if (record.inputTokens !== undefined) this.#tokens.add({ model, direction: 'input' }, record.inputTokens)
    if (record.outputTokens !== undefined) this.#tokens.add({ model, direction: 'output' }, record.outputTokens)
  }

  /**
   * All numbers in Prometheus' text format, version 0.0.4.
   *
   * @param activeModels - the model of each request that is being answered.
   */
  text(activeModels: readonly (string | undefined)[]): string {
    const active = new Counter()
    active.add({ model: '' }, 0)
    for (const model of activeModels) active.add({ model: model ?? '' })
    return [
      ...family('requests_total', 'counter', 'Requests that are complete.', this.#requests),
      ...family('active_requests', 'gauge', 'Requests that are being answered.', active),
      ...family('fallbacks_total', 'counter', 'Models that failed, so that another one was asked.', this.#fallbacks),
      ...family('tokens_total', 'counter', 'Tokens, as containers reported them.', this.#tokens),
      ...family('request_duration_seconds', 'histogram', 'Time to the end of the answer.', this.#durations),
      ...family('first_token_seconds', 'histogram', 'Time to the first token of a stream.', this.#firstTokens),
      '',
    ].join('\n')
  }
}

/** Ids are no labels. */
function pathLabel(path: string): string {
  return path.startsWith('/v1/responses/') ? '/v1/responses/{id}' : path
}

function family(name: string, type: string, help: string, values: Counter | Histogram): string[] {
  return [`# HELP ${prefix}${name} ${help}`, `# TYPE ${prefix}${name} ${type}`, ...values.lines(name)]
}

function labelText(labels: Labels): string {
  const escape = (text: string): string => {
    if (!/[\\"\n]/.test(text)) return text
    return text
      .replaceAll('\\', '\\\\')
      .replaceAll('"', String.raw`\"`)
      .replaceAll('\n', String.raw`\n`)
  }
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escape(value)}"`)
    .join(',')}}`
}
