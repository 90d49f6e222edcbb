import type { Instant } from '#kernel/time.ts'
import type { Clock } from '../engine/ports.ts'

interface Entry {
  readonly at: Instant
  readonly order: number
  task: (() => void) | null
}

/** Time that jumps from one thing to the next: a day passes in seconds. A binary heap by time, then by order. */
export class VirtualClock implements Clock {
  private readonly heap: Entry[] = []
  private current: Instant
  private order = 0

  constructor(start: Instant) {
    this.current = start
  }

  now(): Instant {
    return this.current
  }

  after(afterMs: number, then: () => void): () => void {
    const entry: Entry = { at: this.current + Math.max(0, afterMs), order: this.order++, task: then }
    this.push(entry)
    return () => {
      entry.task = null
    }
  }

  /** Runs what is due up to `until`, letting promises settle after each; stops early when `stop` says so. */
  async run(until: Instant, stop: () => boolean): Promise<void> {
    for (let next = this.heap[0]; next !== undefined && next.at <= until && !stop(); next = this.heap[0]) {
      this.pop()
      const { task } = next
      if (task === null) continue
      this.current = next.at
      task()
      await settled()
    }
    if (!stop()) this.current = Math.max(this.current, until)
  }

  private push(entry: Entry): void {
    const { heap } = this
    let index = heap.length
    heap.push(entry)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent]
      if (above === undefined || !isBefore(entry, above)) break
      heap[index] = above
      index = parent
    }
    heap[index] = entry
  }

  private pop(): void {
    const { heap } = this
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let index = 0
    while (true) {
      let child = 2 * index + 1
      let below = heap[child]
      if (below === undefined) break
      const right = heap[child + 1]
      if (right !== undefined && isBefore(right, below)) {
        child++
        below = right
      }
      if (!isBefore(below, last)) break
      heap[index] = below
      index = child
    }
    heap[index] = last
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at !== b.at ? a.at < b.at : a.order < b.order
}

/** Lets every promise that can settle do so; nothing in the simulation waits for real time. */
function settled(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
