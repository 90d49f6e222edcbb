import type { CallId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Center } from '../contact-center/center.ts'
import type { CallSummary, Fact } from '../contact-center/events.ts'
import type { FactStore } from '../engine/ports.ts'

/** Keeps the facts as the database would, once each, and the accounts that must balance. */
export class Ledger implements FactStore {
  told = 0
  offered = 0
  answered = 0
  abandoned = 0
  /** Left the queue for a call-back, which is offered in their stead. */
  booked = 0
  rated = 0
  /** Calls that somebody made to us: citizens, and units through short numbers. */
  inbound = 0
  /** Masked talks that came about. */
  masked = 0
  readonly closed = new Map<CallId, CallSummary>()
  readonly byReason = new Map<string, number>()
  readonly waits: number[] = []
  readonly problems: string[] = []
  /** What callers were told of their wait and how long it then was, for those who waited it out; in ms. */
  readonly outlooks: { readonly expectedMs: number; readonly waitedMs: number }[] = []
  private readonly promised = new Map<CallId, { readonly at: Instant; readonly expectedMs: number }[]>()
  private readonly opened = new Set<CallId>()

  accept(sequence: number, facts: readonly Fact[]): void {
    if (sequence <= this.told) return
    this.told = sequence
    for (const fact of facts) this.write(fact)
  }

  /** offered = answered + abandoned + booked a call-back + still waiting, at every moment. */
  imbalance(center: Center): string | null {
    let waiting = 0
    let talking = 0
    for (const { place, answeredAt, state } of center.calls.values()) {
      if (place === null || state.name === 'ending') continue
      if (answeredAt === null) waiting++
      else talking++
    }
    const accounted = this.answered + talking + this.abandoned + this.booked + waiting
    return accounted === this.offered
      ? null
      : `${this.offered} offered, but ${this.answered} + ${talking} answered, ${this.abandoned} abandoned, ${this.booked} booked, ${waiting} waiting`
  }

  private write(fact: Fact): void {
    switch (fact.fact) {
      case 'call-opened':
        this.opened.add(fact.call.call)
        if (fact.call.leg !== null) this.inbound++
        return
      case 'call-noted':
        if (!this.opened.has(fact.call)) this.problems.push(`a note for call ${fact.call}, never opened`)
        if (this.closed.has(fact.call)) this.problems.push(`call ${fact.call}: a note after its end`)
        if (fact.note.kind === 'mask-connected') this.masked++
        if (fact.note.kind === 'queued' && !fact.note.again) this.offered++
        if (fact.note.kind === 'position-told' && fact.note.expectedMs !== null) {
          const told = this.promised.get(fact.call) ?? []
          this.promised.set(fact.call, [...told, { at: fact.at, expectedMs: fact.note.expectedMs }])
        }
        return
      case 'call-answered':
        for (const { at, expectedMs } of this.promised.get(fact.call) ?? []) {
          this.outlooks.push({ expectedMs, waitedMs: fact.at - at })
        }
        this.promised.delete(fact.call)
        return
      case 'call-rated':
        this.rated++
        return
      case 'call-closed':
        return this.close(fact.call)
    }
  }

  private close(summary: CallSummary): void {
    if (this.closed.has(summary.call)) this.problems.push(`call ${summary.call} ended twice`)
    this.closed.set(summary.call, summary)
    const reason = `${summary.result} · ${summary.reason}`
    this.byReason.set(reason, (this.byReason.get(reason) ?? 0) + 1)
    if (summary.queuedAt === null) return
    if (summary.reason === 'call-back-booked') this.booked++
    else if (summary.answeredAt === null) this.abandoned++
    else {
      this.answered++
      this.waits.push(summary.answeredAt - summary.queuedAt)
    }
  }
}
