import type { AgentNumber, CallId, LegId, SeatNumber } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { Effect, HangUpCause } from '../events.ts'
import type { CenterRules } from '../rules.ts'
import type { CallSignal, SeatSignal } from '../signals.ts'
import type { AfterCall, Seat, SeatState } from './seat.ts'

export interface SeatStep {
  readonly next: Seat
  readonly effects: readonly Effect[]
  readonly toCall: readonly { readonly call: CallId; readonly signal: CallSignal }[]
}

/** Reasons for not-ready that the system sets; the agent's own come from a table. */
export const SYSTEM_REASONS = {
  signedIn: 'signed-in',
  noAnswer: 'no-answer',
  declined: 'declined',
  phoneLost: 'phone-lost',
} as const

/**
 * A phone stops ringing in milliseconds. Without a word of it it is told again, this often: as long as a survey
 * takes to come round; then the seat goes on without it.
 */
const RELEASE_LIMIT_MS = 2 * SECOND_MS
const RELEASE_TRIES = 6
/** The PBX's own give-up comes this much after ours, so that ours decides and theirs is the safety net. */
const PBX_GIVE_UP_LATER_MS = 5 * SECOND_MS

export function newSeat(number: SeatNumber, at: Instant): Seat {
  return {
    number,
    agent: null,
    phone: 'browser',
    registered: false,
    deskConnected: false,
    answered: 0,
    lastAnsweredAt: null,
    state: { name: 'signed-out', since: at },
  }
}

/** Late, lost and doubled signals change nothing; what an agent asks during a call holds for after it. */
export function transitionSeat(seat: Seat, signal: SeatSignal, at: Instant, rules: CenterRules): SeatStep {
  if (signal.type === 'phone-changed') return step({ ...seat, registered: signal.registered })
  if (signal.type === 'desk-changed') return step({ ...seat, deskConnected: signal.connected })
  if (signal.type === 'agent-changed') return step({ ...seat, agent: signal.agent })
  const { state } = seat
  switch (state.name) {
    case 'signed-out':
      if (signal.type !== 'signed-in') return step(seat)
      return step({
        ...seat,
        agent: signal.agent,
        phone: signal.phone,
        answered: 0,
        lastAnsweredAt: null,
        state: { name: 'not-ready', since: at, reason: SYSTEM_REASONS.signedIn },
      })

    case 'not-ready':
    case 'ready':
      if (signal.type === 'offered' && state.name === 'ready') {
        const { call, leg } = signal
        return step({
          ...seat,
          state: {
            name: 'reserved',
            since: at,
            call,
            leg,
            caller: signal.caller,
            idleSince: state.idleSince,
            deadlineAt: at + rules.popAckTimeoutMs,
            after: { name: 'ready' },
          },
        })
      }
      return idleRequest(seat, signal, at)

    case 'wrap-up':
      if (signal.type === 'wrap-up-finished' || signal.type === 'deadline-passed') {
        return step(settle(seat, state.after, at, at))
      }
      return idleRequest(seat, signal, at)

    case 'reserved':
      if (signal.type === 'pop-acknowledged' && signal.call === state.call) {
        const dialled = dial(seat, state, at, rules)
        return { ...dialled, toCall: [{ call: state.call, signal: { type: 'seat-popped' } }] }
      }
      if (signal.type === 'deadline-passed') return dial(seat, state, at, rules)
      if (signal.type === 'call-over' && signal.call === state.call) {
        return step(settle(seat, state.after, at, state.idleSince))
      }
      return busyRequest(seat, state, signal)

    case 'ringing':
      return transitionRinging(seat, state, signal, at, rules)

    case 'talking':
      if (signal.type === 'leg-gone' && signal.leg === state.leg) {
        const toCall = [{ call: state.call, signal: seatGone(state.leg, 'dropped') }]
        return { ...step(wrapUp(seat, state.call, state.after, at, rules)), toCall }
      }
      if (signal.type === 'call-over' && signal.call === state.call) {
        return release(seat, state, { name: 'wrap-up', after: state.after }, at, at, 'normal')
      }
      if (signal.type === 'hang-up-requested') {
        return { ...step(seat), toCall: [{ call: state.call, signal: { type: 'hang-up-requested' } }] }
      }
      return busyRequest(seat, state, signal)

    case 'releasing':
      if (signal.type === 'leg-answered' && signal.leg === state.leg) {
        return step(seat, [hangUp(state, 'answered-elsewhere')])
      }
      if (signal.type === 'deadline-passed' && state.tries < RELEASE_TRIES) {
        const again = { ...state, tries: state.tries + 1, deadlineAt: at + RELEASE_LIMIT_MS }
        return step({ ...seat, state: again }, [hangUp(state, 'normal')])
      }
      if ((signal.type === 'leg-gone' && signal.leg === state.leg) || signal.type === 'deadline-passed') {
        if (state.goesTo.name === 'wrap-up')
          return step(wrapUp(seat, state.call, state.goesTo.after, at, rules))
        return step(settle(seat, state.goesTo, at, state.idleSince))
      }
      return releasingRequest(seat, state, signal)
  }
}

