import { parentOf } from '../aws/s3-location.ts'
import type { WatchedRequest } from './completion-source.ts'

/** A prefix to list, with the objects that are waited for. */
export interface Listing {
  readonly prefix: string
  /** The key before the first object that is waited for. */
  readonly startAfter: string | undefined
  /** Request by the URI of its object. */
  readonly awaited: ReadonlyMap<string, string>
}

/** Rows in flight per listing of a poll: a page has as many objects. */
const rowsPerListing = 1000

/**
 * Chooses what a poll lists: one prefix per 1,000 rows in flight, those first that were not listed for longest. A prefix without
 * requests that wait is not listed again.
 */
export class ListingPlan {
  readonly #kind: 'output' | 'failure'
  readonly #lastPoll = new Map<string, number>()
  #poll = 0

  constructor(kind: 'output' | 'failure') {
    this.#kind = kind
  }

  next(requests: Iterable<WatchedRequest>): readonly Listing[] {
    this.#poll++
    let rows = 0
    const byPrefix = new Map<string, Map<string, string>>()
    for (const { name, locations, rows: count } of requests) {
      const uri = locations?.[this.#kind]
      if (uri === undefined) continue
      rows += count
      const prefix = parentOf(uri)
      const awaited = byPrefix.get(prefix) ?? new Map<string, string>()
      byPrefix.set(prefix, awaited.set(uri, name))
    }
    for (const prefix of this.#lastPoll.keys()) if (!byPrefix.has(prefix)) this.#lastPoll.delete(prefix)
    const chosen = [...byPrefix]
      .sort(([a], [b]) => (this.#lastPoll.get(a) ?? 0) - (this.#lastPoll.get(b) ?? 0))
      .slice(0, Math.max(1, Math.ceil(rows / rowsPerListing)))
    return chosen.map(([prefix, awaited]) => {
      this.#lastPoll.set(prefix, this.#poll)
      return { prefix, startAfter: this.#kind === 'output' ? before(awaited.keys()) : undefined, awaited }
    })
  }
}

/** The last key before all of these: the first of them without its last character. */
function before(uris: Iterable<string>): string | undefined {
  let first: string | undefined
  for (const uri of uris) if (first === undefined || uri < first) first = uri
  return first?.slice(0, -1)
}
