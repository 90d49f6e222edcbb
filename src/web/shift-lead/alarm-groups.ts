import type { AlarmView } from '../../floor/alarms/schema.ts'

/** Alarms that are shown as one: callers who wait are many, and the queues beside show each of them. */
export interface AlarmGroup {
  readonly key: string
  readonly kind: AlarmView['kind']
  /** The one shown, the most serious, and among those the oldest. */
  readonly first: AlarmView
  readonly alarms: readonly AlarmView[]
}

/** In the order given, which is the server's: a group stands where its first does. */
export function groupsOf(alarms: readonly AlarmView[]): readonly AlarmGroup[] {
  const groups = new Map<string, AlarmView[]>()
  for (const alarm of alarms) {
    const key = alarm.kind === 'caller-waits' ? alarm.kind : alarm.id
    groups.set(key, [...(groups.get(key) ?? []), alarm])
  }
  return [...groups].flatMap(([key, members]) => {
    const [first] = members
    return first === undefined ? [] : [{ key, kind: first.kind, first, alarms: members }]
  })
}

export function isAcknowledged({ alarms }: AlarmGroup): boolean {
  return alarms.every(({ acknowledged }) => acknowledged !== null)
}

/** When what has lasted longest began; null: they are about no time. */
export function longestSince({ alarms }: AlarmGroup): number | null {
  const instants = alarms.flatMap(({ since }) => (since === null ? [] : [Date.parse(since)]))
  return instants.length === 0 ? null : Math.min(...instants)
}