type Of<Name extends SeatState['name']> = Extract<SeatState, { name: Name }>

function transitionRinging(
  seat: Seat,
  state: Of<'ringing'>,
  signal: SeatSignal,
  at: Instant,
  rules: CenterRules,
): SeatStep {
  const missed = (reason: string): AfterCall =>
    state.after.name === 'ready' ? { name: 'not-ready', reason } : state.after
  switch (signal.type) {
    case 'leg-ringing':
      if (signal.leg !== state.leg) return step(seat)
      return { ...step(seat), toCall: [{ call: state.call, signal: { type: 'seat-ringing' } }] }
    case 'leg-answered': {
      if (signal.leg !== state.leg) return step(seat)
      const { call, leg, after } = state
      const answered = answeredSignal(leg, seat.agent?.number)
      return {
        ...step({
          ...seat,
          answered: seat.answered + 1,
          lastAnsweredAt: at,
          state: { name: 'talking', since: at, call, leg, after },
        }),
        toCall: [{ call, signal: answered }],
      }
    }
    case 'leg-gone':
    case 'dial-failed': {
      if (signal.leg !== state.leg) return step(seat)
      const reason = signal.type === 'dial-failed' ? SYSTEM_REASONS.phoneLost : SYSTEM_REASONS.declined
      const toCall = [{ call: state.call, signal: seatGone(state.leg, reason) }]
      return { ...step(settle(seat, missed(reason), at, at)), toCall }
    }
    case 'found-silent':
      if (signal.leg !== state.leg) return step(seat)
      return step(seat, [dialCommand(seat, { ...state, caller: signal.caller }, rules)])
    case 'deadline-passed': {
      const reason = SYSTEM_REASONS.noAnswer
      const released = release(seat, state, missed(reason), at, at, 'no-answer')
      return { ...released, toCall: [{ call: state.call, signal: seatGone(state.leg, reason) }] }
    }
    case 'hang-up-requested': {
      const reason = SYSTEM_REASONS.declined
      const released = release(seat, state, missed(reason), at, at, 'normal')
      return { ...released, toCall: [{ call: state.call, signal: seatGone(state.leg, reason) }] }
    }
    case 'call-over':
      if (signal.call !== state.call) return step(seat)
      return release(seat, state, state.after, at, state.idleSince, 'normal')
    default:
      return busyRequest(seat, state, signal)
  }
}

function dial(seat: Seat, state: Of<'reserved'>, at: Instant, rules: CenterRules): SeatStep {
  const { call, leg, idleSince, after } = state
  const deadlineAt = at + rules.ringTimeoutMs
  return step({ ...seat, state: { name: 'ringing', since: at, call, leg, idleSince, deadlineAt, after } }, [
    dialCommand(seat, state, rules),
  ])
}

