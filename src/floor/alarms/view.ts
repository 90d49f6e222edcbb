import { KINDS } from './kinds.ts'
import type { Alarm } from './rules.ts'
import type { AlarmRow, AlarmView } from './schema.ts'
import type { AlarmRecord } from './store.ts'

export function presentAlarm(alarm: Alarm): AlarmView {
  const { about, acknowledged } = alarm
  return {
    id: alarm.id,
    kind: alarm.kind,
    level: alarm.level,
    queue: about.queue,
    seat: about.seat,
    agentName: about.agentName,
    callId: about.call,
    reason: about.reason,
    since: iso(alarm.since),
    value: KINDS[alarm.kind].unit === 'ms' ? null : oneDecimal(alarm.value),
    limit: alarm.threshold,
    raisedAt: new Date(alarm.raisedAt).toISOString(),
    acknowledged:
      acknowledged === null
        ? null
        : {
            by: acknowledged.name,
            at: new Date(acknowledged.at).toISOString(),
            note: acknowledged.note,
          },
  }
}

export function presentRecord(row: AlarmRecord): AlarmRow {
  const { queue_id: queue, acknowledged_at: acknowledgedAt } = row
  return {
    id: row.id,
    kind: row.kind,
    level: row.level,
    queue: queue === null ? null : { id: queue, nameZh: row.name_zh ?? queue, nameEn: row.name_en ?? queue },
    seat: row.seat,
    agentName: row.agent_name,
    callId: row.call_id,
    reason: row.reason,
    raisedAt: row.raised_at.toISOString(),
    clearedAt: row.cleared_at?.toISOString() ?? null,
    limit: row.threshold,
    peak: oneDecimal(row.peak),
    acknowledged:
      acknowledgedAt === null
        ? null
        : { by: row.acknowledged_name ?? '', at: acknowledgedAt.toISOString(), note: row.note },
  }
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10
}
