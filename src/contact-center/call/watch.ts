import { snoopLegId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, CallState, Watch } from './call.ts'
import { talkWith } from './parties.ts'
import { type CallStep, noted, step } from './steps.ts'

type Talking = Extract<CallState, { name: 'talking' }>

/**
 * A supervisor in a talk: 监听 listen, 耳语 whisper, 强插 barge, 拦截 take over. One at a time; the snooping leg
 * is made anew by `movements.ts` whenever the supervisor is in the talk without being heard by both.
 */
export function transitionWatch(
  call: Call,
  state: Talking,
  signal: Extract<CallSignal, { type: 'watch-requested' | 'take-over-requested' }>,
  at: Instant,
): CallStep {
  const { watch } = call
  if (signal.type === 'take-over-requested') {
    if (watch === null || !watch.answered || signal.leg !== watch.by.leg || state.aside !== null)
      return step(call)
    return step({ ...call, watch: null, state: talkWith(watch.by, at) }, [
      noted(call, at, { kind: 'taken-over', seat: watch.by.seat, from: state.to.seat }),
    ])
  }
  const { by, mode } = signal
  if (watch === null) {
    const begun: Watch = {
      by,
      on: state.to,
      mode,
      snoop: snoopLegId(call.id, by.attempt),
      answered: false,
    }
    return {
      ...step({ ...call, offers: by.attempt, watch: begun }, [
        noted(call, at, { kind: 'watched', seat: by.seat, mode }),
      ]),
      toSeat: [
        {
          to: by,
          signal: { type: 'called', call: call.id, leg: by.leg, caller: call.caller, purpose: 'watch' },
        },
      ],
    }
  }
  if (by.seat !== watch.by.seat || mode === watch.mode) return step(call)
  // A snooping leg that was hung up is not used again.
  const snoop = watch.mode === 'barge' ? snoopLegId(call.id, call.offers + 1) : watch.snoop
  const offers = watch.mode === 'barge' ? call.offers + 1 : call.offers
  return step({ ...call, offers, watch: { ...watch, mode, snoop } }, [
    noted(call, at, { kind: 'watched', seat: by.seat, mode }),
  ])
}

export function unwatch(call: Call, at: Instant): CallStep {
  if (call.watch === null) return step(call)
  return step({ ...call, watch: null }, [noted(call, at, { kind: 'unwatched', seat: call.watch.by.seat })])
}
