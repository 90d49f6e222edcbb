import type { LegId } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { Effect, OutsideTarget } from '../events.ts'
import type { QueueBook } from '../queue/queue-rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, CallState, SeatLeg } from './call.ts'
import { end } from './ending.ts'
import { enqueue } from './queueing.ts'
import { after, type CallStep, nextPlayback, noted, pbx, say, step } from './steps.ts'

type Forwarding = Extract<CallState, { name: 'forwarding' }>

/** A little longer than the number rings, should its end not be heard. */
const FORWARD_LIMIT_MS = 50 * SECOND_MS

/** Hands the citizen on to a number outside that rings, or is just being called. */
export function forward(
  call: Omit<Call, 'state'>,
  from: SeatLeg | null,
  target: OutsideTarget,
  leg: LegId,
  at: Instant,
): CallStep {
  const playback = nextPlayback(call, 'transferring', at)
  const deadlineAt = at + FORWARD_LIMIT_MS
  return step({ ...call, state: { name: 'forwarding', target, leg, from, playing: playback, deadlineAt } }, [
    ...say(call, playback, ['transferring']),
  ])
}

/** With a number outside, or on the way there; a citizen whom nobody answers comes back to the queue. */
export function transitionForwarding(call: Call, signal: CallSignal, at: Instant, book: QueueBook): CallStep {
  const { state } = call
  if (state.name === 'forwarding') {
    const { target, leg, from } = state
    switch (signal.type) {
      case 'prompt-finished':
        return signal.playback === state.playing ? resumeMusic(call, state) : step(call)
      case 'outside-answered':
        if (signal.leg !== leg) return step(call)
        return step(
          { ...call, bridgedAt: call.bridgedAt ?? at, state: { name: 'forwarded', target, leg, since: at } },
          [
            ...stopSaying(call, state),
            noted(call, at, { kind: 'transfer-answered', target: target.name }),
            noted(call, at, { kind: 'transferred', from: from?.seat ?? null, target: target.name }),
          ],
        )
      case 'outside-gone':
        return signal.leg === leg ? comeBack(call, state, signal.cause, at, book) : step(call)
      case 'deadline-passed':
        return comeBack(call, state, 'no-answer', at, book)
      default:
        return step(call)
    }
  }
  if (state.name !== 'forwarded') return step(call)
  if (signal.type !== 'outside-gone' || signal.leg !== state.leg) return step(call)
  return end(call, at, { result: 'completed', reason: 'hung-up', by: 'third-party' })
}

function comeBack(call: Call, state: Forwarding, reason: string, at: Instant, book: QueueBook): CallStep {
  const waits = enqueue(call, at, 'transfer-failed', book)
  const playback = nextPlayback(call, 'transfer-failed', at)
  const next = waits.next
  const place = next?.place == null ? null : { ...next.place, playing: playback }
  const failed = noted(call, at, { kind: 'transfer-failed', target: state.target.name, reason })
  return after([...stopSaying(call, state), failed], {
    ...waits,
    next: next === null ? null : { ...next, place },
    effects: [...waits.effects, ...say(call, playback, ['transfer-failed'])],
  })
}

/** Nobody speaks over the one who answered, and a PBX lets a leg out of a bridge only when its sentence is over. */
function stopSaying({ id, leg }: Call, { playing }: Forwarding): Effect[] {
  if (leg === null || playing === null) return []
  return [pbx({ do: 'stop-play', call: id, leg, playback: playing })]
}

function resumeMusic(call: Call, state: Forwarding): CallStep {
  const { leg, id } = call
  const next = { ...call, state: { ...state, playing: null } }
  return step(next, leg === null ? [] : [pbx({ do: 'start-music', call: id, leg })])
}
