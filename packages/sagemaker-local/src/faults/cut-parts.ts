import type { Random } from '../seeded-random.ts'
import { part, type Step } from '../endpoints/step.ts'
import { concatBytes } from '../wire/bytes.ts'
import type { PartCut } from './faults.ts'

const longestRandomPart = 40

/**
 * Cuts the bytes of an answer anew, whatever parts they came in. What is no part (a pause, an exception, an ending) stays between
 * the bytes before it and those after it.
 */
export async function* cutParts(steps: AsyncIterable<Step>, cut: PartCut, random: Random): AsyncGenerator<Step> {
  let held: Uint8Array[] = []
  const release = (): Step[] => {
    const bytes = concatBytes(held)
    held = []
    return bytes.length === 0 ? [] : [part(bytes)]
  }
  for await (const step of steps) {
    if (step.kind !== 'part') {
      // A pause would part what is to be joined.
      if (cut === 'joined' && step.kind === 'pause') continue
      yield* release()
      yield step
    } else if (cut === 'joined') held.push(step.bytes)
    else yield* pieces(step.bytes, cut, random)
  }
  yield* release()
}

function* pieces(bytes: Uint8Array, cut: Exclude<PartCut, 'joined'>, random: Random): Generator<Step> {
  let start = 0
  while (start < bytes.length) {
    const stop = start + (cut === 'inside-characters' ? toInsideOfCharacter(bytes, start) : sizeOf(cut, random))
    yield part(bytes.subarray(start, stop))
    start = stop
  }
}

function sizeOf(cut: number | 'random', random: Random): number {
  return cut === 'random' ? 1 + Math.floor(random() * longestRandomPart) : Math.max(1, Math.floor(cut))
}

/** How many bytes there are up to and with the first byte of the next character that has several. */
function toInsideOfCharacter(bytes: Uint8Array, start: number): number {
  const leadingByte = 0xc0
  const index = bytes.subarray(start).findIndex((byte) => byte >= leadingByte)
  return index < 0 ? bytes.length - start : index + 1
}
