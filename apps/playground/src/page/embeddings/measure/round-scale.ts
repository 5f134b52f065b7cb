/**
 * Round numbers from 0 to at least `largest`, in steps of 1, 2 or 5 times a power of ten.
 *
 * @param steps - About so many.
 */
export function roundScale(largest: number, steps: number): number[] {
  if (!(largest > 0)) return [0, 1]
  const rough = largest / steps
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (_, index) => index * step)
}
