/** A vector that only this text has: every number fits single precision, and none is 0. */
export function vectorOf(text: string, width = 4): number[] {
  let hash = 2166136261
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619)
  return Array.from({ length: width }, (_, position) => {
    hash = Math.imul(hash ^ (position + 1), 16777619)
    return ((hash >>> 8) + 1) / 2 ** 24
  })
}
