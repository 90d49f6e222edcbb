import { expect, test } from 'vitest'
import { levelsOf, levelTyped, moved, skillsOf, withLevel } from './levels.ts'

test('levels are put, replaced and taken away, and come out in a steady order', () => {
  const had = levelsOf([
    { skill: 'english', level: 3 },
    { skill: 'dialect', level: 7 },
  ])
  expect(skillsOf(withLevel(had, 'duty', 1)).map(({ skill }) => skill)).toEqual([
    'dialect',
    'duty',
    'english',
  ])
  expect(withLevel(had, 'english', 9)).toEqual({ english: 9, dialect: 7 })
  expect(withLevel(had, 'english', null)).toEqual({ dialect: 7 })
  expect(had).toEqual({ english: 3, dialect: 7 })
})

test.each([
  ['ArrowDown', { row: 1, column: 1 }],
  ['Enter', { row: 1, column: 1 }],
  ['ArrowUp', { row: 0, column: 1 }],
  ['ArrowLeft', { row: 0, column: 0 }],
  ['ArrowRight', { row: 0, column: 2 }],
  ['End', { row: 0, column: 2 }],
  ['Home', { row: 0, column: 0 }],
])('%s leads to %j, and not out of the matrix', (key, cell) => {
  expect(moved({ row: 0, column: 1 }, key, 2, 3)).toEqual(cell)
  expect(moved({ row: 1, column: 2 }, 'ArrowDown', 2, 3)).toEqual({ row: 1, column: 2 })
})

test.each([
  ['1', 1],
  ['9', 9],
  ['0', null],
  ['Delete', null],
  ['Backspace', null],
  ['a', undefined],
  ['F1', undefined],
])('the key %s sets %j', (key, level) => {
  expect(levelTyped(key)).toBe(level)
  if (level !== undefined) expect(moved({ row: 0, column: 0 }, key, 2, 2)).toBeNull()
})
