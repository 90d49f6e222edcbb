import type { FloorSeat, FloorView } from '../../floor/supervision/schema.ts'
import { isPickedUp } from '../kit/seat-states.ts'
import { FLOOR_LIMITS } from './limits.ts'

/** `since`: when what the alarm is about began, in milliseconds; `about` names a seat, or a caller by its call. */
export interface FloorAlarm {
  readonly kind: 'caller-waits' | 'phone-lost' | 'desk-away' | 'long-talk' | 'long-wrap-up'
  readonly about: { readonly seat: string } | { readonly call: string }
  readonly text: string
  readonly since: number
}

/** What a shift lead should look at now: callers first, then seats that miss calls, then long talks and wrap-ups. */
export function alarmsOf(view: FloorView, now: number): readonly FloorAlarm[] {
  const callers = view.queues.flatMap(queue =>
    queue.callers.map(caller => ({
      kind: 'caller-waits' as const,
      about: { call: caller.callId },
      text: caller.callerNumber,
      since: Date.parse(view.at) - caller.waitedMs,
    })),
  )
  return [
    ...longest(callers.filter(({ since }) => now - since > FLOOR_LIMITS.callerWaitsMs)),
    ...longest(view.seats.flatMap(seat => seatAlarm(seat, now) ?? [])),
  ]
}

const ORDER: Record<FloorAlarm['kind'], number> = {
  'caller-waits': 0,
  'phone-lost': 1,
  'desk-away': 2,
  'long-talk': 3,
  'long-wrap-up': 4,
}

function longest(alarms: readonly FloorAlarm[]): readonly FloorAlarm[] {
  return alarms.toSorted((a, b) => ORDER[a.kind] - ORDER[b.kind] || a.since - b.since)
}

/** The one alarm of a seat that matters most; an agent away on a break may well have the machine off. */
export function seatAlarm(seat: FloorSeat, now: number): FloorAlarm | null {
  const since = Date.parse(seat.since)
  const about = { seat: seat.number }
  const text = `${seat.number} ${seat.agentName}`
  if (seat.state !== 'not-ready') {
    if (!seat.registered) return { kind: 'phone-lost', about, text, since }
    if (!seat.deskConnected) return { kind: 'desk-away', about, text, since }
  }
  const talkSince = isPickedUp(seat.state) ? Date.parse(seat.call?.since ?? seat.since) : now
  if (now - talkSince > FLOOR_LIMITS.talkMs) return { kind: 'long-talk', about, text, since: talkSince }
  if (seat.state === 'wrap-up' && now - since > FLOOR_LIMITS.wrapUpMs) {
    return { kind: 'long-wrap-up', about, text, since }
  }
  return null
}
