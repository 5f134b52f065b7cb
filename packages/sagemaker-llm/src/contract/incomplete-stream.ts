import type { ErrorDelta } from './answer-delta.ts'

/**
 * The error of a stream that has ended without what ends it.
 *
 * @param seen - `nothing`: not a single value came, or only the beginning of an answer (`some`); `foreign`: values came, and
 * none of them belongs to the format.
 */
export function incompleteStream(seen: 'nothing' | 'some' | 'foreign', missing: string): ErrorDelta {
  if (seen === 'foreign') return { type: 'error', kind: 'unreadable', message: `the stream has no ${missing}` }
  return { type: 'error', kind: 'interrupted', message: `the stream ended without ${missing}` }
}
