import type { Role } from '#database/types.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Call, CallState, Watch } from '../../contact-center/call/call.ts'
import type { WatchMode } from '../../contact-center/events.ts'
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
  const there = taken(seat)
  if (!there.ok) return there
  const { state } = there.value
  if (act === 'ready') {
    const may = mayBecomeReady(there.value)
    if (!may.ok) return may
  }
  if (act === 'hang-up' && state.name !== 'ringing' && !isPickedUp(state)) return refuse('no-call')
  return there
}

function taken(seat: Seat | undefined): Outcome<TakenSeat> {
  if (seat === undefined) return refuse('seat-unknown')
  return seat.agent === null ? refuse('no-agent') : ok({ ...seat, agent: seat.agent })
}

export type WatchAct = WatchMode | 'take-over'

/** An agent's talk, and the shift lead's own seat, from which it is joined. */
export interface WatchedTalk {
  readonly own: Seat
  readonly seat: TakenSeat
  readonly call: Call
  readonly talk: Extract<CallState, { name: 'talking' }>
}

/** One shift lead at a time is in a talk, and changes there from one way to another as often as needed. */
export function mayWatch(
  act: WatchAct,
  own: Seat | undefined,
  seat: Seat | undefined,
  call: Call | undefined,
): Outcome<WatchedTalk> {
  if (own === undefined) return refuse('no-seat')
  const talk = talkAt(own, seat, call)
  if (!talk.ok) return talk
  const { watch } = talk.value.call
  const may = act === 'take-over' ? mayTakeOver(own, talk.value) : mayListen(act, own, watch)
  return may.ok ? talk : may
}

function talkAt(own: Seat, seat: Seat | undefined, call: Call | undefined): Outcome<WatchedTalk> {
  const there = taken(seat)
  if (!there.ok) return there
  const { number, state } = there.value
  if (number === own.number) return refuse('own-seat')
  if (!isPickedUp(state) || call === undefined) return refuse('no-call')
  if (state.purpose === 'consult' || state.purpose === 'watch') return refuse('not-agent-of-call')
  const { state: talk } = call
  if (talk.name !== 'talking' || talk.to.seat !== number) return refuse('not-connected')
  return ok({ own, seat: there.value, call, talk })
}

function mayListen(mode: WatchMode, own: Seat, watch: Watch | null): Outcome<unknown> {
  if (watch === null) return isFree(own)
  if (watch.by.seat !== own.number) return refuse('watched-by-other')
  return watch.mode === mode ? refuse('watching-already') : ok(watch)
}

function mayTakeOver(own: Seat, { call: { watch }, talk }: WatchedTalk): Outcome<unknown> {
  if (watch === null || watch.by.seat !== own.number) return refuse('not-watching')
  if (!watch.answered) return refuse('not-in-call')
  return talk.aside === null ? ok(watch) : refuse('transfer-running')
}

/** The phone rings at its owner's own wish: between calls, whatever the seat is there for. */
function isFree({ state, registered }: Seat): Outcome<unknown> {
  const { name } = state
  if (name !== 'ready' && name !== 'not-ready' && name !== 'wrap-up') return refuse('own-seat-busy')
  return registered ? ok(name) : refuse('own-phone-lost')
}

/** A caller on the line in this queue, whom no seat rings for yet, and a seat that is ready for any caller. */
export function mayPick(queue: string, call: Call | undefined, seat: Seat | undefined): Outcome<TakenSeat> {
  if (call === undefined || call.place?.queue !== queue) return refuse('caller-left')
  if (call.state.name === 'offered') return refuse('caller-being-offered')
  if (call.leg === null) return refuse('caller-not-on-line')
  if (call.state.name !== 'queued') return refuse('caller-left')
  const there = taken(seat)
  if (!there.ok) return there
  const { state, registered, deskConnected } = there.value
  return state.name === 'ready' && registered && deskConnected ? there : refuse('seat-not-ready')
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

const IN_TALK: Readonly<Record<WatchAct | 'pick', string>> = {
  listen: '正在监听您的通话',
  whisper: '正在耳语辅导您，市民听不到',
  barge: '加入了您的通话，市民也听得到',
  'take-over': '接管了您的通话',
  pick: '将一个排队的来电指派给您',
}

/** What the agent reads when a shift lead is in the talk, or has given the seat a caller. */
export function talkSentence(act: WatchAct | 'pick', by: string): string {
  return `班长 ${by} ${IN_TALK[act]}`
}

export function todayOf(counts: Omit<FloorToday, 'serviceLevel'>): FloorToday {
  const whole = counts.answered + counts.abandoned - counts.shortAbandoned
  return { ...counts, serviceLevel: whole === 0 ? null : counts.within15s / whole }
}
