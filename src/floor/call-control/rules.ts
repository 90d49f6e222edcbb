import type { SeatNumber } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Aside, Call } from '../../contact-center/call/call.ts'
import type { TransferAct, TransferHow } from '../../contact-center/events.ts'
import type { Seat } from '../../contact-center/seat/seat.ts'
import { isPickedUp } from '../seats/index.ts'

export type Talk = Extract<Call['state'], { name: 'talking' }>

/** The call that the seat is the agent of, while citizen and agent are connected, on hold or not. */
export function ownTalk(seat: Seat, call: Call | undefined): Outcome<Talk> {
  if (!isPickedUp(seat.state) || call === undefined) return refuse('not-in-call')
  const { purpose } = seat.state
  if (purpose === 'consult' || purpose === 'watch') return refuse('not-your-call')
  if (call.state.name !== 'talking') return refuse('not-connected')
  return call.state.to.seat === seat.number ? ok(call.state) : refuse('not-your-call')
}

export function mayHold(seat: Seat, call: Call | undefined): Outcome<Talk> {
  return withTalk(seat, call, talk => {
    if (talk.held) return refuse('already-held')
    return talk.aside === null ? ok(talk) : refuse('transfer-running')
  })
}

export function mayResume(seat: Seat, call: Call | undefined): Outcome<Talk> {
  return withTalk(seat, call, talk => (talk.held ? ok(talk) : refuse('not-held')))
}

/** Somebody must be there to hear the keys: the citizen, or the one who is consulted. */
export function maySendDigits(seat: Seat, call: Call | undefined): Outcome<Talk> {
  return withTalk(seat, call, talk => {
    const nobodyThere = talk.held || (talk.aside?.how === 'consult' && talk.aside.stage === 'ringing')
    return nobodyThere ? refuse('on-hold') : ok(talk)
  })
}

export function mayTransfer(seat: Seat, call: Call | undefined): Outcome<Talk> {
  return withTalk(seat, call, talk => (talk.aside === null ? ok(talk) : refuse('transfer-running')))
}

/** Completing and cancelling are possible at every stage: the other side may ring for as long as it likes. */
export function mayAct(seat: Seat, call: Call | undefined, act: TransferAct): Outcome<Aside> {
  const talk = ownTalk(seat, call)
  if (!talk.ok) return talk
  const { aside } = talk.value
  if (aside === null) return refuse('no-transfer')
  if (act === 'complete' || act === 'cancel') return ok(aside)
  if (aside.stage === 'ringing') return refuse('transfer-ringing')
  return aside.stage === 'merged' ? refuse('transfer-merged') : ok(aside)
}

/** A seat is handed a call, or asked about one, while it is ready and can be reached. */
export function mayBeAsked(
  asking: SeatNumber,
  number: SeatNumber,
  target: Seat | undefined,
): Outcome<SeatNumber> {
  if (target === undefined) return refuse('seat-unknown')
  if (number === asking) return refuse('transfer-target-self')
  const reachable = target.state.name === 'ready' && target.registered && target.deskConnected
  return reachable ? ok(number) : refuse('transfer-target-unavailable')
}

/** What became of a transfer that was asked for: nobody there could be found, or the call has moved on. */
export function isTransferBegun(seat: SeatNumber, call: Call | undefined, how: TransferHow): boolean {
  if (call === undefined || call.state.name !== 'talking' || call.state.to.seat !== seat) return true
  return how !== 'blind' && call.state.aside !== null
}

/** An agent dials between calls, on a phone and a page that are there. */
export function mayDial(seat: Seat): Outcome<Seat> {
  const { name } = seat.state
  if (name !== 'ready' && name !== 'not-ready' && name !== 'wrap-up') return refuse('seat-busy')
  if (!seat.registered) return refuse('phone-not-registered')
  return seat.deskConnected ? ok(seat) : refuse('desk-not-connected')
}

export function mayExtendWrapUp({ state }: Seat): Outcome<Seat['state']> {
  if (state.name !== 'wrap-up') return refuse('not-in-wrap-up')
  return state.extended ? refuse('already-extended') : ok(state)
}

/** Only the page's own phone can be told to pick up. */
export function mayAnswer({ state, phone, deskConnected }: Seat): Outcome<Call['id']> {
  if (state.name !== 'ringing') return refuse('not-ringing')
  if (phone === 'sip') return refuse('answer-on-phone')
  return deskConnected ? ok(state.call) : refuse('desk-not-connected')
}

function withTalk(seat: Seat, call: Call | undefined, then: (talk: Talk) => Outcome<Talk>): Outcome<Talk> {
  const talk = ownTalk(seat, call)
  return talk.ok ? then(talk.value) : talk
}
