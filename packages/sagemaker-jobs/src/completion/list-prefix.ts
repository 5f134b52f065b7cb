import { setTimeout as sleep } from 'node:timers/promises'
import type { Completion, CompletionContext, CompletionSource } from './completion-source.ts'
import { type Listing, ListingPlan } from './listing-plan.ts'

/** Options of `listPrefix`. */
export interface ListPrefixOptions {
  /**
   * Time between two polls while answers come, in milliseconds.
   * @defaultValue 1,000
   */
  readonly minPollMs?: number | undefined
  /**
   * Longest time between two polls, in milliseconds. The time grows by half with every poll that finds nothing.
   * @defaultValue 30,000
   */
  readonly maxPollMs?: number | undefined
}

/** Every so often, a poll looks for errors instead of answers. */
const pollsPerFailurePoll = 4

/**
 * Learns of answers by listing the prefixes to which they are written: one `ListObjectsV2` per 1,000 rows in flight and poll. Errors are
 * looked for with every fourth poll. Needs `s3:ListBucket`.
 *
 * @throws {RangeError} if a time is below 1, or `maxPollMs` below `minPollMs`
 */
export function listPrefix({ minPollMs = 1000, maxPollMs = 30_000 }: ListPrefixOptions = {}): CompletionSource {
  if (!(minPollMs >= 1 && maxPollMs >= minPollMs))
    throw new RangeError('minPollMs must be at least 1, and at most maxPollMs')
  return { watch: (context) => poll(context, minPollMs, maxPollMs), close: () => {} }
}

async function* poll(
  context: CompletionContext,
  minPollMs: number,
  maxPollMs: number,
): AsyncGenerator<Completion, void, undefined> {
  const { signal } = context
  const plans = { output: new ListingPlan('output'), failure: new ListingPlan('failure') }
  let pollMs = minPollMs
  for (let count = 1; !signal.aborted; count++) {
    await context.waitForRequests()
    await sleep(pollMs * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    const kind = count % pollsPerFailurePoll === 0 ? 'failure' : 'output'
    let found = 0
    for (const listing of plans[kind].next(context.requests())) {
      for await (const name of present(listing, context)) {
        found++
        yield { name, succeeded: kind === 'output', settled: () => {} }
      }
    }
    if (kind === 'output' || found > 0) pollMs = found > 0 ? minPollMs : Math.min(maxPollMs, pollMs * 1.5)
  }
}

async function* present(
  { prefix, startAfter, awaited }: Listing,
  { objects, signal, jobId }: CompletionContext,
): AsyncGenerator<string, void, undefined> {
  if (!prefix.includes(jobId)) {
    // A place that jobs share may hold any number of objects: ask for those of this job.
    for (const [uri, name] of awaited) if (await objects.exists(uri, signal)) yield name
    return
  }
  let left = awaited.size
  for await (const page of objects.list(prefix, { startAfter, signal })) {
    for (const uri of page) {
      const name = awaited.get(uri)
      if (name === undefined) continue
      left--
      yield name
    }
    if (left === 0) return
  }
}
