import type { TextOutput } from '../text-output.ts'
import { formatCount } from '../../page/call/format.ts'

const updateMs = 100

export interface Progress {
  /** Rows that are done. */
  readonly done: number
  readonly failed: number
  /** Rows that wait for their answer, where that may take long. */
  readonly inFlight?: number | undefined
  /** Share of the corpus that is done, from 0 to 1; `undefined` where its size is not known. */
  readonly share: number | undefined
}

/** `1 row`, `2,000 rows`. */
export const countedRows = (count: number): string => `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`

/** How far a run has come, on one line of a terminal; nothing where there is none. */
export class ProgressLine {
  readonly #notes: TextOutput
  readonly #startedAt = performance.now()
  readonly #doneBefore: number
  #shownAt = -Infinity
  /** Share that earlier runs have done. */
  #shareBefore: number | undefined

  /** @param doneBefore - rows that earlier runs have done. */
  constructor(notes: TextOutput, doneBefore: number) {
    this.#notes = notes
    this.#doneBefore = doneBefore
  }

  show({ done, failed, inFlight = 0, share }: Progress): void {
    const now = performance.now()
    if (!this.#notes.isTerminal || now - this.#shownAt < updateMs) return
    this.#shownAt = now
    this.#shareBefore ??= share
    const perSecond = ((done - this.#doneBefore) * 1000) / Math.max(now - this.#startedAt, 1)
    const parts = [
      share !== undefined && `${Math.floor(share * 100)} %`,
      countedRows(done),
      `${formatCount(perSecond)} a second`,
      inFlight > 0 && `${formatCount(inFlight)} in flight`,
      failed > 0 && `${formatCount(failed)} failed`,
      remaining(share, now - this.#startedAt, this.#shareBefore),
    ]
    // Progress is written as it comes: a slow terminal must not slow the run.
    this.#notes.stream.write(`\r\u001b[K${parts.filter((part) => part !== false).join(' · ')}`)
  }

  /** Takes the line away. */
  end(): void {
    if (this.#shownAt > -Infinity) this.#notes.stream.write('\r\u001b[K')
  }
}

/** How long the rest takes at the pace so far, such as `about 3 min left`; nothing in the first two seconds. */
export function remaining(share: number | undefined, elapsedMs: number, shareBefore = 0): string | false {
  if (share === undefined || share <= shareBefore || elapsedMs < 2000) return false
  const seconds = ((1 - share) * elapsedMs) / (share - shareBefore) / 1000
  if (seconds < 1) return false
  if (seconds < 90) return `about ${Math.ceil(seconds)} s left`
  return seconds < 5400 ? `about ${Math.round(seconds / 60)} min left` : `about ${(seconds / 3600).toFixed(1)} h left`
}
