import { type AgentNumber, playbackId } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { Effect, Prompt } from '../events.ts'
import type { QueueBook } from '../queue/queue-rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, CallState, SeatLeg } from './call.ts'
import { notReached } from './dialling.ts'
import { end } from './ending.ts'
import { talkWith } from './parties.ts'
import { backToQueue } from './queueing.ts'
import { after, type CallStep, noted, pbx, step, told } from './steps.ts'

const ANNOUNCEMENT_LIMIT_MS = 10 * SECOND_MS
/** Joining two live legs takes milliseconds; after this long it has failed. */
const JOIN_LIMIT_MS = 3 * SECOND_MS

type Of<Name extends CallState['name']> = Extract<CallState, { name: Name }>

/** From the seat's answer until citizen and agent hear each other. */
export function transitionConnecting(call: Call, signal: CallSignal, at: Instant, book: QueueBook): CallStep {
  const { state } = call
  switch (state.name) {
    case 'announcing':
      return transitionAnnouncing(call, state, signal, at, book)
    case 'dialling':
      return transitionDialling(call, state, signal, at)
    case 'joining':
      return transitionJoining(call, state, signal, at, book)
    default:
      return step(call)
  }
}

/** The citizen hears who will speak: “工号 1027 为您服务”. */
export function announce(
  call: Call,
  to: SeatLeg,
  others: readonly SeatLeg[],
  agent: AgentNumber,
  at: Instant,
): CallStep {
  if (call.leg === null) return step(call)
  const playback = playbackId(call.id, `announcement-${to.attempt}`)
  const digits = [...agent].map((digit): Prompt => `digit-${Number(digit)}`)
  const prompts: Prompt[] = ['agent-number', ...digits, 'serves-you']
  const state = { name: 'announcing', to, others, playback, deadlineAt: at + ANNOUNCEMENT_LIMIT_MS } as const
  // What is being said to one who waits is over: the agent is there.
  const said = call.place?.playing ?? null
  const place = call.place === null ? null : { ...call.place, playing: null }
  return step({ ...takenBy(call, to, at), place, state }, [
    ...(call.direction === 'inbound' || call.callBack?.first === 'caller'
      ? [noted(call, at, { kind: 'answered', seat: to.seat })]
      : []),
    ...answerFact(call, to, at),
    ...(said === null ? [] : [pbx({ do: 'stop-play', call: call.id, leg: call.leg, playback: said })]),
    pbx({ do: 'play', call: call.id, leg: call.leg, playback, prompts }),
  ])
}

/** One who is put through to somebody else was answered before. */
function takenBy(call: Call, { seat, staff }: SeatLeg, at: Instant): Call {
  if (call.bridgedAt !== null) return call
  return { ...call, answeredAt: at, answeredBy: { seat, staff } }
}

function answerFact(call: Call, { seat, staff }: SeatLeg, at: Instant): Effect[] {
  if (call.line === null || call.bridgedAt !== null) return []
  const answer = { seat, staff, draft: call.draft, caller: call.caller, line: call.line }
  return [told({ fact: 'call-answered', call: call.id, at, answer })]
}

function transitionAnnouncing(
  call: Call,
  state: Of<'announcing'>,
  signal: CallSignal,
  at: Instant,
  book: QueueBook,
): CallStep {
  const isOver =
    signal.type === 'prompt-finished'
      ? signal.playback === state.playback
      : signal.type === 'command-failed'
        ? signal.command === 'play'
        : signal.type === 'deadline-passed' || signal.type === 'found-alive'
  if (isOver) {
    const joined = join(call, state.to, state.others, at)
    const { leg, id } = call
    if (signal.type !== 'found-alive' || leg === null) return joined
    // The command to stop it may be among those that were lost.
    return after([pbx({ do: 'stop-music', call: id, leg })], joined)
  }
  return lostBeforeTalk(call, state, signal, at, book)
}

