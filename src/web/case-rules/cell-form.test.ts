import { expect, test } from 'vitest'
import type { Limit } from '../../cases/clocks/clock.ts'
import { cellOf, limitOf, without } from './cell-form.ts'

test.each<[Limit, number, string]>([
  [{ unit: 'wall', ms: 30 * 60_000 }, 30, 'minutes'],
  [{ unit: 'wall', ms: 90 * 60_000 }, 90, 'minutes'],
  [{ unit: 'wall', ms: 24 * 3_600_000 }, 24, 'hours'],
  [{ unit: 'wall', ms: 0 }, 0, 'minutes'],
  [{ unit: 'working-days', days: 5 }, 5, 'working-days'],
])('%j is shown as %d %s, and read back as it was', (limit, amount, unit) => {
  expect(cellOf(limit)).toEqual({ amount, unit })
  expect(limitOf(cellOf(limit))).toEqual(limit)
})

test('a cell that is taken away leaves the others', () => {
  expect(without({ HELP: 1, '*': null }, 'HELP')).toEqual({ '*': null })
})
