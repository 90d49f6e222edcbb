import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { maySupervise, mayWatch, talkSentence, type WatchAct, type WatchedTalk } from './rules.ts'
import type { ActTaken } from './schema.ts'
import type { SupervisionParts } from './service.ts'
import { onRecord } from './store.ts'

/**
 * A shift lead in an agent's talk (监听, 耳语, 强插, 拦截), with the phone of the own seat, which picks up by itself.
 * Leaving is hanging up there.
 */
export class Watching {
  private readonly parts: SupervisionParts

  constructor(parts: SupervisionParts) {
    this.parts = parts
  }

  async act(by: StaffMember, number: string, act: WatchAct): Promise<Outcome<ActTaken>> {
    if (!maySupervise(by)) return refuse('not-allowed')
    const { db, tell, overview, floor } = this.parts
    const meant = this.look(by, number, act)
    if (!meant.ok) return meant
    const { seat, call } = meant.value
    const subject = seat.agent.staff
    const toStore = { by: by.id, act, seat: seat.number, subject, call: call.id }
    const done = await onRecord(db, toStore, () => {
      const now = this.look(by, number, act)
      if (!now.ok) return now
      if (now.value.call.id !== call.id) return refuse('no-call')
      this.perform(act, now.value)
      return now
    })
    if (!done.ok) return done
    tell(subject, act, talkSentence(act, by.name))
    const after = floor.seat(seat.number)
    return ok({ id: done.value.id, seat: after === undefined ? null : overview.seat(after) })
  }

  private look(by: StaffMember, number: string, act: WatchAct): Outcome<WatchedTalk> {
    const { seats, floor } = this.parts
    const seat = seats.all().find(one => one.number === number)
    const call = seat !== undefined && 'call' in seat.state ? floor.call(seat.state.call) : undefined
    return mayWatch(act, seats.heldBy(by.id), seat, call)
  }

  private perform(act: WatchAct, { own, call }: WatchedTalk): void {
    const about = { at: Date.now(), seat: own.number }
    if (act === 'take-over') this.parts.floor.submit({ type: 'take-over-requested', ...about })
    else this.parts.floor.submit({ type: 'watch-requested', ...about, call: call.id, mode: act })
  }
}
