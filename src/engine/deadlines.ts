import type { CallId, SeatNumber } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import { type Center, deadlineOf } from '../contact-center/center.ts'
import type { CenterEvent } from '../contact-center/events.ts'
import type { Clock } from './ports.ts'

interface Alarm {
  readonly at: Instant
  readonly cancel: () => void
}

/** One timer an entity, always that of the deadline its state carries: none can be left over or forgotten. */
export class Deadlines {
  private readonly clock: Clock
  private readonly submit: (event: CenterEvent) => void
  private readonly alarms = new Map<string, Alarm>()

  constructor(clock: Clock, submit: (event: CenterEvent) => void) {
    this.clock = clock
    this.submit = submit
  }

  setCall(call: CallId, deadlineAt: Instant | null): void {
    this.set(`call ${call}`, deadlineAt, () => ({ type: 'call-deadline-passed', at: this.clock.now(), call }))
  }

  setSeat(seat: SeatNumber, deadlineAt: Instant | null): void {
    this.set(`seat ${seat}`, deadlineAt, () => ({ type: 'seat-deadline-passed', at: this.clock.now(), seat }))
  }

  /** After a restart or a silence of the PBX: what fell due meanwhile is due now. */
  rearm(center: Center): void {
    this.clear()
    for (const call of center.calls.values()) this.setCall(call.id, deadlineOf(call))
    for (const seat of center.seats.values()) this.setSeat(seat.number, deadlineOf(seat))
  }

  clear(): void {
    for (const { cancel } of this.alarms.values()) cancel()
    this.alarms.clear()
  }

  /** Which entities have a timer, and for when. */
  get armed(): ReadonlyMap<string, { readonly at: Instant }> {
    return this.alarms
  }

  private set(key: string, deadlineAt: Instant | null, event: () => CenterEvent): void {
    const old = this.alarms.get(key)
    if (old?.at === deadlineAt) return
    old?.cancel()
    this.alarms.delete(key)
    if (deadlineAt === null) return
    const cancel = this.clock.after(Math.max(0, deadlineAt - this.clock.now()), () => {
      this.alarms.delete(key)
      // A timer may fire a millisecond early by the clock; the deadline would then be passed over for good.
      if (this.clock.now() < deadlineAt) this.set(key, deadlineAt, event)
      else this.submit(event())
    })
    this.alarms.set(key, { at: deadlineAt, cancel })
  }
}
