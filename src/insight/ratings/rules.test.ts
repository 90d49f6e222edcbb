import { expect, test } from 'vitest'
import { ratingFigures, ratingRows } from './rules.ts'

const count = (key: string | null, grade: number | null, calls: number) => ({
  key,
  name_zh: key === null ? null : `名${key}`,
  name_en: null,
  agent_number: null,
  grade,
  calls,
})

test('grades are counted, and rates are of what they say', () => {
  const figures = ratingFigures([count('a', 1, 5), count('a', 2, 3), count('a', 5, 2), count('a', null, 10)])
  expect(figures).toEqual({
    asked: 20,
    grades: [5, 3, 0, 0, 2],
    notRated: 10,
    rated: { part: 10, whole: 20, value: 0.5 },
    satisfied: { part: 8, whole: 10, value: 0.8 },
  })
})

test('nobody asked, nobody satisfied: no rate at all', () => {
  expect(ratingFigures([])).toMatchObject({
    asked: 0,
    grades: [0, 0, 0, 0, 0],
    rated: { value: null },
    satisfied: { value: null },
  })
})

test('one row a group, also for calls that belong to none', () => {
  const rows = ratingRows([count('a', 1, 1), count('a', null, 2), count(null, 3, 1)])
  expect(rows.map(({ key, nameZh, asked }) => [key, nameZh, asked])).toEqual([
    ['a', '名a', 3],
    ['-', '', 1],
  ])
})
