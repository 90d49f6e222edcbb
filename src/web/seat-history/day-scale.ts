import type { AgentHistory, Sitting, Spell } from '../../insight/seat-history/schema.ts'

const HOUR_MS = 3_600_000

/** What a row of bars spans, in milliseconds: whole hours round everything that happened. */
export interface Scale {
  readonly from: number
  readonly to: number
}

export function scaleOf(agents: readonly AgentHistory[]): Scale | null {
  const sittings = agents.flatMap(agent => agent.sittings)
  if (sittings.length === 0) return null
  const from = Math.min(...sittings.map(sitting => Date.parse(sitting.from)))
  const to = Math.max(...sittings.map(sitting => Date.parse(sitting.to)))
  return {
    from: Math.floor(from / HOUR_MS) * HOUR_MS,
    to: Math.max(from + 1, Math.ceil(to / HOUR_MS) * HOUR_MS),
  }
}

/** The whole hours of a scale, at most `most` of them: every one, every second, every third … */
export function hoursOf({ from, to }: Scale, most: number): number[] {
  const every = Math.max(1, Math.ceil((to - from) / HOUR_MS / most)) * HOUR_MS
  const hours: number[] = []
  for (let at = from; at <= to; at += every) hours.push(at)
  return hours
}

/** From 0 to 1 along the scale. */
export function placeOf(at: number, { from, to }: Scale): number {
  return (at - from) / (to - from)
}

/** One path a state, in a box of 1000 by 1: hundreds of spells are drawn as eight shapes. */
export function pathsOf(spells: readonly Spell[], scale: Scale): Map<Spell['state'], string> {
  const paths = new Map<Spell['state'], string>()
  for (const { state, from, to } of spells) {
    const left = (placeOf(Date.parse(from), scale) * 1_000).toFixed(2)
    const right = (placeOf(Date.parse(to), scale) * 1_000).toFixed(2)
    if (left !== right) paths.set(state, `${paths.get(state) ?? ''}M${left} 0H${right}V1H${left}z`)
  }
  return paths
}

/** What was going on at an instant, and at which seat. */
export function spellAt(
  sittings: readonly Sitting[],
  at: number,
): { readonly seat: string; readonly spell: Spell } | null {
  for (const { seat, spells = [] } of sittings) {
    const spell = spells.find(({ from, to }) => Date.parse(from) <= at && at < Date.parse(to))
    if (spell !== undefined) return { seat, spell }
  }
  return null
}

const COLUMN: Readonly<Record<Spell['state'], TimeColumn | null>> = {
  ready: 'available',
  reserved: 'available',
  ringing: 'available',
  releasing: 'available',
  dialling: 'talking',
  talking: 'talking',
  holding: 'talking',
  consulting: 'talking',
  'wrap-up': 'wrap-up',
  'not-ready': 'not-ready',
  'signed-out': null,
}

/** What the states are added up to in the list, as the occupancy takes them. */
export const TIME_COLUMNS = ['talking', 'wrap-up', 'available', 'not-ready'] as const
export type TimeColumn = (typeof TIME_COLUMNS)[number]

export function timeIn({ sums }: AgentHistory, column: TimeColumn): number {
  return sums.reduce((ms, sum) => (COLUMN[sum.state] === column ? ms + sum.ms : ms), 0)
}
