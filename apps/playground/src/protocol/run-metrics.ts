import type { RunEvent, RunUsage } from './run-event.ts'

/** What one call took. All times in milliseconds; what has not happened, or was not reported, is `undefined`. */
export interface RunMetrics {
  /** From sending to the first token of text, reasoning or tool call. */
  readonly timeToFirstTokenMs: number | undefined
  /** Median of the pauses between tokens. */
  readonly interTokenP50Ms: number | undefined
  /** 95 of 100 pauses between tokens are no longer than this. */
  readonly interTokenP95Ms: number | undefined
  /** Output tokens by the container's count, over the time from the first token to the last. */
  readonly tokensPerSecond: number | undefined
  readonly durationMs: number | undefined
  readonly usage: RunUsage | undefined
}

/** Measures a call from its events, also while it runs. */
export function measureRun(events: readonly RunEvent[]): RunMetrics {
  const tokenTimes: number[] = []
  let durationMs: number | undefined
  let usage: RunUsage | undefined
  for (const event of events) {
    if (event.type === 'delta') tokenTimes.push(event.at)
    if (event.type === 'end') usage = event.usage
    if (event.type === 'end' || event.type === 'error') durationMs = event.at
  }
  const first = tokenTimes.at(0)
  const last = tokenTimes.at(-1)
  const pauses = tokenTimes.slice(1).map((at, index) => at - (tokenTimes[index] ?? at))
  return {
    timeToFirstTokenMs: first,
    interTokenP50Ms: quantile(pauses, 0.5),
    interTokenP95Ms: quantile(pauses, 0.95),
    tokensPerSecond: rate(usage?.outputTokens, first, last),
    durationMs,
    usage,
  }
}

/** The value at or below which the given share of the values lies (nearest rank); `undefined` for none. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}

/** The first token is there when the clock starts, so that it does not count. */
function rate(tokens: number | undefined, first: number | undefined, last: number | undefined): number | undefined {
  if (tokens === undefined || tokens < 2 || first === undefined || last === undefined || last <= first) return undefined
  return ((tokens - 1) * 1000) / (last - first)
}
