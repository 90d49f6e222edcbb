import type { AgentNumber, CallId, LegId, SeatNumber } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { Effect, HangUpCause } from '../events.ts'
import type { CenterRules } from '../rules.ts'
import type { CallSignal, SeatSignal } from '../signals.ts'
import type { AfterCall, InCall, Seat, SeatState } from './seat.ts'

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
  deskLost: 'desk-lost',
} as const

/**
 * A phone stops ringing in milliseconds. Without a word of it it is told again, this often: as long as a survey
 * takes to come round; then the seat goes on without it.
 */
const RELEASE_LIMIT_MS = 2 * SECOND_MS
const RELEASE_TRIES = 6
/** The PBX's own give-up comes this much after ours, so that ours decides and theirs is the safety net. */
const PBX_GIVE_UP_LATER_MS = 5 * SECOND_MS

type Of<Name extends SeatState['name']> = Extract<SeatState, { name: Name }>

export function newSeat(number: SeatNumber, at: Instant): Seat {
  return {
    number,
    agent: null,
    phone: 'browser',
    registered: false,
    deskConnected: false,
    autoAnswer: false,
    answered: 0,
    lastAnsweredAt: null,
    serving: null,
    state: { name: 'signed-out', since: at },
  }
}

/** Late, lost and doubled signals change nothing; what an agent asks during a call holds for after it. */
export function transitionSeat(seat: Seat, signal: SeatSignal, at: Instant, rules: CenterRules): SeatStep {
  switch (signal.type) {
    case 'phone-changed':
      return step(reachable({ ...seat, registered: signal.registered }, at, rules))
    case 'desk-changed':
      return step(reachable({ ...seat, deskConnected: signal.connected }, at, rules))
    case 'agent-changed':
      return step({ ...seat, agent: signal.agent })
    case 'auto-answer-set':
      return step({ ...seat, autoAnswer: signal.on })
    case 'called':
      return called(seat, signal, at, rules)
    default:
  }
  const { state } = seat
  switch (state.name) {
    case 'signed-out':
      if (signal.type !== 'signed-in') return step(seat)
      return step({
        ...seat,
        agent: signal.agent,
        phone: signal.phone,
        autoAnswer: false,
        answered: 0,
        lastAnsweredAt: null,
        state: notReady(SYSTEM_REASONS.signedIn, at),
      })
    case 'not-ready':
      return idleRequest(seat, signal, at, rules)
    case 'ready':
      return transitionReady(seat, state, signal, at, rules)
    case 'wrap-up':
      return transitionWrapUp(seat, state, signal, at, rules)
    case 'reserved':
      return transitionReserved(seat, state, signal, at, rules)
    case 'ringing':
      return transitionRinging(seat, state, signal, at, rules)
    case 'dialling':
    case 'talking':
    case 'holding':
    case 'consulting':
      return transitionInCall(seat, state, signal, at, rules)
    case 'releasing':
      return transitionReleasing(seat, state, signal, at, rules)
  }
}

/** A ready seat that cannot be reached is not offered calls at once, and is not ready after a grace. */
function reachable(seat: Seat, at: Instant, rules: CenterRules): Seat {
  const { state } = seat
  const isThere = seat.registered && seat.deskConnected
  if (state.name === 'ready') {
    if (isThere) return state.deadlineAt === null ? seat : { ...seat, state: { ...state, deadlineAt: null } }
    if (state.deadlineAt !== null) return seat
    return { ...seat, state: { ...state, deadlineAt: at + rules.graceMs } }
  }
  return state.name === 'not-ready' && state.resumes && isThere ? becomeReady(seat, at, at, rules) : seat
}

function transitionReady(
  seat: Seat,
  state: Of<'ready'>,
  signal: SeatSignal,
  at: Instant,
  rules: CenterRules,
): SeatStep {
  if (signal.type === 'offered') {
    const { call, leg, caller, purpose } = signal
    const deadlineAt = at + rules.popAckTimeoutMs
    const { idleSince } = state
    const busy = { since: at, call, leg, purpose, idleSince, deadlineAt, after: READY }
    return step({ ...seat, state: { name: 'reserved', caller, ...busy } })
  }
  if (signal.type === 'deadline-passed') {
    const reason = seat.registered ? SYSTEM_REASONS.deskLost : SYSTEM_REASONS.phoneLost
    return step({ ...seat, state: { ...notReady(reason, at), resumes: true } })
  }
  return idleRequest(seat, signal, at, rules)
}

