import type { PlaybackId, QueueId } from '#kernel/ids.ts'
import { type Instant, MINUTE_MS } from '#kernel/time.ts'
import type { EscalationStep, QueueRules } from './queue-rules.ts'

/** A caller's place in a queue, and what waiting has changed about it. It outlives a seat that did not answer. */
export interface QueuePlace {
  readonly queue: QueueId
  /** When the caller first stood in any queue; this orders the waiting. */
  readonly since: Instant
  /** When the caller came into this queue; its steps count from here. */
  readonly enteredAt: Instant
  readonly stepsTaken: number
  readonly lowered: number
  readonly raised: number
  /** Queues whose agents may serve the caller as well. */
  readonly also: readonly QueueId[]
  /** The announcement being played, after which the music begins again. */
  readonly playing: PlaybackId | null
  /** When position and wait were told last; the entry counts as the first time. */
  readonly announcedAt: Instant
  /** The key 1 books a call-back. */
  readonly callBackOffered: boolean
}

export function placeIn(queue: QueueId, since: Instant, at: Instant): QueuePlace {
  return {
    queue,
    since,
    enteredAt: at,
    stepsTaken: 0,
    lowered: 0,
    raised: 0,
    also: [],
    playing: null,
    announcedAt: at,
    callBackOffered: false,
  }
}

/** When the next escalation or announcement falls due; null: there is none. */
export function nextDueAt(place: QueuePlace, rules: QueueRules): Instant | null {
  const step = rules.steps[place.stepsTaken]
  const stepAt = step === undefined ? null : place.enteredAt + step.afterMs
  const announceAt = rules.announceEveryMs === null ? null : place.announcedAt + rules.announceEveryMs
  if (stepAt === null) return announceAt
  return announceAt === null ? stepAt : Math.min(stepAt, announceAt)
}

export function isAnnouncementDue(place: QueuePlace, rules: QueueRules, at: Instant): boolean {
  return rules.announceEveryMs !== null && place.announcedAt + rules.announceEveryMs <= at
}

/** The step that is due, if one is. */
export function dueStep(place: QueuePlace, rules: QueueRules, at: Instant): EscalationStep | null {
  const step = rules.steps[place.stepsTaken]
  return step !== undefined && place.enteredAt + step.afterMs <= at ? step : null
}

/** The place after a step; overflow begins anew in the other queue, with the time waited kept. */
export function afterStep(place: QueuePlace, step: EscalationStep, at: Instant): QueuePlace {
  const next = { ...place, stepsTaken: place.stepsTaken + 1 }
  switch (step.do) {
    case 'lower-levels':
      return { ...next, lowered: place.lowered + step.by }
    case 'raise-priority':
      return { ...next, raised: place.raised + step.by }
    case 'add-queue':
      return place.also.includes(step.queue) ? next : { ...next, also: [...place.also, step.queue] }
    case 'overflow':
      return { ...placeIn(step.queue, place.since, at), raised: place.raised, playing: place.playing }
    case 'offer-call-back':
      return { ...next, callBackOffered: true }
    case 'play':
      return next
  }
}

/** Points at this moment: the queue's, what escalation added, and what waiting adds by the minute. */
export function priorityOf(place: QueuePlace, rules: QueueRules, at: Instant): number {
  return rules.priority + place.raised + (rules.ageingPerMinute * (at - place.since)) / MINUTE_MS
}
