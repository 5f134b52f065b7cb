/**
 * Runs a task on each input, up to `concurrency` at a time, and yields the results in the order of the inputs.
 *
 * Inputs are asked for one at a time, and only while fewer than `concurrency` results are under way or wait to be taken:
 * whoever takes slowly slows the source. An error, of a task or of the inputs, is thrown after the results before it.
 */
export async function* mapInOrder<I, O>(
  inputs: AsyncIterator<I>,
  task: (input: I) => Promise<O>,
  concurrency: number,
): AsyncGenerator<O, void, undefined> {
  const results: Promise<O>[] = []
  let asking: Promise<void> | undefined
  let ended = false

  const add = (result: Promise<O>): void => {
    // Its error is thrown when its turn comes; until then it is not unhandled.
    result.catch(() => {})
    results.push(result)
  }
  const ask = (): void => {
    if (ended || asking !== undefined || results.length >= concurrency) return
    asking = inputs
      .next()
      .then(
        (input) => {
          if (input.done === true) ended = true
          else add(task(input.value))
        },
        (error: unknown) => {
          ended = true
          add(Promise.reject(error))
        },
      )
      .then(() => {
        asking = undefined
        ask()
      })
  }

  try {
    for (;;) {
      ask()
      const [result] = results
      if (result !== undefined) {
        const value = await result
        void results.shift()
        // The next task starts before the consumer has dealt with this result.
        ask()
        yield value
      } else if (asking !== undefined) await asking
      else return
    }
  } finally {
    ended = true
    // Not waited for: a generator that waits for its own source answers only after that.
    inputs.return?.().catch(() => {})
  }
}
