import { expect, test } from 'vitest'
import { cityInstant } from '#kernel/time.ts'
import { type Known, planProblems, spanOf } from './rules.ts'
import type { RosterEntryForm } from './schema.ts'

const KNOWN: Known = {
  people: new Map([
    ['agent', { leads: false, takesCalls: true }],
    ['lead', { leads: true, takesCalls: false }],
  ]),
  shifts: new Map([
    ['early', { from: '07:30', to: '15:30' }],
    ['late', { from: '15:30', to: '23:30' }],
    ['night', { from: '23:30', to: '07:30' }],
    ['day', { from: '09:00', to: '17:00' }],
  ]),
  entries: [{ staff: 'agent', ...spanOf('2026-11-20', { from: '23:30', to: '07:30' }) }],
}

const entry = (day: string, shift: string, change: Partial<RosterEntryForm> = {}): RosterEntryForm => ({
  staff: 'agent',
  day,
  shift,
  duty: 'agent',
  ...change,
})

test('a shift across midnight ends on the day after, on the city’s clock', () => {
  expect(spanOf('2026-12-31', { from: '23:30', to: '07:30' })).toEqual({
    from: Date.parse('2026-12-31T15:30:00Z'),
    to: Date.parse('2026-12-31T23:30:00Z'),
  })
  expect(spanOf('2026-12-31', { from: '16:00', to: '00:00' }).to).toBe(cityInstant('2027-01-01', '00:00'))
})

test.each<[string, RosterEntryForm[], Record<string, string>]>([
  ['one shift follows another', [entry('2026-11-21', 'early'), entry('2026-11-21', 'late')], {}],
  [
    'the day before a night and the early shift after it',
    [entry('2026-11-20', 'day'), entry('2026-11-21', 'early')],
    {},
  ],
  ['the same shift twice', [entry('2026-11-20', 'night')], { 'entries.0': 'overlaps' }],
  [
    'two of one plan overlap',
    [entry('2026-11-22', 'early'), entry('2026-11-22', 'day')],
    { 'entries.1': 'overlaps' },
  ],
  [
    'an early shift after a night is fine, once',
    [entry('2026-11-22', 'night'), entry('2026-11-23', 'early'), entry('2026-11-23', 'early')],
    { 'entries.2': 'overlaps' },
  ],
  [
    'nobody and nothing known',
    [entry('2026-11-22', 'noon', { staff: 'stranger' })],
    { 'entries.0.staff': 'unknown', 'entries.0.shift': 'unknown' },
  ],
  [
    'an agent leads no shift',
    [entry('2026-11-22', 'early', { duty: 'chief' })],
    { 'entries.0.duty': 'not-a-lead' },
  ],
  [
    'who has no agent number takes no calls',
    [entry('2026-11-22', 'early', { staff: 'lead' })],
    { 'entries.0.duty': 'no-agent-number' },
  ],
  ['a lead leads', [entry('2026-11-22', 'early', { staff: 'lead', duty: 'shift-lead' })], {}],
])('%s', (_, plan, problems) => {
  expect(planProblems(plan, KNOWN)).toEqual(problems)
})

test('a shift moved an hour earlier overlaps the night before it', () => {
  const shifts = new Map([...KNOWN.shifts, ['early', { from: '06:30', to: '14:30' }] as const])
  expect(planProblems([entry('2026-11-21', 'early')], { ...KNOWN, shifts })).toEqual({
    'entries.0': 'overlaps',
  })
})
