import { type Column, cityTime, toCsv } from '../../insight/intervals/index.ts'
import type { Roster, RosterEntry } from './schema.ts'

const DUTY: Readonly<Record<RosterEntry['duty'], string>> = {
  agent: '话务员',
  'shift-lead': '值班长',
  chief: '总值班长',
}
const DAY_DUTY = { carrier: '电信值班', 'hotline-office': '热线办值班' } as const

const STATE: Readonly<Record<NonNullable<RosterEntry['attendance']>['state'], string>> = {
  'to-come': '未开始',
  'not-yet': '未到',
  'on-time': '准时',
  late: '迟到',
  absent: '缺勤',
}

interface Row {
  readonly day: string
  readonly shift: string
  readonly startsAt: string | null
  readonly endsAt: string | null
  readonly name: string
  readonly agentNumber: string | null
  readonly duty: string
  readonly attendance: RosterEntry['attendance']
}

const time = (instant: string | null | undefined) => (instant ? cityTime(instant) : null)

const COLUMNS: readonly Column<Row>[] = [
  { title: '日期', cell: row => row.day },
  { title: '班次', cell: row => row.shift },
  { title: '开始', cell: row => time(row.startsAt) },
  { title: '结束', cell: row => time(row.endsAt) },
  { title: '姓名', cell: row => row.name },
  { title: '工号', cell: row => row.agentNumber },
  { title: '岗位', cell: row => row.duty },
  { title: '出勤', cell: row => (row.attendance === null ? null : STATE[row.attendance.state]) },
  { title: '签入', cell: row => time(row.attendance?.arrivedAt) },
  { title: '签出', cell: row => time(row.attendance?.leftAt) },
  { title: '迟到分钟', cell: row => row.attendance?.lateMinutes ?? null },
  { title: '早退分钟', cell: row => row.attendance?.leftEarlyMinutes ?? null },
]

/** A week as a table for a spreadsheet: the shifts by their beginning, then who is at hand each day. */
export function rosterCsv({ shifts, entries, duties }: Roster): string {
  const names = new Map(shifts.map(shift => [shift.id, shift.nameZh]))
  return toCsv(COLUMNS, [
    ...entries.map(entry => ({
      ...entry,
      shift: names.get(entry.shift) ?? entry.shift,
      duty: DUTY[entry.duty],
    })),
    ...duties.map(({ day, duty, name }) => ({
      day,
      shift: '全天',
      startsAt: null,
      endsAt: null,
      name,
      agentNumber: null,
      duty: DAY_DUTY[duty],
      attendance: null,
    })),
  ])
}