const READY: AfterCall = { name: 'ready' }

function transitionWrapUp(
  seat: Seat,
  state: Of<'wrap-up'>,
  signal: SeatSignal,
  at: Instant,
  rules: CenterRules,
): SeatStep {
  if (signal.type === 'wrap-up-finished' || signal.type === 'deadline-passed') {
    return step(settle(seat, state.after, at, at, rules))
  }
  if (signal.type === 'wrap-up-extended') {
    if (state.extended) return step(seat)
    const deadlineAt = state.deadlineAt + rules.wrapUpExtensionMs
    return step({ ...seat, state: { ...state, deadlineAt, extended: true } })
  }
  return idleRequest(seat, signal, at, rules)
}

/** At the wish of the one who sits here: the phone rings at once, and what the seat did before comes after. */
function called(
  seat: Seat,
  { call, leg, caller, purpose }: Extract<SeatSignal, { type: 'called' }>,
  at: Instant,
  rules: CenterRules,
): SeatStep {
  const { state } = seat
  const after = state.name === 'wrap-up' ? state.after : state.name === 'ready' ? READY : notReadyAfter(state)
  // Nobody may have two calls: this one is told that its seat is gone.
  if (after === null) return { ...step(seat), toCall: [{ call, signal: seatGone(leg, 'seat-busy') }] }
  const idleSince = state.name === 'ready' ? state.idleSince : at
  return dial(seat, { call, leg, caller, purpose, idleSince, after }, at, rules)
}

function notReadyAfter(state: SeatState): AfterCall | null {
  return state.name === 'not-ready' ? { name: 'not-ready', reason: state.reason } : null
}

function transitionReserved(
  seat: Seat,
  state: Of<'reserved'>,
  signal: SeatSignal,
  at: Instant,
  rules: CenterRules,
): SeatStep {
  if (signal.type === 'pop-acknowledged' && signal.call === state.call) {
    const popped: CallSignal = { type: 'seat-popped', leg: state.leg }
    return { ...dial(seat, state, at, rules), toCall: [{ call: state.call, signal: popped }] }
  }
  if (signal.type === 'deadline-passed') return dial(seat, state, at, rules)
  if (signal.type === 'call-over' && signal.call === state.call) {
    return step(settle(seat, state.after, at, state.idleSince, rules))
  }
  return busyRequest(seat, state, signal)
}

function transitionRinging(
  seat: Seat,
  state: Of<'ringing'>,
  signal: SeatSignal,
  at: Instant,
  rules: CenterRules,
): SeatStep {
  const { call, leg, purpose, after, idleSince } = state
  const isOwnWish = purpose === 'dial' || purpose === 'watch'
  const missed = (reason: string): AfterCall =>
    after.name === 'ready' && !isOwnWish ? { name: 'not-ready', reason } : after
  const gone = (reason: string) => [{ call, signal: seatGone(leg, reason) }]
  switch (signal.type) {
    case 'leg-ringing':
      if (signal.leg !== leg) return step(seat)
      return { ...step(seat), toCall: [{ call, signal: { type: 'seat-ringing', leg } }] }
    case 'leg-answered': {
      if (signal.leg !== leg) return step(seat)
      const counts = purpose === 'call'
      const name = purpose === 'dial' ? 'dialling' : purpose === 'consult' ? 'consulting' : 'talking'
      const next: Seat = {
        ...seat,
        answered: seat.answered + (counts ? 1 : 0),
        lastAnsweredAt: counts ? at : seat.lastAnsweredAt,
        state: { name, since: at, answeredAt: at, call, leg, purpose, idleSince, after },
      }
      return { ...step(next), toCall: [{ call, signal: answeredSignal(leg, seat.agent?.number) }] }
    }
    case 'leg-gone':
    case 'dial-failed': {
      if (signal.leg !== leg) return step(seat)
      const reason = signal.type === 'dial-failed' ? SYSTEM_REASONS.phoneLost : SYSTEM_REASONS.declined
      return { ...step(settle(seat, missed(reason), at, at, rules)), toCall: gone(reason) }
    }
    case 'found-silent':
      if (signal.leg !== leg) return step(seat)
      return step(seat, [dialCommand(seat, state, rules)])
    case 'deadline-passed': {
      const reason = SYSTEM_REASONS.noAnswer
      return { ...release(seat, state, missed(reason), at, at, 'no-answer'), toCall: gone(reason) }
    }
    case 'hang-up-requested': {
      const reason = SYSTEM_REASONS.declined
      return { ...release(seat, state, missed(reason), at, at, 'normal'), toCall: gone(reason) }
    }
    case 'call-over':
      if (signal.call !== call) return step(seat)
      return release(seat, state, after, at, idleSince, signal.elsewhere ? 'answered-elsewhere' : 'normal')
    default:
      return busyRequest(seat, state, signal)
  }
}

