/** A mark on the time axis. */
export interface Tick {
  readonly atMs: number
  readonly label: string
}

const leastPixels = 84

/** Round times between two moments, at least 84 pixels apart. */
export function ticksBetween(fromMs: number, toMs: number, pixelsPerMs: number): Tick[] {
  const step = roundStep(leastPixels / pixelsPerMs)
  const ticks: Tick[] = []
  // Counted, not added up: 0.1 + 0.2 would be a separate label.
  for (let count = Math.max(0, Math.ceil(fromMs / step)); count * step <= toMs; count += 1)
    ticks.push({ atMs: count * step, label: labelOf(count * step, step) })
  return ticks
}

/** The next larger of 1, 2, 5, 10, 20, 50 and so on, in all powers of ten. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  return power * ([1, 2, 5].find((factor) => factor * power >= step) ?? 10)
}

function labelOf(atMs: number, stepMs: number): string {
  if (stepMs >= 1000) return `${Math.round(atMs / 1000)} s`
  if (atMs >= 1000) return `${(atMs / 1000).toFixed(Math.max(0, 3 - Math.floor(Math.log10(stepMs))))} s`
  return `${Number(atMs.toFixed(3))} ms`
}
