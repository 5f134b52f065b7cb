import type { Random } from '../answers/seeded-random.ts'
import { part, type Step } from '../answers/step.ts'
import { concatBytes } from '../answers/bytes.ts'
import type { PartCut } from './faults.ts'

const longestRandomPart = 40

/**
 * Cuts the bytes of an answer anew, across the parts in which they came. Bytes that do not fill a part wait for those that follow; they are
 * sent before anything but a pause, and at the end.
 */
export async function* cutParts(steps: AsyncIterable<Step>, cut: PartCut, random: Random): AsyncGenerator<Step> {
  const nextLength = lengthsOf(cut, random)
  let held: Uint8Array = new Uint8Array()
  let length: number | undefined
  for await (const step of steps) {
    if (step.kind === 'part') {
      held = concatBytes([held, step.bytes])
      while (held.length > 0) {
        length ??= nextLength(held)
        if (held.length < length) break
        yield part(held.subarray(0, length))
        held = held.subarray(length)
        length = undefined
      }
    } else {
      if (step.kind !== 'pause' && held.length > 0) {
        yield part(held)
        held = new Uint8Array()
      }
      yield step
    }
  }
  if (held.length > 0) yield part(held)
}

/** The length of the next part, in bytes, given the bytes held so far. */
function lengthsOf(cut: PartCut, random: Random): (held: Uint8Array) => number {
  switch (cut) {
    case 'joined':
      return () => Infinity
    case 'random':
      return () => 1 + Math.floor(random() * longestRandomPart)
    case 'inside-characters':
      return toInsideOfCharacter
    default:
      return () => Math.max(1, Math.floor(cut))
  }
}

/** How many bytes there are up to and with the first byte of the next character that has several; all if there is none. */
function toInsideOfCharacter(bytes: Uint8Array): number {
  const leadingByte = 0xc0
  const index = bytes.findIndex((byte) => byte >= leadingByte)
  return index < 0 ? bytes.length : index + 1
}