function transitionDialling(call: Call, state: Of<'dialling'>, signal: CallSignal, at: Instant): CallStep {
  switch (signal.type) {
    case 'caller-answered':
      return after(
        [noted(call, at, { kind: 'citizen-answered' }), ...answerFact(call, state.to, at)],
        join(takenBy(call, state.to, at), state.to, [], at),
      )
    case 'deadline-passed':
      return notReached(call, 'no-answer', at)
    case 'seat-gone':
    case 'hang-up-requested':
      return signal.leg === state.to.leg ? notDialled(call, at) : step(call)
    default:
      return step(call)
  }
}

/** The agent thought better of it. A call-back that the citizen asked for is tried again later. */
function notDialled(call: Call, at: Instant): CallStep {
  if (call.callBack !== null) return notReached(call, 'normal', at)
  return end(call, at, { result: 'caller-side', reason: 'not-dialled', by: 'agent' })
}

function join(call: Call, to: SeatLeg, others: readonly SeatLeg[], at: Instant): CallStep {
  const deadlineAt = at + JOIN_LIMIT_MS
  return step({ ...call, state: { name: 'joining', to, others, callerIn: false, seatIn: false, deadlineAt } })
}

function transitionJoining(
  call: Call,
  state: Of<'joining'>,
  signal: CallSignal,
  at: Instant,
  book: QueueBook,
): CallStep {
  if (signal.type === 'leg-bridged') {
    const callerIn = state.callerIn || signal.leg === call.leg
    const seatIn = state.seatIn || signal.leg === state.to.leg
    if (!callerIn || !seatIn) return step({ ...call, state: { ...state, callerIn, seatIn } })
    return step({ ...call, bridgedAt: call.bridgedAt ?? at, state: talkWith(state.to, at) }, [
      noted(call, at, { kind: 'bridged', seat: state.to.seat }),
    ])
  }
  const failed = signal.type === 'command-failed' && signal.command === 'bridge'
  if (failed || signal.type === 'deadline-passed') return dropSeat(call, state, at, book)
  return lostBeforeTalk(call, state, signal, at, book)
}

/** The seat is lost between its answer and the talk: the citizen is not. */
function lostBeforeTalk(
  call: Call,
  state: Of<'announcing'> | Of<'joining'>,
  signal: CallSignal,
  at: Instant,
  book: QueueBook,
): CallStep {
  if (signal.type === 'hang-up-requested' && signal.leg === state.to.leg)
    return dropSeat(call, state, at, book)
  if (signal.type === 'seat-answered' && state.others.some(({ leg }) => leg === signal.leg)) {
    // Too late: another was first.
    return step({ ...call, state: { ...state, others: without(state.others, signal.leg) } })
  }
  if (signal.type !== 'seat-gone') return step(call)
  if (signal.leg === state.to.leg) return seatLost(call, state, signal.reason, at, book)
  return step({ ...call, state: { ...state, others: without(state.others, signal.leg) } })
}

function without(legs: readonly SeatLeg[], leg: SeatLeg['leg']): readonly SeatLeg[] {
  return legs.some(other => other.leg === leg) ? legs.filter(other => other.leg !== leg) : legs
}

/** Seats that still ring go on ringing; else the caller is at the head of the queue again. */
function seatLost(
  call: Call,
  { to, others }: Of<'announcing'> | Of<'joining'>,
  reason: string,
  at: Instant,
  book: QueueBook,
): CallStep {
  const missed = noted(call, at, { kind: 'not-answered', seat: to.seat, reason })
  const unanswered = call.bridgedAt === null ? { ...call, answeredAt: null, answeredBy: null } : call
  if (others.length > 0) {
    return step({ ...unanswered, state: { name: 'offered', ring: others, since: at } }, [missed])
  }
  return after([missed], backToQueue(unanswered, at, reason, book))
}

/** The seat answered but the two were never connected: the seat is let go and the caller keeps the place. */
function dropSeat(
  call: Call,
  state: Of<'announcing'> | Of<'joining'>,
  at: Instant,
  book: QueueBook,
): CallStep {
  return seatLost(call, state, 'not-connected', at, book)
}
