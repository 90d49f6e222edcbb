import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import type { CallId, SeatNumber, StaffId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import type { Call } from '../../contact-center/call/call.ts'
import type { CallLine, CenterEvent, TransferAct, TransferTarget } from '../../contact-center/events.ts'
import type { Seat } from '../../contact-center/seat/seat.ts'
import type { FloorControl, Ids } from '../../engine/ports.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { plainNumber } from '../lines/index.ts'
import { actOnMissedCall } from '../missed-calls/index.ts'
import type { Seats, SeatView } from '../seats/index.ts'
import type { OutsideRules } from './outside-numbers.ts'
import {
  isTransferBegun,
  mayAct,
  mayAnswer,
  mayBeAsked,
  mayDial,
  mayExtendWrapUp,
  mayHold,
  mayResume,
  maySendDigits,
  mayTransfer,
  ownTalk,
} from './rules.ts'
import type { DialBody, TransferBody } from './schema.ts'
import { lastNumber, lineInUse } from './store.ts'
import { checkNumber, resolveTarget } from './targets.ts'

export interface CallControlParts {
  readonly db: Kysely<Database>
  readonly floor: FloorControl
  readonly seats: Seats
  readonly ids: Pick<Ids, 'call' | 'workOrder'>
  readonly outside: OutsideRules
  /** The number that citizens see when an agent calls them. */
  readonly mainLine: string
  /** Tells the newest page of this person to pick up. */
  answerAtDesk(staff: StaffId, call: CallId): void
}

type Request = (at: Instant, seat: SeatNumber) => CenterEvent

/**
 * What an agent does with a call. Each turns into an event for the engine, whose state machine decides again; the
 * rules here say why not, by code. Whatever is awaited is awaited before looking at seat and call.
 */
export class CallControl {
  private readonly parts: CallControlParts

  constructor(parts: CallControlParts) {
    this.parts = parts
  }

  hold(staff: StaffId): Outcome<SeatView> {
    return this.request(staff, mayHold, (at, seat) => ({ type: 'hold-requested', at, seat }))
  }

  resume(staff: StaffId): Outcome<SeatView> {
    return this.request(staff, mayResume, (at, seat) => ({ type: 'resume-requested', at, seat }))
  }

  /** Asked for twice it is done once. */
  mute(staff: StaffId, muted: boolean): Outcome<SeatView> {
    return this.request(staff, ownTalk, (at, seat) => ({ type: 'mute-requested', at, seat, muted }))
  }

  digits(staff: StaffId, digits: string): Outcome<SeatView> {
    return this.request(staff, maySendDigits, (at, seat) => ({ type: 'digits-requested', at, seat, digits }))
  }

  act(staff: StaffId, act: TransferAct): Outcome<SeatView> {
    const may = (seat: Seat, call: Call | undefined) => mayAct(seat, call, act)
    return this.request(staff, may, (at, seat) => ({ type: 'transfer-act-requested', at, seat, act }))
  }

  extendWrapUp(staff: StaffId): Outcome<SeatView> {
    return this.request(staff, mayExtendWrapUp, (at, seat) => ({ type: 'wrap-up-extended', at, seat }))
  }

  autoAnswer(staff: StaffId, on: boolean): Outcome<SeatView> {
    return this.request(staff, ok, (at, seat) => ({ type: 'auto-answer-set', at, seat, on }))
  }

  answer(staff: StaffId): Outcome<void> {
    const seat = this.parts.seats.heldBy(staff)
    if (seat === undefined) return refuse('no-seat')
    const may = mayAnswer(seat)
    if (!may.ok) return may
    this.parts.answerAtDesk(staff, may.value)
    return ok(undefined)
  }

  async transfer(staff: StaffId, { target: form, how }: TransferBody): Promise<Outcome<SeatView>> {
    const early = this.looked(staff, mayTransfer)
    if (!early.ok) return early
    const target = await resolveTarget(this.parts.db, this.parts.outside, form)
    if (!target.ok) return target
    const looked = this.looked(staff, mayTransfer)
    if (!looked.ok) return looked
    const { seat, call } = looked.value
    const reachable = this.reachable(seat.number, target.value)
    if (!reachable.ok) return reachable
    this.parts.floor.submit({
      type: 'transfer-requested',
      at: Date.now(),
      seat: seat.number,
      target: target.value,
      how,
    })
    const now = call === undefined ? undefined : this.parts.floor.call(call.id)
    if (!isTransferBegun(seat.number, now, how)) return refuse('transfer-target-unavailable')
    return this.viewOf(seat.number)
  }

  async dial(member: StaffMember, { number: given, missedCall, line }: DialBody): Promise<Outcome<SeatView>> {
    const early = this.looked(member.id, mayDial)
    if (!early.ok) return early
    const number = await checkNumber(this.parts.db, this.parts.outside, given)
    if (!number.ok) return number
    const shown = await lineInUse(this.parts.db, line ?? this.parts.mainLine)
    if (shown === null) return refuse('line-unknown', line ?? this.parts.mainLine)
    if (missedCall !== undefined) {
      const claimed = await this.claim(member, missedCall, number.value.number)
      if (!claimed.ok) return claimed
    }
    return this.call(member.id, number.value.number, shown, missedCall ?? null)
  }

  /** The number that this agent dialled or spoke with last. */
  async redial(member: StaffMember): Promise<Outcome<SeatView>> {
    const early = this.looked(member.id, mayDial)
    if (!early.ok) return early
    const number = await lastNumber(this.parts.db, member.id)
    if (number === null) return refuse('nothing-to-redial')
    return number === '' ? refuse('caller-number-withheld') : this.dial(member, { number })
  }

  /** Whoever calls back has taken it on; two agents do not call the same citizen. */
  private async claim(member: StaffMember, id: number, number: string): Promise<Outcome<void>> {
    const claimed = await actOnMissedCall(this.parts.db, member, id, 'claim', '')
    if (!claimed.ok) return claimed
    if (plainNumber(claimed.value.callerNumber) === number) return ok(undefined)
    return badInput({ number: 'not-of-missed-call' })
  }

  private call(staff: StaffId, number: string, line: CallLine, missedCall: number | null): Outcome<SeatView> {
    const looked = this.looked(staff, mayDial)
    if (!looked.ok) return looked
    const { floor, ids } = this.parts
    const seat = looked.value.seat.number
    const call = { call: ids.call(), draft: ids.workOrder() }
    floor.submit({ type: 'dial-requested', at: Date.now(), seat, call, number, line, missedCall })
    // While the PBX is silent nothing can be dialled.
    return floor.call(call.call) === undefined ? refuse('unavailable', 'the PBX is away') : this.viewOf(seat)
  }

  private reachable(asking: SeatNumber, target: TransferTarget): Outcome<unknown> {
    if (target.kind !== 'seat') return ok(target)
    const there = this.parts.seats.all().find(seat => seat.number === target.seat)
    return mayBeAsked(asking, target.seat, there)
  }

  private request(
    staff: StaffId,
    may: (seat: Seat, call: Call | undefined) => Outcome<unknown>,
    request: Request,
  ): Outcome<SeatView> {
    const looked = this.looked(staff, may)
    if (!looked.ok) return looked
    const { number } = looked.value.seat
    this.parts.floor.submit(request(Date.now(), number))
    return this.viewOf(number)
  }

  private looked(
    staff: StaffId,
    may: (seat: Seat, call: Call | undefined) => Outcome<unknown>,
  ): Outcome<{ readonly seat: Seat; readonly call: Call | undefined }> {
    const seat = this.parts.seats.heldBy(staff)
    if (seat === undefined) return refuse('no-seat')
    const call = 'call' in seat.state ? this.parts.floor.call(seat.state.call) : undefined
    const allowed = may(seat, call)
    return allowed.ok ? ok({ seat, call }) : allowed
  }

  private viewOf(number: SeatNumber): Outcome<SeatView> {
    const seat = this.parts.floor.seat(number)
    return seat === undefined ? refuse('no-seat') : ok(this.parts.seats.view(seat))
  }
}
