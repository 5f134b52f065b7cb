/** Adds up lengths: cheap, and different as soon as something is lost, doubled or cut. */
export function sumOfLengths(read: (take: (text: { readonly length: number }) => void) => void): number
export function sumOfLengths(
  read: (take: (text: { readonly length: number }) => void) => Promise<void>,
): Promise<number>
export function sumOfLengths(
  read: (take: (text: { readonly length: number }) => void) => void | Promise<void>,
): number | Promise<number> {
  let sum = 0
  const reading = read(({ length }) => void (sum += length))
  return reading === undefined ? sum : reading.then(() => sum)
}
