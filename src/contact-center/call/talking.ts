import type { Instant } from '#kernel/time.ts'
import type { Party } from '../events.ts'
import type { QueueBook } from '../queue/queue-rules.ts'
import type { CenterRules } from '../rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, CallState } from './call.ts'
import { end } from './ending.ts'
import { askRating } from './rating.ts'
import { type CallStep, noted, pbx, step } from './steps.ts'
import { agentLeft, transfer, transitionAside } from './transfer.ts'
import { transitionWatch, unwatch } from './watch.ts'

type Talking = Extract<CallState, { name: 'talking' }>

/** Citizen and agent speak, or one waits for the other. */
export function transitionTalking(
  call: Call,
  signal: CallSignal,
  at: Instant,
  book: QueueBook,
  rules: CenterRules,
): CallStep {
  const { state } = call
  if (state.name !== 'talking') return step(call)
  const isAgents = 'leg' in signal && signal.leg === state.to.leg
  switch (signal.type) {
    case 'seat-gone':
    case 'hang-up-requested':
      if (signal.leg === call.watch?.by.leg) return unwatch(call, at)
      if (!isAgents) return transitionAside(call, state, signal, at)
      return state.aside === null ? agentHungUp(call, state, at, rules) : agentLeft(call, state, at, rules)
    case 'hold-requested':
      if (!isAgents || state.held || state.aside !== null) return step(call)
      return step({ ...call, state: { ...state, held: true } }, [
        noted(call, at, { kind: 'held', by: 'agent' }),
      ])
    case 'resume-requested':
      if (!isAgents || !state.held) return step(call)
      return step({ ...call, state: { ...state, held: false } }, [
        noted(call, at, { kind: 'unheld', by: 'agent' }),
      ])
    case 'mute-requested':
      if (!isAgents || state.muted === signal.muted) return step(call)
      return step({ ...call, state: { ...state, muted: signal.muted } }, [
        noted(call, at, { kind: 'muted', muted: signal.muted }),
      ])
    case 'digits-requested':
      return isAgents ? sendDigits(call, state, signal.digits, at) : step(call)
    case 'transfer-requested':
      if (!isAgents || state.aside !== null) return step(call)
      return transfer(call, state, signal, at, book)
    case 'leg-held':
    case 'leg-unheld': {
      // The phone's own key; what the other side hears then is the phone's affair.
      const by: Party = signal.leg === call.leg ? 'caller' : isAgents ? 'agent' : 'third-party'
      return step(call, [noted(call, at, { kind: signal.type === 'leg-held' ? 'held' : 'unheld', by })])
    }
    case 'watch-requested':
    case 'take-over-requested':
      return transitionWatch(call, state, signal, at)
    case 'seat-answered':
      // A supervisor's phone is picked up.
      if (call.watch !== null && signal.leg === call.watch.by.leg) {
        return step({ ...call, watch: { ...call.watch, answered: true } })
      }
      return transitionAside(call, state, signal, at)
    default:
      return transitionAside(call, state, signal, at)
  }
}

/** The citizen stays a moment to say how it was. */
function agentHungUp(call: Call, state: Talking, at: Instant, rules: CenterRules): CallStep {
  const over = { ...call, watch: null }
  const termination = { result: 'completed', reason: 'hung-up', by: 'agent' } as const
  return rules.asksRating ? askRating(over, state.to, termination, at) : end(over, at, termination)
}

/** To whoever the agent speaks with: the machine at the other end of a consultation has menus too. */
function sendDigits(call: Call, { aside }: Talking, digits: string, at: Instant): CallStep {
  const leg = aside !== null && aside.stage === 'consulting' ? aside.leg : call.leg
  if (leg === null) return step(call)
  return step(call, [
    pbx({ do: 'send-digits', call: call.id, leg, digits }),
    noted(call, at, { kind: 'digits-sent', count: digits.length }),
  ])
}
