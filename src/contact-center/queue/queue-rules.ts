import type { QueueId, SkillId } from '#kernel/ids.ts'
import type { Prompt } from '../events.ts'

/** How a queue chooses among ready seats, under the names that call centres use. */
export type Strategy =
  /** Longest without a call, or since it became ready. */
  | 'longest-idle'
  /** Whose last answered call began longest ago. */
  | 'least-recent'
  /** Fewest calls answered since sign-in. */
  | 'fewest-calls'
  /** In turn by number, beginning behind the seat that this queue offered last. */
  | 'rr-memory'
  /** Always the lowest number. */
  | 'linear'
  | 'random'
  /** Every ready seat at once; the first to answer has the call. */
  | 'ring-all'

/** A skill (技能) and the least level of it, 1–9. */
export interface SkillNeed {
  readonly skill: SkillId
  readonly level: number
}

/** What is done for a caller who has stood in this queue for `afterMs`. */
export type EscalationStep = { readonly afterMs: number } & (
  | { readonly do: 'lower-levels'; readonly by: number }
  | { readonly do: 'add-queue'; readonly queue: QueueId }
  | { readonly do: 'raise-priority'; readonly by: number }
  | { readonly do: 'play'; readonly prompt: Prompt }
  | { readonly do: 'overflow'; readonly queue: QueueId }
  /** From then on the key 1 books a call-back, where the queue has a plan for it. */
  | { readonly do: 'offer-call-back' }
)

/** A queue as data: edited while running, journalled when it changes. */
export interface QueueRules {
  readonly id: QueueId
  readonly strategy: Strategy
  /** What an agent must be able to do to be offered its callers; nothing: anyone may. */
  readonly needs: readonly SkillNeed[]
  /** Points; the caller with most is offered first, whatever the queue. */
  readonly priority: number
  /** Points that a minute of waiting adds. */
  readonly ageingPerMinute: number
  /** By `afterMs`, ascending. */
  readonly steps: readonly EscalationStep[]
  /** A caller beyond this many is told that all lines are busy; null: no limit. */
  readonly mostWaiting: number | null
  /** Position and expected wait are told this often; null: never. */
  readonly announceEveryMs: number | null
  /** How a caller who asked for it is called back; null: not offered. */
  readonly callBack: CallBackPlan | null
  /** What a newcomer meets while nobody who could serve the queue is signed in. */
  readonly whenUnstaffed: 'wait' | 'turn-away'
}

/** 排队回拨. Whoever is called first waits for the other. */
export interface CallBackPlan {
  readonly first: 'agent' | 'caller'
  readonly tries: number
  readonly retryAfterMs: number
  /** One that has not come to a talk by then, counted from the booking, has failed. */
  readonly withinMs: number
}

/** The queues there are. One that a line names and nobody configured is run by `PLAIN`. */
export type QueueBook = ReadonlyMap<QueueId, QueueRules>

const PLAIN: Omit<QueueRules, 'id'> = {
  strategy: 'longest-idle',
  needs: [],
  priority: 0,
  ageingPerMinute: 1,
  steps: [],
  mostWaiting: null,
  announceEveryMs: null,
  callBack: null,
  whenUnstaffed: 'wait',
}

export function rulesOf(book: QueueBook, id: QueueId): QueueRules {
  return book.get(id) ?? { id, ...PLAIN }
}
