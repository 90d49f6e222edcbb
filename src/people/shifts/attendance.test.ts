import { expect, test } from 'vitest'
import { asId, type SeatNumber, type StaffId } from '#kernel/ids.ts'
import { cityInstant } from '#kernel/time.ts'
import { attendanceOf, notRostered, type Stay, staysOf } from './attendance.ts'
import { spanOf } from './rules.ts'

const NIGHT = spanOf('2026-11-20', { from: '23:30', to: '07:30' })
const AFTER = cityInstant('2026-11-21', '09:00')
const one = asId<StaffId>('one')
const two = asId<StaffId>('two')
const seat = asId<SeatNumber>('1001')

/** `20 23:25`: day of November and the city's clock. */
const at = (time: string) => cityInstant(`2026-11-${time.slice(0, 2)}`, time.slice(3))
const stay = (from: string, to: string | null): Stay => ({
  staff: one,
  seat,
  from: at(from),
  to: to === null ? null : at(to),
})

test.each<[string, Stay[], object]>([
  ['came before, stayed to the end', [stay('20 23:20', '21 07:31')], { state: 'on-time', lateMinutes: 0 }],
  [
    'within the first minute',
    [{ ...stay('20 23:30', '21 07:30'), from: at('20 23:30') + 59_000 }],
    { state: 'on-time' },
  ],
  [
    'seven minutes late',
    [stay('20 23:37', '21 07:30')],
    { state: 'late', lateMinutes: 7, leftEarlyMinutes: 0 },
  ],
  [
    'late by more than half an hour, past midnight',
    [stay('21 00:12', '21 07:30')],
    { state: 'late', lateMinutes: 42 },
  ],
  ['left before the end', [stay('20 23:30', '21 06:50')], { state: 'on-time', leftEarlyMinutes: 40 }],
  [
    'another seat after a pause: neither late nor early',
    [stay('20 23:29', '21 02:00'), stay('21 02:10', '21 07:30')],
    { state: 'on-time', leftEarlyMinutes: 0, arrivedAt: '2026-11-20T15:29:00.000Z' },
  ],
  ['only the evening before', [stay('20 15:30', '20 23:30')], { state: 'absent', arrivedAt: null }],
  [
    'stays on beyond the end',
    [stay('20 23:30', null)],
    { state: 'on-time', leftAt: null, leftEarlyMinutes: 0 },
  ],
  ['nobody came', [], { state: 'absent' }],
])('a night shift, looked at the morning after: %s', (_, stays, kept) => {
  expect(attendanceOf(NIGHT, stays, AFTER)).toMatchObject(kept)
})

test.each([
  ['20 22:00', [], 'to-come'],
  ['20 23:30', [], 'to-come'],
  ['20 23:31', [], 'not-yet'],
  ['21 07:29', [], 'not-yet'],
  ['21 07:30', [], 'absent'],
  ['20 23:31', [stay('20 23:10', null)], 'on-time'],
  ['20 23:20', [stay('20 23:10', null)], 'to-come'],
])('at %s', (now, stays, state) => {
  expect(attendanceOf(NIGHT, stays, at(now)).state).toBe(state)
})

test('who has left may come back until the shift is over', () => {
  expect(attendanceOf(NIGHT, [stay('20 23:30', '21 03:00')], at('21 03:10')).leftEarlyMinutes).toBe(0)
  expect(attendanceOf(NIGHT, [stay('20 23:30', '21 03:00')], at('21 07:30')).leftEarlyMinutes).toBe(270)
})

test('who sits down takes the seat over; a stay that has no end lasts', () => {
  const comings = [
    { seat, staff: null, at: 1 },
    { seat, staff: one, at: 2 },
    { seat: asId<SeatNumber>('1002'), staff: two, at: 3 },
    { seat, staff: null, at: 4 },
    { seat, staff: two, at: 5 },
    { seat, staff: one, at: 6 },
  ]
  expect(staysOf(comings)).toEqual([
    { staff: one, seat, from: 2, to: 4 },
    { staff: two, seat: '1002', from: 3, to: null },
    { staff: two, seat, from: 5, to: 6 },
    { staff: one, seat, from: 6, to: null },
  ])
})

test('within an hour of a shift it is the shift’s; beyond it is nobody’s', () => {
  const near = stay('20 22:40', '20 23:00')
  const far = stay('20 18:00', '20 22:30')
  expect(notRostered([NIGHT], [far, near], AFTER)).toEqual([far])
  expect(notRostered([], [near], AFTER)).toEqual([near])
})
