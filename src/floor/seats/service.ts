import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type SeatNumber, type StaffId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { PhoneKind } from '../../contact-center/events.ts'
import type { Seat } from '../../contact-center/seat/seat.ts'
import type { FloorControl, PhoneProvisioner } from '../../engine/ports.ts'
import { skillsOf } from '../../people/skills/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { isBusy, mayBecomeReady, mayTake, unusedSeat } from './rules.ts'
import type { MySeat, PhoneAccount, SeatView } from './schema.ts'
import {
  browserCredential,
  drawPhonePassword,
  notReadyReasons,
  type SeatCredential,
  storeBrowserPassword,
} from './store.ts'
import { presentSeat } from './view.ts'

export interface SeatsParts {
  readonly db: Kysely<Database>
  readonly floor: FloorControl
  readonly phones: PhoneProvisioner
  /** The seats there are, in order; the floor knows those that someone has used. */
  readonly numbers: readonly SeatNumber[]
  /** The WebSocket of the PBX, for browser phones, and the SIP domain they name. */
  readonly phoneWsUrl: string
  readonly sipDomain: string
  /** Whether this person's desk page holds a live socket. */
  isDeskConnected(staff: StaffId): boolean
  /** Whether all is done that must be before calls are taken: what the shift before has left is read and signed. */
  mayTakeCalls(seat: Seat): Outcome<void>
}

/** What an agent does with the seat: each turns into an event for the engine, and the seat is read after it. */
export class Seats {
  private readonly parts: SeatsParts
  private readonly unused: ReadonlyMap<SeatNumber, Seat>

  constructor(parts: SeatsParts) {
    this.parts = parts
    const since = Date.now()
    this.unused = new Map(parts.numbers.map(number => [number, unusedSeat(number, since)]))
  }

  /** Every seat there is. */
  all(): readonly Seat[] {
    return this.parts.numbers.flatMap(number => this.seat(number) ?? [])
  }

  /** The seat that this person holds. */
  heldBy(staff: StaffId): Seat | undefined {
    return this.parts.floor.seats().find(seat => seat.agent?.staff === staff)
  }

  view(seat: Seat): SeatView {
    const call = 'call' in seat.state ? this.parts.floor.call(seat.state.call) : undefined
    return presentSeat(seat, call, number => this.parts.floor.seat(number)?.agent?.name ?? null)
  }

  /** Nothing is awaited between looking and claiming, so of two agents who ask at once one gets it. */
  async take(member: StaffMember, number: string, phone: PhoneKind): Promise<Outcome<MySeat>> {
    const { floor } = this.parts
    const seat = asId<SeatNumber>(number)
    if (member.agentNumber === null) return refuse('not-allowed', 'has no agent number')
    const skills = await skillsOf(this.parts.db, member.id)
    const held = this.heldBy(member.id)
    const free = mayTake(member.id, this.seat(seat), held, phone)
    if (!free.ok) return free
    if (held !== undefined) return await this.mine(member.id)

    const agent = { staff: member.id, number: member.agentNumber, name: member.name, skills }
    floor.submit({ type: 'seat-signed-in', at: Date.now(), seat, agent, phone })
    if (floor.seat(seat)?.agent?.staff !== member.id) return refuse('seat-taken')
    const connected = this.parts.isDeskConnected(member.id)
    floor.submit({ type: 'desk-changed', at: Date.now(), seat, connected })
    if (phone === 'browser') {
      const renewed = await this.renewPassword(seat)
      if (!renewed.ok) {
        floor.submit({ type: 'seat-signed-out', at: Date.now(), seat })
        return renewed
      }
    }
    return await this.mine(member.id)
  }

  /** The held seat and, for a browser phone, what it registers with. */
  async mine(staff: StaffId): Promise<Outcome<MySeat>> {
    const number = this.heldBy(staff)?.number
    if (number === undefined) return refuse('no-seat')
    const credential = await browserCredential(this.parts.db, number)
    // Read again: the seat may have moved on while PostgreSQL was asked.
    const seat = this.heldBy(staff)
    if (seat === undefined) return refuse('no-seat')
    return ok({ seat: this.view(seat), phone: seat.phone === 'browser' ? this.account(credential) : null })
  }

  leave(staff: StaffId): Outcome<void> {
    return this.withSeat(staff, seat => {
      if (isBusy(seat)) return refuse('seat-busy')
      this.parts.floor.submit({ type: 'seat-signed-out', at: Date.now(), seat: seat.number })
      return ok(undefined)
    })
  }

  /** Leaves now, or once the call on the seat is over. */
  leaveWhenFree(staff: StaffId): void {
    const seat = this.heldBy(staff)?.number
    if (seat !== undefined) this.parts.floor.submit({ type: 'seat-signed-out', at: Date.now(), seat })
  }

  ready(staff: StaffId): Outcome<SeatView> {
    return this.withSeat(staff, seat => {
      const may = mayBecomeReady(seat)
      if (!may.ok) return may
      const done = this.mayTakeCalls(seat)
      if (!done.ok) return done
      this.parts.floor.submit({ type: 'ready-requested', at: Date.now(), seat: seat.number })
      return this.after(seat.number)
    })
  }

  async notReady(staff: StaffId, reason: string): Promise<Outcome<SeatView>> {
    const reasons = await notReadyReasons(this.parts.db)
    if (!reasons.some(known => known.choosable && known.code === reason)) {
      return { ok: false, refusal: { code: 'bad-input', fields: { reason: 'unknown' } } }
    }
    return this.withSeat(staff, seat => {
      this.parts.floor.submit({ type: 'not-ready-requested', at: Date.now(), seat: seat.number, reason })
      return this.after(seat.number)
    })
  }

  finishWrapUp(staff: StaffId): Outcome<SeatView> {
    return this.withSeat(staff, seat => {
      if (seat.state.name !== 'wrap-up') return refuse('not-in-wrap-up')
      this.parts.floor.submit({ type: 'wrap-up-finished', at: Date.now(), seat: seat.number })
      return this.after(seat.number)
    })
  }

  hangUp(staff: StaffId): Outcome<void> {
    return this.withSeat(staff, seat => {
      if (!isBusy(seat)) return refuse('no-call')
      this.parts.floor.submit({ type: 'hang-up-requested', at: Date.now(), seat: seat.number })
      return ok(undefined)
    })
  }

  /** Asked of the agent who wants to; a shift lead may pass it over. */
  mayTakeCalls(seat: Seat): Outcome<void> {
    return this.parts.mayTakeCalls(seat)
  }

  private seat(number: SeatNumber): Seat | undefined {
    const unused = this.unused.get(number)
    return unused === undefined ? undefined : (this.parts.floor.seat(number) ?? unused)
  }

  private withSeat<T>(staff: StaffId, then: (seat: Seat) => Outcome<T>): Outcome<T> {
    const seat = this.heldBy(staff)
    return seat === undefined ? refuse('no-seat') : then(seat)
  }

  private after(number: SeatNumber): Outcome<SeatView> {
    const seat = this.parts.floor.seat(number)
    return seat === undefined ? refuse('no-seat') : ok(this.view(seat))
  }

  private async renewPassword(seat: SeatNumber): Promise<Outcome<void>> {
    const password = drawPhonePassword()
    await storeBrowserPassword(this.parts.db, seat, password)
    return await this.parts.phones.renew(seat, password)
  }

  private account({ username, password }: SeatCredential): PhoneAccount {
    const { phoneWsUrl: wsUrl, sipDomain: realm } = this.parts
    return { uri: `sip:${username}@${realm}`, username, password, wsUrl, realm }
  }
}