/** May be given again: the leg's name is ours, so a phone that rings already rings on. */
function dialCommand(
  { number, phone }: Seat,
  { call, leg, caller }: { readonly call: CallId; readonly leg: LegId; readonly caller: string },
  rules: CenterRules,
): Effect {
  const giveUpAfterMs = rules.ringTimeoutMs + PBX_GIVE_UP_LATER_MS
  return { to: 'pbx', command: { do: 'dial-seat', call, leg, seat: number, phone, caller, giveUpAfterMs } }
}

/** No new call until the phone is known to be silent. */
function release(
  seat: Seat,
  state: Of<'ringing'> | Of<'talking'>,
  goesTo: Of<'releasing'>['goesTo'],
  at: Instant,
  idleSince: Instant,
  cause: HangUpCause,
): SeatStep {
  const { call, leg } = state
  const deadlineAt = at + RELEASE_LIMIT_MS
  return step(
    { ...seat, state: { name: 'releasing', since: at, call, leg, idleSince, deadlineAt, tries: 1, goesTo } },
    [hangUp(state, cause)],
  )
}

function wrapUp(seat: Seat, call: CallId, after: AfterCall, at: Instant, rules: CenterRules): Seat {
  return { ...seat, state: { name: 'wrap-up', since: at, call, deadlineAt: at + rules.wrapUpMs, after } }
}

/** `idleSince` keeps the seat's turn where the call came to nothing through no doing of its own. */
function settle(seat: Seat, after: AfterCall, at: Instant, idleSince: Instant): Seat {
  switch (after.name) {
    case 'ready':
      return { ...seat, state: { name: 'ready', since: at, idleSince } }
    case 'not-ready':
      return { ...seat, state: { name: 'not-ready', since: at, reason: after.reason } }
    case 'signed-out':
      return { ...seat, agent: null, state: { name: 'signed-out', since: at } }
  }
}

/** What was asked, if the signal asks for a state at all. */
function requested(signal: SeatSignal): AfterCall | null {
  switch (signal.type) {
    case 'ready-requested':
      return { name: 'ready' }
    case 'not-ready-requested':
      return { name: 'not-ready', reason: signal.reason }
    case 'signed-out':
      return { name: 'signed-out' }
    default:
      return null
  }
}

function idleRequest(seat: Seat, signal: SeatSignal, at: Instant): SeatStep {
  const asked = requested(signal)
  if (asked === null || (asked.name === 'ready' && seat.state.name === 'ready')) return step(seat)
  return step(settle(seat, asked, at, at))
}

function busyRequest(
  seat: Seat,
  state: Of<'reserved' | 'ringing' | 'talking'>,
  signal: SeatSignal,
): SeatStep {
  const after = requested(signal)
  return after === null ? step(seat) : step({ ...seat, state: { ...state, after } })
}

function releasingRequest(seat: Seat, state: Of<'releasing'>, signal: SeatSignal): SeatStep {
  const after = requested(signal)
  if (after === null) return step(seat)
  const goesTo = state.goesTo.name === 'wrap-up' ? { ...state.goesTo, after } : after
  return step({ ...seat, state: { ...state, goesTo } })
}

function answeredSignal(leg: LegId, agent: AgentNumber | undefined): CallSignal {
  if (agent === undefined) throw new Error('a seat that rings has an agent')
  return { type: 'seat-answered', leg, agent }
}

function seatGone(leg: LegId, reason: string): CallSignal {
  return { type: 'seat-gone', leg, reason }
}

function hangUp(state: { readonly call: CallId; readonly leg: LegId }, cause: HangUpCause): Effect {
  return { to: 'pbx', command: { do: 'hang-up', call: state.call, leg: state.leg, cause } }
}

function step(next: Seat, effects: readonly Effect[] = []): SeatStep {
  return { next, effects, toCall: [] }
}
