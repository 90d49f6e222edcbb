import { expect, test } from 'vitest'
import type { RosterEntry } from '../../people/shifts/schema.ts'
import { attendanceToday } from './attendance-today.ts'
import { begunShifts } from './begun-shifts.ts'
import { daysAfter, daysFrom, mondayOf, weekdayOf } from './days.ts'

test('weeks begin on Monday, over the year’s end too', () => {
  expect(mondayOf('2026-11-22')).toBe('2026-11-16')
  expect(mondayOf('2026-11-23')).toBe('2026-11-23')
  expect(mondayOf('2027-01-01')).toBe('2026-12-28')
  expect([weekdayOf('2026-11-22'), weekdayOf('2026-11-23')]).toEqual([7, 1])
  expect(daysAfter('2027-01-01', -1)).toBe('2026-12-31')
  expect(daysFrom('2026-12-31', 2)).toEqual(['2026-12-31', '2027-01-01'])
})

const KINDS = [
  { id: 'early', from: '07:30', to: '15:30' },
  { id: 'late', from: '15:30', to: '23:30' },
  { id: 'night', from: '23:30', to: '07:30' },
].map(kind => ({ ...kind, nameZh: '', nameEn: '', version: 1 }))

test('the shifts that have begun, the running one first; a night ends on the next day', () => {
  const begun = begunShifts(KINDS, Date.parse('2026-11-22T08:00:00+08:00'), '2026-11-22')
  expect(begun.map(({ day, shift }) => `${day} ${shift}`)).toEqual([
    '2026-11-22 early',
    '2026-11-21 night',
    '2026-11-21 late',
    '2026-11-21 early',
    '2026-11-20 night',
  ])
  expect(begun[1]?.endsAt).toBe('2026-11-22T07:30:00+08:00')
})

type Attendance = NonNullable<RosterEntry['attendance']>

function entry(name: string, day: string, endsAt: string, kept: Partial<Attendance> | null): RosterEntry {
  const none = { arrivedAt: null, leftAt: null, lateMinutes: 0, leftEarlyMinutes: 0 }
  return {
    id: 1,
    staff: name,
    name,
    agentNumber: '1001',
    day,
    shift: 'early',
    duty: 'agent',
    startsAt: `${day}T07:30:00+08:00`,
    endsAt,
    attendance: kept === null ? null : { state: 'on-time', ...none, ...kept },
  }
}

test('today: who is due, who came, who is late, away or gone early; last night’s shift while it runs', () => {
  const ends = '2026-11-22T15:30:00+08:00'
  const arrivedAt = '2026-11-21T23:31:00.000Z'
  const entries = [
    entry('on time', '2026-11-22', ends, { arrivedAt }),
    entry('late', '2026-11-22', ends, { state: 'late', lateMinutes: 3, arrivedAt }),
    entry('away', '2026-11-22', ends, { state: 'not-yet' }),
    entry('gone', '2026-11-22', ends, { arrivedAt, leftEarlyMinutes: 20 }),
    entry('later', '2026-11-22', ends, { state: 'to-come' }),
    entry('lead', '2026-11-22', ends, null),
    entry('night', '2026-11-21', '2026-11-22T10:00:00+08:00', { state: 'not-yet' }),
    entry('yesterday', '2026-11-21', '2026-11-21T15:30:00+08:00', { state: 'absent' }),
  ]
  const today = attendanceToday({ entries }, '2026-11-22', Date.parse('2026-11-22T09:00:00+08:00'))
  expect(today).toMatchObject({ due: 5, came: 3 })
  expect(today.remarkable.map(({ name }) => name)).toEqual(['late', 'away', 'gone', 'night'])
})
