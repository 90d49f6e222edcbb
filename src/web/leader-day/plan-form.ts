import type { LeaderDay, NewLeaderDayForm } from '../../casework/callbacks/schema.ts'

export type PlanForm = Required<NewLeaderDayForm>

const USUAL_QUOTA = 30

/** What may be planned of a day; null: a new one. */
export function planForm(planned: LeaderDay | null, day: string): PlanForm {
  if (planned === null) return { day, unit: '', leader: '', staff: null, quota: USUAL_QUOTA, assistants: [] }
  const { unit, leader, staff, quota, assistants } = planned
  return { day: planned.day, unit, leader, staff, quota, assistants: assistants.map(({ id }) => id) }
}

/** Where a day stands: planned, its list made, begun, or over without anybody having come. */
export type DayState = 'planned' | 'prepared' | 'begun' | 'missed'

export function stateOf(
  { day, preparedAt, signedInAt }: Pick<LeaderDay, 'day' | 'preparedAt' | 'signedInAt'>,
  today: string,
): DayState {
  if (signedInAt !== null) return 'begun'
  if (day < today) return 'missed'
  return preparedAt === null ? 'planned' : 'prepared'
}

export interface Month {
  readonly year: number
  /** 1 is January. */
  readonly month: number
}

export function monthOf(day: string): Month {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)) }
}

export function monthAfter({ year, month }: Month, months: number): Month {
  const count = year * 12 + month - 1 + months
  return { year: Math.floor(count / 12), month: (count % 12) + 1 }
}
