import type { LegId } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { OutsideTarget } from '../events.ts'
import type { QueueBook } from '../queue/queue-rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, SeatLeg } from './call.ts'
import { end } from './ending.ts'
import { enqueue } from './queueing.ts'
import { after, type CallStep, nextPlayback, noted, pbx, say, step } from './steps.ts'

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
  return step({ ...call, state: { name: 'forwarding', target, leg, from, deadlineAt } }, [
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
        return resumeMusic(call)
      case 'outside-answered':
        if (signal.leg !== leg) return step(call)
        return step(
          { ...call, bridgedAt: call.bridgedAt ?? at, state: { name: 'forwarded', target, leg, since: at } },
          [
            noted(call, at, { kind: 'transfer-answered', target: target.name }),
            noted(call, at, { kind: 'transferred', from: from?.seat ?? null, target: target.name }),
          ],
        )
      case 'outside-gone':
        return signal.leg === leg ? comeBack(call, target, signal.cause, at, book) : step(call)
      case 'deadline-passed':
        return comeBack(call, target, 'no-answer', at, book)
      default:
        return step(call)
    }
  }
  if (state.name !== 'forwarded') return step(call)
  if (signal.type !== 'outside-gone' || signal.leg !== state.leg) return step(call)
  return end(call, at, { result: 'completed', reason: 'hung-up', by: 'third-party' })
}

function comeBack(
  call: Call,
  { name }: OutsideTarget,
  reason: string,
  at: Instant,
  book: QueueBook,
): CallStep {
  const waits = enqueue(call, at, 'transfer-failed', book)
  const playback = nextPlayback(call, 'transfer-failed', at)
  const next = waits.next
  const place = next?.place == null ? null : { ...next.place, playing: playback }
  return after([noted(call, at, { kind: 'transfer-failed', target: name, reason })], {
    ...waits,
    next: next === null ? null : { ...next, place },
    effects: [...waits.effects, ...say(call, playback, ['transfer-failed'])],
  })
}

function resumeMusic({ leg, id, ...call }: Call): CallStep {
  const next = { ...call, id, leg }
  return step(next, leg === null ? [] : [pbx({ do: 'start-music', call: id, leg })])
}
