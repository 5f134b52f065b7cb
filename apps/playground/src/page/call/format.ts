/** `0.8 ms`, `12 ms`, `1.24 s`; `undefined` stays so. */
export function formatDuration(durationMs: number): string
export function formatDuration(durationMs: number | undefined): string | undefined
export function formatDuration(durationMs: number | undefined): string | undefined {
  if (durationMs === undefined) return undefined
  if (durationMs < 0.05) return '< 0.1 ms'
  if (durationMs >= 1000) return `${(durationMs / 1000).toFixed(2)} s`
  return `${durationMs < 10 ? durationMs.toFixed(1) : Math.round(durationMs)} ms`
}

/** `7.5`, `312`, `12,480`; `undefined` stays so. */
export function formatCount(count: number): string
export function formatCount(count: number | undefined): string | undefined
export function formatCount(count: number | undefined): string | undefined {
  return count?.toLocaleString('en-US', { maximumFractionDigits: count < 10 ? 1 : 0 })
}

/** `$0.0012`: what an endpoint costs in a time; `undefined` where time or price is not known. */
export function formatCost(durationMs: number | undefined, hourlyPrice: number | undefined): string | undefined {
  if (durationMs === undefined || hourlyPrice === undefined) return undefined
  const dollars = (durationMs / 3_600_000) * hourlyPrice
  return dollars < 0.000_001 ? '< $0.000001' : `$${dollars.toLocaleString('en-US', { maximumSignificantDigits: 2 })}`
}

export function formatBytes(bytes: number): string {
  return bytes < 10_000 ? `${bytes.toLocaleString('en-US')} B` : `${(bytes / 1000).toFixed(1)} kB`
}

/** `09:41` today, `12 Nov, 09:41` earlier. */
export function formatWhen(when: Date, now: Date = new Date()): string {
  const time = when.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  if (when.toDateString() === now.toDateString()) return time
  return `${when.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${time}`
}
