import type { Pop } from '../../floor/screen-pops/schema.ts'
import type { SeatView } from '../../floor/seats/schema.ts'
import type { Snapshot } from '../kit/api-types.ts'
import { isInCall, isOffered, isPickedUp } from '../kit/seat-states.ts'

/** What the desk knows from its socket. Pure, so that late, doubled and lost messages can be tried out. */
export interface DeskState {
  readonly link: 'connecting' | 'live' | 'lost'
  readonly seat: SeatView
  /** The call on screen: offered, talked, or being wrapped up. */
  readonly pop: Pop | null
  /** Calls that did not reach the agent, newest first, until dismissed. */
  readonly notices: readonly Notice[]
  /** Where the service resumes from: everything up to here has been on this screen. */
  readonly cursor: number | null
  /** The cursor that holds once the pops missed have been shown. */
  readonly cursorAfterMissed: number | null
  /** The call the seat was last freed of: its pop, should it come late, is no ringing call. */
  readonly freedOf: string | null
}

export interface Notice {
  readonly pop: Pop
  readonly why: 'caller-left' | 'not-answered' | 'offline'
}

export type DeskEvent =
  | { readonly type: 'connected' }
  | { readonly type: 'disconnected' }
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly type: 'missed'; readonly pops: readonly Pop[] }
  | { readonly type: 'pop'; readonly pop: Pop }
  | { readonly type: 'seat'; readonly seat: SeatView }
  /** The seat as an HTTP request's answer shows it; the socket may have been faster with a newer one. */
  | { readonly type: 'seat-answered'; readonly seat: SeatView }
  | { readonly type: 'dismissed' }

export function deskAtStart(
  seat: SeatView,
  cursor: number | null,
  notices: readonly Notice[] = [],
): DeskState {
  return { link: 'connecting', seat, pop: null, notices, cursor, cursorAfterMissed: null, freedOf: null }
}

export function deskAfter(state: DeskState, event: DeskEvent): DeskState {
  switch (event.type) {
    case 'connected':
      return { ...state, link: 'live' }
    case 'disconnected':
      return { ...state, link: 'lost' }
    case 'snapshot':
      return afterSnapshot(state, event.snapshot)
    case 'missed':
      return afterMissed(state, event.pops)
    case 'pop':
      return afterPop(state, event.pop)
    case 'seat':
      return afterSeat(state, event.seat)
    case 'seat-answered':
      return Date.parse(event.seat.since) < Date.parse(state.seat.since)
        ? state
        : afterSeat(state, event.seat)
    case 'dismissed':
      return { ...state, notices: [] }
  }
}

/** The seat is the call's agent, and not merely asked about it or watching. */
export function isOwnCall({ purpose }: SeatView): boolean {
  return purpose === 'call' || purpose === 'dial'
}

/** … and the citizen is on the line, on hold or not: what the call bar offers is possible. */
export function isOwnTalk(seat: SeatView): boolean {
  return isOwnCall(seat) && isPickedUp(seat.state) && seat.state !== 'dialling' && seat.call?.since != null
}

/** The phone is asked to pick up by itself; it does not ring for long. */
export function picksUpByItself({ autoAnswer, purpose }: SeatView): boolean {
  return autoAnswer || purpose === 'dial' || purpose === 'watch'
}

function afterSnapshot(state: DeskState, { seat, pop, cursor }: Snapshot): DeskState {
  const seated = seat === null ? state : afterSeat(state, seat)
  const shown = pop === null ? { ...seated, pop: null } : afterPop(seated, pop)
  // A first visit has missed nothing; a return has only once `missed` is here too.
  return { ...shown, cursor: shown.cursor ?? cursor, cursorAfterMissed: cursor }
}

function afterMissed(state: DeskState, pops: readonly Pop[]): DeskState {
  const fresh = pops.filter(pop => pop.callId !== state.pop?.callId)
  return {
    ...state,
    notices: fresh.reduce((notices, pop) => withNotice(notices, { pop, why: 'offline' }), state.notices),
    cursor: later(state.cursor, later(state.cursorAfterMissed, pops.at(-1)?.id ?? null)),
  }
}

function afterPop(state: DeskState, pop: Pop): DeskState {
  const cursor = later(state.cursor, pop.id)
  if (state.pop?.callId === pop.callId) return { ...state, cursor }
  if (state.freedOf === pop.callId && !isInCall(state.seat.state)) {
    return { ...state, cursor, notices: withNotice(state.notices, { pop, why: 'caller-left' }) }
  }
  const notices = state.notices.filter(notice => notice.pop.callId !== pop.callId)
  return { ...state, pop, cursor, notices }
}

function afterSeat(state: DeskState, seat: SeatView): DeskState {
  const was = state.seat
  const holds = seat.state === 'releasing' ? null : seat.callId
  if (was.callId === null || was.callId === holds) {
    return { ...state, seat, freedOf: holds === null ? state.freedOf : null }
  }
  const freed = { ...state, seat, freedOf: was.callId }
  if (state.pop?.callId !== was.callId) return freed
  // Whose own call came to nothing has missed nothing.
  if (!isOffered(was.state) || was.purpose === 'dial') return { ...freed, pop: null }
  const why = seat.state === 'not-ready' ? 'not-answered' : 'caller-left'
  return { ...freed, pop: null, notices: withNotice(state.notices, { pop: state.pop, why }) }
}

/** One notice a call; the first that said why stays. */
function withNotice(notices: readonly Notice[], notice: Notice): readonly Notice[] {
  return notices.some(known => known.pop.callId === notice.pop.callId) ? notices : [notice, ...notices]
}

function later(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.max(one, other)
}
