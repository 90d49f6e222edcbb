import { expect, test } from 'vitest'
import type { UnitRow } from '../../casework/units/schema.ts'
import { firstOfKind, placesFor, treeRows, unfolded, unitsAbove } from './tree-rows.ts'

const unit = (id: string, parent: string | null, openOrders = 0, closed = false): UnitRow => ({
  ...{ id, parent, openOrders, closed, name: id, aliases: [], kind: 'bureau', area: null },
  takesOrders: true,
})
const QUAY = unit('quay', 'north', 2)
const UNITS = [
  unit('hotline', null, 1),
  unit('north', 'hotline', 3),
  QUAY,
  unit('pier', 'quay', 4),
  unit('south', 'hotline'),
  unit('old', 'hotline', 0, true),
]
const idsOf = (units: readonly UnitRow[]) => units.map(({ id }) => id)

test('each row has its depth and the sums of its branch', () => {
  expect(treeRows(UNITS).map(row => [row.unit.id, row.depth, row.below, row.orders])).toEqual([
    ['hotline', 0, 5, 10],
    ['north', 1, 2, 9],
    ['quay', 2, 1, 6],
    ['pier', 3, 0, 4],
    ['south', 1, 0, 0],
    ['old', 1, 0, 0],
  ])
})

test('a folded branch hides all of it, whatever is unfolded inside', () => {
  const shown = (...open: string[]) => unfolded(treeRows(UNITS), new Set(open)).map(row => row.unit.id)
  expect(shown()).toEqual(['hotline'])
  expect(shown('hotline', 'quay')).toEqual(['hotline', 'north', 'south', 'old'])
  expect(shown('hotline', 'north', 'quay')).toEqual(['hotline', 'north', 'quay', 'pier', 'south', 'old'])
})

test('the units above one, from the root down', () => {
  expect(idsOf(unitsAbove(UNITS, 'pier'))).toEqual(['hotline', 'north', 'quay'])
  expect(unitsAbove(UNITS, 'hotline')).toEqual([])
  expect(unitsAbove(UNITS, 'unknown')).toEqual([])
})

test('a unit may go anywhere open but below itself or where it is', () => {
  expect(idsOf(placesFor(UNITS, QUAY))).toEqual(['hotline', 'south'])
})

test('a heading stands over the first of each kind below the root, whatever lies in between', () => {
  const street: UnitRow = { ...unit('street', 'north'), kind: 'street' }
  const hub: UnitRow = { ...unit('port', 'hotline'), kind: 'hub' }
  expect([
    ...firstOfKind(
      treeRows([unit('hotline', null), unit('north', 'hotline'), street, unit('south', 'hotline'), hub]),
    ),
  ]).toEqual(['north', 'port'])
})
