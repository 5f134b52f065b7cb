/** How much some work of a size costs. */
export interface CostAtSize {
  readonly size: number
  readonly cost: number
}

/**
 * The exponent `k` of `cost = c * size ** k` that fits best: the slope of the least-squares line through the logarithms.
 * 1 is linear growth, 2 quadratic.
 */
export function fitExponent(points: readonly CostAtSize[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }))
  const meanX = mean(logs.map(({ x }) => x))
  const meanY = mean(logs.map(({ y }) => y))
  const covariance = mean(logs.map(({ x, y }) => (x - meanX) * (y - meanY)))
  const variance = mean(logs.map(({ x }) => (x - meanX) ** 2))
  return covariance / variance
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
