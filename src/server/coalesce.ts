/**
 * Runs `work` for each change, but never twice within `everyMs`: changes that come sooner share one run, which
 * comes as soon as it may and sees the last of them.
 */
export class Coalesced {
  private readonly everyMs: number
  private readonly work: () => void
  private ranAt = Number.NEGATIVE_INFINITY
  private timer: NodeJS.Timeout | null = null

  constructor(everyMs: number, work: () => void) {
    this.everyMs = everyMs
    this.work = work
  }

  changed(): void {
    if (this.timer !== null) return
    const wait = Math.max(0, this.ranAt + this.everyMs - performance.now())
    this.timer = setTimeout(() => {
      this.timer = null
      this.ranAt = performance.now()
      this.work()
    }, wait)
  }

  /** Forgets a change that has not been worked on yet. */
  cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }
}
