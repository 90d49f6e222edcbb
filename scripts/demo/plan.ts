import type { SeatView } from '../../src/floor/seats/index.ts'

/** What a simulated agent may do at a seat. */
export type Deed =
  | {
      readonly do:
        | 'take-seat'
        | 'ready'
        | 'save-order'
        | 'hang-up'
        | 'ask-citizen-to-hang-up'
        | 'finish-wrap-up'
    }
  | { readonly do: 'break'; readonly reason: string }

export interface Planned {
  readonly deed: Deed
  /** After the seat's state began, or was first seen. */
  readonly afterMs: number
}

/** The citizen who was to hang up may be deaf; then the agent does. */
const CITIZEN_IS_SLOW_MS = 6_000
const BREAKS_PER_CALL = 0.1
const ORDERS_WRITTEN_DURING_TALK = 0.7

/** How long away, in seconds: shorter than in life, so that one sees them come back. */
const AWAY_S: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'signed-in': [1, 6],
  break: [20, 60],
  meal: [60, 150],
  training: [60, 120],
  meeting: [45, 100],
  'no-answer': [6, 20],
}
const OTHERWISE_AWAY_S = [5, 20] as const
/** Most breaks are short. */
const BREAKS = ['break', 'break', 'break', 'meal', 'training', 'meeting'] as const

/**
 * What an agent will do in a state, unless the state changes before.
 * @param seat null: holds none
 * @param chance 0 to 1, anew at each call
 */
export function planFor(
  seat: Pick<SeatView, 'state' | 'reason'> | null,
  chance: () => number,
): readonly Planned[] {
  switch (seat?.state ?? 'signed-out') {
    case 'signed-out':
      return [{ deed: { do: 'take-seat' }, afterMs: between(0, 8, chance) }]
    case 'not-ready': {
      const [least, most] = AWAY_S[seat?.reason ?? ''] ?? OTHERWISE_AWAY_S
      return [{ deed: { do: 'ready' }, afterMs: between(least, most, chance) }]
    }
    case 'talking':
      return talk(between(14, 80, chance), chance)
    case 'wrap-up':
      return wrapUp(between(4, 18, chance), chance)
    default:
      return []
  }
}

function talk(talkMs: number, chance: () => number): Planned[] {
  const writes = chance() < ORDERS_WRITTEN_DURING_TALK
  const agentEnds = chance() < 0.5
  return [
    ...(writes ? [{ deed: { do: 'save-order' } as const, afterMs: 0.6 * talkMs }] : []),
    ...(agentEnds ? [] : [{ deed: { do: 'ask-citizen-to-hang-up' } as const, afterMs: talkMs }]),
    { deed: { do: 'hang-up' }, afterMs: agentEnds ? talkMs : talkMs + CITIZEN_IS_SLOW_MS },
  ]
}

/** Saving what is saved already does no harm. */
function wrapUp(wrapUpMs: number, chance: () => number): Planned[] {
  const reason = chance() < BREAKS_PER_CALL ? BREAKS[Math.floor(chance() * BREAKS.length)] : undefined
  return [
    { deed: { do: 'save-order' }, afterMs: 0.7 * wrapUpMs },
    ...(reason === undefined ? [] : [{ deed: { do: 'break', reason } as const, afterMs: 0.9 * wrapUpMs }]),
    { deed: { do: 'finish-wrap-up' }, afterMs: wrapUpMs },
  ]
}

function between(leastS: number, mostS: number, chance: () => number): number {
  return 1_000 * (leastS + (mostS - leastS) * chance())
}