function transitionInCall(
  seat: Seat,
  state: InCall,
  signal: SeatSignal,
  at: Instant,
  rules: CenterRules,
): SeatStep {
  const { call, leg, after, idleSince } = state
  // Who was only asked, or only listened, has nothing to write down.
  const wrapsUp = state.purpose === 'call' || state.purpose === 'dial'
  switch (signal.type) {
    case 'leg-gone': {
      if (signal.leg !== leg) return step(seat)
      const toCall = [{ call, signal: seatGone(leg, 'dropped') }]
      const next = wrapsUp ? wrapUp(seat, call, after, at, rules) : settle(seat, after, at, at, rules)
      return { ...step(next), toCall }
    }
    case 'call-over':
      if (signal.call !== call) return step(seat)
      if (signal.elsewhere) {
        // Picked up a moment too late: as if it had not rung.
        const before = { ...seat, answered: seat.answered - 1 }
        return release(before, state, after, at, idleSince, 'answered-elsewhere')
      }
      return release(seat, state, wrapsUp ? { name: 'wrap-up', after } : after, at, at, 'normal')
    case 'part-changed':
      if (signal.call !== call) return step(seat)
      if (signal.activity === state.name)
        return step({ ...seat, state: { ...state, purpose: signal.purpose } })
      return step({
        ...seat,
        state: { ...state, name: signal.activity, purpose: signal.purpose, since: at },
      })
    case 'hang-up-requested':
      return { ...step(seat), toCall: [{ call, signal: { type: 'hang-up-requested', leg } }] }
    default:
      return busyRequest(seat, state, signal)
  }
}

function transitionReleasing(
  seat: Seat,
  state: Of<'releasing'>,
  signal: SeatSignal,
  at: Instant,
  rules: CenterRules,
): SeatStep {
  if (signal.type === 'leg-answered' && signal.leg === state.leg) {
    return step(seat, [hangUp(state, 'answered-elsewhere')])
  }
  if (signal.type === 'deadline-passed' && state.tries < RELEASE_TRIES) {
    const again = { ...state, tries: state.tries + 1, deadlineAt: at + RELEASE_LIMIT_MS }
    return step({ ...seat, state: again }, [hangUp(state, 'normal')])
  }
  if ((signal.type === 'leg-gone' && signal.leg === state.leg) || signal.type === 'deadline-passed') {
    const { goesTo, call, idleSince } = state
    if (goesTo.name === 'wrap-up') return step(wrapUp(seat, call, goesTo.after, at, rules))
    return step(settle(seat, goesTo, at, idleSince, rules))
  }
  return releasingRequest(seat, state, signal)
}

type ToDial = Pick<Of<'reserved'>, 'call' | 'leg' | 'caller' | 'purpose' | 'idleSince' | 'after'>

