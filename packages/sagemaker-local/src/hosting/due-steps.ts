import { setTimeout as sleep } from 'node:timers/promises'
import type { ContainerAnswer, StepLike } from '../answers/local-answer.ts'
import { part, type Step } from '../answers/step.ts'

/**
 * Yields the steps of an answer when they are due: turns text and bytes into parts and waits for pauses. Ends early when `signal`
 * aborts.
 */
export async function* dueSteps(
  answer: ContainerAnswer,
  signal: AbortSignal,
): AsyncGenerator<Exclude<Step, { kind: 'pause' }>> {
  for await (const like of iterateUntilAborted<StepLike>(answer.steps, signal)) {
    const step = typeof like === 'string' || like instanceof Uint8Array ? part(like) : like
    if (step.kind === 'pause') await sleep(step.durationMs, undefined, { signal }).catch(() => {})
    else yield step
  }
}

/**
 * Iterates `source` until it ends or `signal` aborts. An abort ends the iteration at once, also while the source's
 * `next()` is pending; the source's `return()` is called then, but not waited for.
 */
async function* iterateUntilAborted<T>(source: Iterable<T> | AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  let stop: (() => void) | undefined
  const onAbort = (): void => stop?.()
  signal.addEventListener('abort', onAbort, { once: true })
  let exhausted = false
  try {
    while (!signal.aborted) {
      const result = await new Promise<IteratorResult<T> | undefined>((resolve, reject) => {
        stop = () => resolve(undefined)
        Promise.resolve(iterator.next()).then(resolve, reject)
      })
      if (result === undefined) return
      if (result.done) {
        exhausted = true
        return
      }
      yield result.value
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    if (!exhausted) Promise.resolve(iterator.return?.()).catch(() => {})
  }
}
