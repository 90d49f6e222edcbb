import type { Roster, RosterEntry } from '../../people/shifts/schema.ts'

export interface Today {
  /** Agents whose shift has begun, and those of them who came. */
  readonly due: number
  readonly came: number
  /** Late, absent, not here yet or gone early, in the order of their shifts. */
  readonly remarkable: readonly RosterEntry[]
}

/** How the day's shifts are being kept, and last night's while it runs. */
export function attendanceToday({ entries }: Pick<Roster, 'entries'>, today: string, now: number): Today {
  const begun = entries.filter(
    ({ day, endsAt, attendance }) =>
      (day === today || (day < today && Date.parse(endsAt) > now)) &&
      attendance !== null &&
      attendance.state !== 'to-come',
  )
  return {
    due: begun.length,
    came: begun.filter(({ attendance }) => attendance?.arrivedAt != null).length,
    remarkable: begun.filter(isRemarkable),
  }
}

export function isRemarkable({ attendance }: Pick<RosterEntry, 'attendance'>): boolean {
  if (attendance === null || attendance.state === 'to-come') return false
  return attendance.state !== 'on-time' || attendance.leftEarlyMinutes > 0
}