function dial(seat: Seat, toDial: ToDial, at: Instant, rules: CenterRules): SeatStep {
  const { call, leg, caller, purpose, idleSince, after } = toDial
  const deadlineAt = at + rules.ringTimeoutMs
  return step(
    {
      ...seat,
      state: { name: 'ringing', since: at, call, leg, caller, purpose, idleSince, deadlineAt, after },
    },
    [dialCommand(seat, toDial, rules)],
  )
}

/** May be given again: the leg's name is ours, so a phone that rings already rings on. */
function dialCommand(
  { number, phone, autoAnswer: always }: Seat,
  { call, leg, caller, purpose }: Pick<ToDial, 'call' | 'leg' | 'caller' | 'purpose'>,
  rules: CenterRules,
): Effect {
  const giveUpAfterMs = rules.ringTimeoutMs + PBX_GIVE_UP_LATER_MS
  // Whoever asked for the call need not pick up as well.
  const autoAnswer = always || purpose === 'dial' || purpose === 'watch'
  const command = {
    do: 'dial-seat',
    call,
    leg,
    seat: number,
    phone,
    caller,
    autoAnswer,
    giveUpAfterMs,
  } as const
  return { to: 'pbx', command }
}

/** No new call until the phone is known to be silent. */
function release(
  seat: Seat,
  { call, leg, purpose }: Of<'ringing'> | InCall,
  goesTo: Of<'releasing'>['goesTo'],
  at: Instant,
  idleSince: Instant,
  cause: HangUpCause,
): SeatStep {
  const deadlineAt = at + RELEASE_LIMIT_MS
  const busy = { since: at, call, leg, purpose, idleSince, deadlineAt, tries: 1 }
  return step({ ...seat, state: { name: 'releasing', ...busy, goesTo } }, [hangUp({ call, leg }, cause)])
}

function wrapUp(seat: Seat, call: CallId, after: AfterCall, at: Instant, rules: CenterRules): Seat {
  const deadlineAt = at + rules.wrapUpMs
  return { ...seat, state: { name: 'wrap-up', since: at, call, deadlineAt, extended: false, after } }
}

/** `idleSince` keeps the seat's turn where the call came to nothing through no doing of its own. */
function settle(seat: Seat, after: AfterCall, at: Instant, idleSince: Instant, rules: CenterRules): Seat {
  switch (after.name) {
    case 'ready':
      return becomeReady(seat, at, idleSince, rules)
    case 'not-ready':
      return { ...seat, state: notReady(after.reason, at) }
    case 'signed-out':
      return { ...seat, agent: null, state: { name: 'signed-out', since: at } }
  }
}

function becomeReady(seat: Seat, at: Instant, idleSince: Instant, rules: CenterRules): Seat {
  return reachable({ ...seat, state: { name: 'ready', since: at, idleSince, deadlineAt: null } }, at, rules)
}

function notReady(reason: string, at: Instant): Of<'not-ready'> {
  return { name: 'not-ready', since: at, reason, resumes: false }
}

/** What was asked, if the signal asks for a state at all. */
function requested(signal: SeatSignal): AfterCall | null {
  switch (signal.type) {
    case 'ready-requested':
      return READY
    case 'not-ready-requested':
      return { name: 'not-ready', reason: signal.reason }
    case 'signed-out':
      return { name: 'signed-out' }
    default:
      return null
  }
}

function idleRequest(seat: Seat, signal: SeatSignal, at: Instant, rules: CenterRules): SeatStep {
  const asked = requested(signal)
  if (asked === null || (asked.name === 'ready' && seat.state.name === 'ready')) return step(seat)
  return step(settle(seat, asked, at, at, rules))
}

function busyRequest(seat: Seat, state: Of<'reserved' | 'ringing'> | InCall, signal: SeatSignal): SeatStep {
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

function hangUp({ call, leg }: { readonly call: CallId; readonly leg: LegId }, cause: HangUpCause): Effect {
  return { to: 'pbx', command: { do: 'hang-up', call, leg, cause } }
}

function step(next: Seat, effects: readonly Effect[] = []): SeatStep {
  return { next, effects, toCall: [] }
}
