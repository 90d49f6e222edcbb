import type { Kysely } from 'kysely'
import type { Database, SupervisionAct } from '#database/types.ts'
import type { SeatNumber, StaffId } from '#kernel/ids.ts'
import { type Outcome, ok, type RefusalCode, refuse } from '#kernel/outcome.ts'
import type { FloorControl } from '../../engine/ports.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { notReadyReasons, type Seats } from '../seats/index.ts'
import type { FloorOverview } from './overview.ts'
import { type Act, actSentence, mayAct, maySupervise, type TakenSeat } from './rules.ts'
import type { ActTaken, FloorView } from './schema.ts'
import { onRecord } from './store.ts'

export interface SupervisionParts {
  readonly db: Kysely<Database>
  readonly floor: FloorControl
  readonly seats: Seats
  readonly overview: FloorOverview
  /** Tells one person's desk what was done, and by whom, if the house shows such acts. */
  tell(staff: StaffId, act: SupervisionAct, text: string): void
}

/** What shift leads see and do. Every act is on the record before it takes effect. */
export class Supervision {
  private readonly parts: SupervisionParts

  constructor(parts: SupervisionParts) {
    this.parts = parts
  }

  async view(member: StaffMember): Promise<Outcome<FloorView>> {
    if (!maySupervise(member)) return refuse('not-allowed')
    await this.parts.overview.refresh()
    return ok(this.parts.overview.view())
  }

  async act(by: StaffMember, number: string, act: Act): Promise<Outcome<ActTaken>> {
    if (!maySupervise(by)) return refuse('not-allowed')
    const { db } = this.parts
    const reasonName = await this.reasonName(act)
    if (!reasonName.ok) return reasonName
    const before = mayAct(act.act, this.seat(number))
    if (!before.ok) return before
    const seat = before.value
    const call = 'call' in seat.state ? seat.state.call : null
    const passedOver = act.act === 'ready' ? refusalOf(this.parts.seats.mayTakeCalls(seat)) : null
    const toStore = {
      by: by.id,
      act: act.act,
      seat: seat.number,
      subject: seat.agent.staff,
      call,
      reason: 'reason' in act ? act.reason : passedOver,
      note: 'note' in act ? act.note : '',
    }
    const done = await onRecord(db, toStore, () => {
      const now = this.still(act, seat)
      if (now.ok) this.perform(act, seat.number)
      return now
    })
    if (!done.ok) return done
    const { id, value } = done.value
    this.parts.tell(seat.agent.staff, act.act, actSentence(act, by.name, reasonName.value, value))
    const after = this.seat(number)
    return ok({ id, seat: after === undefined ? null : this.parts.overview.seat(after) })
  }

  private seat(number: string) {
    return this.parts.seats.all().find(seat => seat.number === number)
  }

  private still(act: Act, meant: TakenSeat): Outcome<TakenSeat> {
    const now = mayAct(act.act, this.seat(meant.number))
    if (!now.ok) return now
    if (now.value.agent.staff !== meant.agent.staff) return refuse('no-agent')
    if (act.act === 'hang-up' && callOf(now.value) !== callOf(meant)) return refuse('no-call')
    return now
  }

  private perform(act: Act, number: SeatNumber): void {
    const { floor } = this.parts
    const about = { at: Date.now(), seat: number }
    switch (act.act) {
      case 'ready':
        return floor.submit({ type: 'ready-requested', ...about })
      case 'not-ready':
        return floor.submit({ type: 'not-ready-requested', ...about, reason: act.reason })
      case 'sign-out':
        return floor.submit({ type: 'seat-signed-out', ...about })
      case 'hang-up':
        return floor.submit({ type: 'hang-up-requested', ...about })
    }
  }

  /** The name of the reason given; null where the act has none. */
  private async reasonName(act: Act): Promise<Outcome<string | null>> {
    if (act.act !== 'not-ready') return ok(null)
    const reasons = await notReadyReasons(this.parts.db)
    const found = reasons.find(reason => reason.choosable && reason.code === act.reason)
    if (found !== undefined) return ok(found.nameZh)
    return { ok: false, refusal: { code: 'bad-input', fields: { reason: 'unknown' } } }
  }
}

function refusalOf(may: Outcome<void>): RefusalCode | null {
  return may.ok ? null : may.refusal.code
}

function callOf({ state }: TakenSeat): string | null {
  return 'call' in state ? state.call : null
}
