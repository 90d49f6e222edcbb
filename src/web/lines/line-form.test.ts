import { describe, expect, test } from 'vitest'
import type { LineView } from '../../floor/lines/schema.ts'
import { BLANK_LINE, dayRuns, linesShown, timeTyped, weekOf } from './line-form.ts'

test.each([
  ['830', '08:30'],
  ['0830', '08:30'],
  ['8:30', '08:30'],
  ['８：３０', '08:30'],
  ['18.00', '18:00'],
  ['24:00', '24:00'],
  ['八点', '八点'],
  ['', ''],
])('%j is typed for %j', (typed, time) => {
  expect(timeTyped(typed)).toBe(time)
})

describe('the week', () => {
  test('of a line that is always open is whole', () => {
    expect(weekOf(null)).toHaveLength(7)
  })
  test('has a night on both of its days, and Sunday night on Monday', () => {
    expect(weekOf([{ days: [7], from: '22:00', to: '06:00' }])).toEqual([
      { day: 7, from: 1_320, to: 1_440 },
      { day: 1, from: 0, to: 360 },
    ])
  })
  test('ends with the day when the hours end at midnight', () => {
    expect(weekOf([{ days: [1], from: '08:00', to: '24:00' }])).toEqual([{ day: 1, from: 480, to: 1_440 }])
    expect(weekOf([{ days: [1], from: '08:00', to: '00:00' }])).toEqual([{ day: 1, from: 480, to: 1_440 }])
  })
  test('leaves out what is being typed', () => {
    expect(weekOf([{ days: [1], from: '8', to: '18:00' }])).toEqual([])
  })
})

test.each([
  [[1, 2, 3, 4, 5], [[1, 5]]],
  [
    [7, 6],
    [
      [6, 6],
      [7, 7],
    ],
  ],
  [
    [1, 3, 5, 6, 7],
    [
      [1, 1],
      [3, 3],
      [5, 7],
    ],
  ],
  [[], []],
])('the days %j are said as %j', (days, runs) => {
  expect(dayRuns(days)).toEqual(runs)
})

test('lines are found by number, name, queue and mode together', () => {
  const line = (number: string, part: Partial<LineView>): LineView => ({
    ...BLANK_LINE,
    number,
    version: 1,
    ...part,
  })
  const lines = [
    line('12315', { name: '市场监管', queue: 'general' }),
    line('12367', { name: '移民管理', queue: 'foreign', mergeMode: 'parallel' }),
  ]
  const shown = (part: object) =>
    linesShown(lines, { search: '', queue: null, mergeMode: null, ...part }).map(({ number }) => number)
  expect(shown({})).toEqual(['12315', '12367'])
  expect(shown({ search: ' 367' })).toEqual(['12367'])
  expect(shown({ search: '市场' })).toEqual(['12315'])
  expect(shown({ queue: 'foreign' })).toEqual(['12367'])
  expect(shown({ queue: 'foreign', mergeMode: 'merged' })).toEqual([])
})
