/**
 * The service's clock as far as it is known here. Counters on the desk run from the service's instants, and an
 * agent's machine may be minutes off. The Date header is cut to whole seconds, so one answer only bounds the
 * difference; it is corrected when this machine's clock is certainly wrong, by the least that makes it possible.
 */
export class ServerClock {
  private leastMs = Number.NEGATIVE_INFINITY
  private mostMs = Number.POSITIVE_INFINITY

  /** `sentAt` and `receivedAt` are this machine's, in milliseconds. */
  learn(dateHeader: string | null, sentAt: number, receivedAt: number): void {
    const date = Date.parse(dateHeader ?? '')
    if (Number.isNaN(date)) return
    const least = date - receivedAt
    const most = date + 1_000 - sentAt
    if (least > this.mostMs || most < this.leastMs) {
      // One of the two clocks has been set anew: what was known no longer holds.
      this.leastMs = least
      this.mostMs = most
      return
    }
    this.leastMs = Math.max(this.leastMs, least)
    this.mostMs = Math.min(this.mostMs, most)
  }

  /** Milliseconds to add to this machine's clock. */
  get differenceMs(): number {
    if (this.leastMs > 0) return this.leastMs
    if (this.mostMs < 0) return this.mostMs
    return 0
  }

  now(): number {
    return Date.now() + this.differenceMs
  }
}

export const serverClock = new ServerClock()
