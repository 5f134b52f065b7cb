export const speeds = [0.1, 0.25, 0.5, 1, 2, 10] as const

/** Goes through a recorded call again: at the pace at which it happened, faster or slower, or step by step. */
export class Player {
  /** Milliseconds since the call started; `undefined` shows everything. */
  nowMs: number | undefined = $state()
  playing: boolean = $state(false)
  speed: number = $state(1)

  #frame = 0

  /**
   * From where it stands, or from the start when it stands at the end.
   *
   * @param endMs - Length of the recording.
   */
  play(endMs: number): void {
    if (this.nowMs === undefined || this.nowMs >= endMs) this.nowMs = 0
    this.playing = true
    let last = performance.now()
    const advance = (now: number) => {
      const next = (this.nowMs ?? 0) + (now - last) * this.speed
      last = now
      if (next >= endMs) {
        this.nowMs = endMs
        this.playing = false
      } else {
        this.nowMs = next
        this.#frame = requestAnimationFrame(advance)
      }
    }
    this.#frame = requestAnimationFrame(advance)
  }

  pause(): void {
    this.playing = false
    cancelAnimationFrame(this.#frame)
  }

  /** To the next or the previous moment at which something happened. */
  step(times: readonly number[], direction: 1 | -1): void {
    this.pause()
    const now = this.nowMs ?? (direction === 1 ? -1 : Infinity)
    const next = direction === 1 ? times.find((time) => time > now) : times.findLast((time) => time < now)
    this.nowMs = next ?? (direction === 1 ? times.at(-1) : 0)
  }

  seek(ms: number): void {
    this.pause()
    this.nowMs = ms
  }

  /** Shows everything again. */
  reset(): void {
    this.pause()
    this.nowMs = undefined
  }
}
