import type { Role } from '#database/types.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Seat } from '../../contact-center/seat/seat.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { isBusy, isPickedUp, mayBecomeReady } from '../seats/index.ts'
import type { FloorToday, WhyNotOffered } from './schema.ts'

/** Who watches the floor and acts upon other people's seats. */
export const SUPERVISORS: readonly Role[] = ['shift-lead', 'admin']

export function maySupervise(member: StaffMember): boolean {
  return SUPERVISORS.includes(member.role)
}

export type Act =
  | { readonly act: 'ready' }
  | { readonly act: 'not-ready'; readonly reason: string; readonly note: string }
  | { readonly act: 'sign-out'; readonly note: string }
  | { readonly act: 'hang-up'; readonly note: string }

/** A seat with the agent who sits there. */
export type TakenSeat = Seat & { readonly agent: NonNullable<Seat['agent']> }

/**
 * Not-ready and sign-out are always possible: during a call they hold for after it. Ready asks what it asks of
 * the agent. A call can be ended once its phone rings.
 */
export function mayAct(act: Act['act'], seat: Seat | undefined): Outcome<TakenSeat> {
  if (seat === undefined) return refuse('seat-unknown')
  const { agent } = seat
  if (agent === null) return refuse('no-agent')
  if (act === 'ready') {
    const may = mayBecomeReady(seat)
    if (!may.ok) return may
  }
  if (act === 'hang-up' && seat.state.name !== 'ringing' && !isPickedUp(seat.state)) {
    return refuse('no-call')
  }
  return ok({ ...seat, agent })
}

/** Why a seat is offered no calls beside what its state says. */
export function whyNotOffered(seat: Seat): WhyNotOffered[] {
  const why: WhyNotOffered[] = []
  if (!seat.registered) why.push('phone-not-registered')
  if (!seat.deskConnected) why.push('desk-not-connected')
  return why
}

/** What the agent reads on the desk. `reasonName` is that of a not-ready reason. */
export function actSentence(act: Act, by: string, reasonName: string | null, seat: Seat): string {
  const when = isBusy(seat) ? '通话结束后' : ''
  const done: Record<Act['act'], string> = {
    ready: `${when}将您置为就绪`,
    'not-ready': `${when}将您置为示忙（${reasonName ?? ''}）`,
    'sign-out': `${when}将您签出`,
    'hang-up': '挂断了您的通话',
  }
  const note = 'note' in act ? `，说明：${act.note}` : ''
  return `班长 ${by} ${done[act.act]}${note}`
}

export function todayOf(counts: Omit<FloorToday, 'serviceLevel'>): FloorToday {
  const whole = counts.answered + counts.abandoned - counts.shortAbandoned
  return { ...counts, serviceLevel: whole === 0 ? null : counts.within15s / whole }
}
