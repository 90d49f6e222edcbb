import { expect, test } from 'vitest'
import type { ActName } from './acts.ts'
import { checkTable } from './check-table.ts'
import { FIRST_TABLE } from './first-table.ts'
import type { LifeTable } from './table.ts'

/** The house's table with one move otherwise, as it may come over HTTP: with whatever words. */
function withMove(act: ActName, part: object): LifeTable {
  const { moves } = FIRST_TABLE
  return { ...FIRST_TABLE, moves: { ...moves, [act]: { ...moves[act], ...part } } }
}
const withNumbers = (part: object): LifeTable => ({
  ...FIRST_TABLE,
  numbers: { ...FIRST_TABLE.numbers, ...part },
})
const without = (act: ActName): LifeTable => {
  const { [act]: _, ...moves } = FIRST_TABLE.moves
  return { ...FIRST_TABLE, moves: moves as LifeTable['moves'] }
}

test("the house's own table can be published, and what only narrows it", () => {
  expect(checkTable(FIRST_TABLE)).toEqual({})
  expect(checkTable(withMove('recall', { from: [] }))).toEqual({})
  expect(checkTable(withMove('void', { from: ['draft'] }))).toEqual({})
  expect(checkTable(withNumbers({ reworks: 0, reopenDays: 365, callBackApartMs: 0 }))).toEqual({})
})

test.each<[string, LifeTable, object]>([
  ['a status', withMove('void', { from: ['draft', 'gone'] }), { 'moves.void.from.1': 'unknown' }],
  ['a target', withMove('void', { to: ['void', 'gone'] }), { 'moves.void.to.1': 'unknown' }],
  ['a guard', withMove('void', { guards: ['asked'] }), { 'moves.void.guards.0': 'unknown' }],
  [
    'a right and its reach',
    withMove('void', { who: [{ right: 'order.erase', over: 'moon' }] }),
    { 'moves.void.who.0.right': 'unknown', 'moves.void.who.0.over': 'unknown' },
  ],
  [
    'an act',
    { ...FIRST_TABLE, moves: { ...FIRST_TABLE.moves, ...{ erase: FIRST_TABLE.moves.void } } },
    { 'moves.erase': 'unknown' },
  ],
  ['a number', withNumbers({ returns: 2 }), { 'numbers.returns': 'unknown' }],
])('%s that nobody knows', (_, table, problems) => {
  expect(checkTable(table)).toEqual(problems)
})

test('what is missing: an act, a number, somebody who may', () => {
  expect(checkTable(without('recall'))).toEqual({ 'moves.recall': 'missing' })
  expect(checkTable(withNumbers({ reworks: undefined }))).toEqual({ 'numbers.reworks': 'missing' })
  expect(checkTable(withMove('approve', { who: [] }))).toEqual({ 'moves.approve.who': 'nobody' })
})

test.each([
  ['reopenDays', -1],
  ['reopenDays', 366],
  ['archiveDays', 0],
  ['reworks', 6],
  ['reworks', 1.5],
  ['callBackTries', 0],
  ['callBackTries', 11],
  ['callBackApartMs', 4 * 86_400_000],
  ['returnWorkingDays', 0],
])('%s of %d is out of bounds', (name, value) => {
  expect(checkTable(withNumbers({ [name]: value }))).toEqual({ [`numbers.${name}`]: 'out-of-range' })
})

test('what an effect counts on: where it begins, where it leads, what is asked first', () => {
  expect(checkTable(withMove('approve', { from: ['to-dispatch'] }))).toEqual({
    'moves.approve.from.0': 'cannot-begin',
  })
  expect(checkTable(withMove('rate', { to: ['closed'] }))).toEqual({
    'moves.rate.to.in-hand': 'target-missing',
  })
  expect(checkTable(withMove('dispatch', { guards: [] }))).toEqual({
    'moves.dispatch.guards.one-lead': 'guard-needed',
  })
  expect(checkTable(withMove('agree-override', { guards: [] }))).toEqual({
    'moves.agree-override.guards.other-person': 'guard-needed',
  })
  expect(checkTable(withMove('agree-override', { to: ['merged'] }))).toEqual({
    'moves.agree-override.to.0': 'no-target',
  })
})

test('a status that nothing reaches, and one that leads nowhere', () => {
  expect(checkTable(withMove('hand-to-emergency', { from: [] }))).toEqual({
    'statuses.emergency': 'unreachable',
  })
  expect(checkTable(withMove('unmerge', { from: [] }))).toEqual({ 'statuses.merged': 'dead-end' })
})
