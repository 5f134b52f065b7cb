import type { Random } from '../answers/seeded-random.ts'
import type { LocalAnswer, ContainerAnswer, StepLike } from '../answers/local-answer.ts'
import { part, pause, type Step } from '../answers/step.ts'
import { breakOff } from './break-off.ts'
import { cutParts } from './cut-parts.ts'
import type { Faults } from './faults.ts'

/** The answer with parts cut, slowed down and broken off as `faults` say. Errors and refusals stay as they are. */
export function applyFaults(answer: LocalAnswer, faults: Faults, random: Random): LocalAnswer {
  if (answer.kind !== 'container' || (answer.status ?? 200) >= 400) return answer
  let steps = asSteps(answer)
  if (faults.parts !== undefined) steps = cutParts(steps, faults.parts, random)
  if (faults.ending !== undefined) {
    steps = breakOffAfter(steps, faults.afterParts ?? 2, breakOff(faults.ending, answer.contentType))
  }
  if (faults.delayMs !== undefined || faults.jitterMs !== undefined) {
    steps = slowDown(steps, () => (faults.delayMs ?? 0) + random() * (faults.jitterMs ?? 0))
  }
  return { ...answer, steps }
}

async function* asSteps({ steps }: ContainerAnswer): AsyncGenerator<Step> {
  for await (const like of steps as AsyncIterable<StepLike>) {
    yield typeof like === 'string' || like instanceof Uint8Array ? part(like) : like
  }
}

async function* breakOffAfter(
  steps: AsyncIterable<Step>,
  count: number,
  ending: readonly Step[],
): AsyncGenerator<Step> {
  // An unknown event interrupts the answer, everything else ends it.
  const goesOn = ending.every(({ kind }) => kind === 'wire')
  let delivered = 0
  let broken = false
  if (count === 0) {
    yield* ending
    broken = true
    if (!goesOn) return
  }
  for await (const step of steps) {
    yield step
    if (step.kind !== 'part' || ++delivered < count || broken) continue
    yield* ending
    broken = true
    if (!goesOn) return
  }
  if (!broken) yield* ending
}

async function* slowDown(steps: AsyncIterable<Step>, delayMs: () => number): AsyncGenerator<Step> {
  for await (const step of steps) {
    if (step.kind === 'part') yield pause(delayMs())
    yield step
  }
}
