import type { Instant } from '#kernel/time.ts'
import type { TransferTarget } from '../events.ts'
import type { QueueBook } from '../queue/queue-rules.ts'
import type { CenterRules } from '../rules.ts'
import type { AgentRequest, CallSignal } from '../signals.ts'
import type { Aside, Call, CallState } from './call.ts'
import { dialOutside, RING_OUT_MS } from './dialling.ts'
import { end } from './ending.ts'
import { forward } from './forwarding.ts'
import { talkWith } from './parties.ts'
import { enqueue } from './queueing.ts'
import { askRating } from './rating.ts'
import { after, type CallStep, noted, step } from './steps.ts'

type Talking = Extract<CallState, { name: 'talking' }>
type Request = Extract<AgentRequest, { type: 'transfer-requested' }>

/**
 * The third party of a talk.
 *
 *                     answers (consult)            swap
 *   (none) ─▶ ringing ───────────────▶ consulting ◀────▶ swapped
 *      ▲         │ answers (conference)     │ merge          │ merge
 *      │         └──────────────────────▶ merged ◀───────────┘
 *      │                                    │
 *      └── cancel, or the other side leaves ┴── complete: the agent leaves, the citizen is the other side's
 */
export function transfer(
  call: Call,
  state: Talking,
  request: Request,
  at: Instant,
  book: QueueBook,
): CallStep {
  const { target, how } = request
  const started = noted(call, at, {
    kind: 'transfer-started',
    seat: state.to.seat,
    how,
    target: nameOf(target),
    emergency: target.kind === 'outside' && target.emergency,
  })
  if (how !== 'blind') return after([started], callAside(call, state, request, how, at))
  const handedOn = noted(call, at, { kind: 'transferred', from: state.to.seat, target: nameOf(target) })
  switch (target.kind) {
    case 'queue':
      return after([started, handedOn], enqueue(call, at, 'transferred', book, target.queue))
    case 'seat': {
      // It waits at the head of its own queue, should the seat not answer.
      const waits = enqueue(call, at, 'transferred', book)
      return { ...after([started, handedOn], waits), offerTo: target.seat }
    }
    case 'outside': {
      const dialled = dialOutside(call, target)
      return after([started, ...dialled.effects], forward(dialled.call, state.to, target, dialled.leg, at))
    }
  }
}

function callAside(call: Call, state: Talking, request: Request, how: Aside['how'], at: Instant): CallStep {
  const { target, to } = request
  const ringing = { target, how, stage: 'ringing' } as const
  if (to !== null) {
    const aside: Aside = { ...ringing, to, leg: to.leg }
    return {
      ...step({ ...call, offers: to.attempt, state: { ...state, held: false, aside } }),
      toSeat: [
        {
          to,
          signal: { type: 'offered', call: call.id, leg: to.leg, caller: call.caller, purpose: 'consult' },
        },
      ],
    }
  }
  if (target.kind !== 'outside') return step(call)
  const dialled = dialOutside(call, target)
  const aside: Aside = { ...ringing, to: null, leg: dialled.leg }
  const deadlineAt = at + RING_OUT_MS
  return step({ ...dialled.call, state: { ...state, held: false, aside, deadlineAt } }, dialled.effects)
}

/** What comes of the third party, and what the agent does with it. */
export function transitionAside(call: Call, state: Talking, signal: CallSignal, at: Instant): CallStep {
  const { aside } = state
  if (aside === null) return step(call)
  const target = nameOf(aside.target)
  switch (signal.type) {
    case 'seat-answered':
    case 'outside-answered': {
      if (signal.leg !== aside.leg || aside.stage !== 'ringing') return step(call)
      const stage = aside.how === 'conference' ? 'merged' : 'consulting'
      return stageOf(call, state, { ...aside, stage }, [
        noted(call, at, { kind: 'transfer-answered', target }),
      ])
    }
    case 'seat-gone':
    case 'outside-gone':
    case 'hang-up-requested': {
      if (signal.leg !== aside.leg) return step(call)
      const reason =
        signal.type === 'seat-gone'
          ? signal.reason
          : signal.type === 'outside-gone'
            ? signal.cause
            : 'declined'
      return alone(call, state, [lost(call, aside, reason, at)])
    }
    case 'deadline-passed':
      if (aside.stage !== 'ringing') return step(call)
      return alone(call, state, [noted(call, at, { kind: 'transfer-failed', target, reason: 'no-answer' })])
    case 'transfer-act-requested':
      return signal.leg === state.to.leg ? act(call, state, aside, signal.act, at) : step(call)
    default:
      return step(call)
  }
}

function act(
  call: Call,
  state: Talking,
  aside: Aside,
  asked: Extract<AgentRequest, { type: 'transfer-act-requested' }>['act'],
  at: Instant,
): CallStep {
  const done = [noted(call, at, { kind: 'transfer-act', act: asked })]
  switch (asked) {
    case 'swap':
      if (aside.stage === 'consulting') return stageOf(call, state, { ...aside, stage: 'swapped' }, done)
      if (aside.stage === 'swapped') return stageOf(call, state, { ...aside, stage: 'consulting' }, done)
      return step(call)
    case 'merge':
      if (aside.stage === 'ringing' || aside.stage === 'merged') return step(call)
      return stageOf(call, state, { ...aside, stage: 'merged' }, done)
    case 'cancel':
      return alone(call, state, done)
    case 'complete':
      return after(done, complete(call, state, aside, at))
  }
}

/** The agent leaves and the citizen is the other side's, be it that it still rings. */
function complete(call: Call, state: Talking, { target, to, leg, stage }: Aside, at: Instant): CallStep {
  const handedOn = noted(call, at, { kind: 'transferred', from: state.to.seat, target: nameOf(target) })
  if (to !== null) {
    if (stage !== 'ringing') return step({ ...call, state: talkWith(to, at) }, [handedOn])
    return step({ ...call, state: { name: 'offered', ring: [to], since: at } }, [handedOn])
  }
  if (target.kind !== 'outside') return step(call)
  if (stage === 'ringing') return forward(call, state.to, target, leg, at)
  return step({ ...call, state: { name: 'forwarded', target, leg, since: at } }, [handedOn])
}

/** The agent hung up, or is gone, while a third party was there: nobody is left alone with the music. */
export function agentLeft(call: Call, state: Talking, at: Instant, rules: CenterRules): CallStep {
  if (state.aside !== null && state.aside.stage !== 'swapped') return complete(call, state, state.aside, at)
  const termination = { result: 'completed', reason: 'hung-up', by: 'agent' } as const
  return rules.asksRating ? askRating(call, state.to, termination, at) : end(call, at, termination)
}

function stageOf(call: Call, state: Talking, aside: Aside, effects: CallStep['effects']): CallStep {
  return step({ ...call, state: { ...state, aside, deadlineAt: null } }, effects)
}

/** Agent and citizen are together again. */
function alone(call: Call, state: Talking, effects: CallStep['effects']): CallStep {
  return step({ ...call, state: { ...state, aside: null, deadlineAt: null } }, effects)
}

function lost(call: Call, { target, stage }: Aside, reason: string, at: Instant) {
  const name = nameOf(target)
  if (stage === 'ringing') return noted(call, at, { kind: 'transfer-failed', target: name, reason })
  return noted(call, at, { kind: 'third-party-left', target: name })
}

export function nameOf(target: TransferTarget): string {
  switch (target.kind) {
    case 'seat':
      return target.seat
    case 'queue':
      return target.queue
    case 'outside':
      return target.name
  }
}
