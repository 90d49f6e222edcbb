import { expect, test } from 'vitest'
import { FIRST_TABLE } from '../../cases/life/first-table.ts'
import { ACTS, actsOf, beginning, GROUPS, lifeForm, tableOf, toggled, wrongWithin } from './life-form.ts'

test('every act of the table has one place, and the form is the table', () => {
  expect(GROUPS.flatMap(actsOf)).toEqual(ACTS)
  expect([...ACTS].sort()).toEqual(Object.keys(FIRST_TABLE.moves).sort())
  expect(tableOf(lifeForm({ version: 1, table: FIRST_TABLE }))).toEqual(FIRST_TABLE)
})

test('an act that leaves the status as it is leads to where it begins; another to where it did', () => {
  const { contact, sign } = FIRST_TABLE.moves
  expect(beginning(contact, toggled(contact.from, 'to-sign'), { to: [] })).toMatchObject({
    from: ['in-hand'],
    to: ['in-hand'],
  })
  expect(beginning(sign, toggled(sign.from, 'in-hand'), { to: ['in-hand'] })).toMatchObject({
    from: ['to-sign'],
    to: ['to-sign', 'in-hand'],
  })
  expect(beginning(contact, new Set(['in-hand', 'to-sign'] as const), { to: [] }).from).toEqual([
    'to-sign',
    'in-hand',
  ])
})

test('what is wrong is counted at its act alone', () => {
  const problems = {
    'moves.void.from.1': 'unknown',
    'moves.void.who': 'nobody',
    'moves.merge.to.x': 'unknown',
  }
  expect(wrongWithin(problems, 'void')).toBe(2)
  expect(wrongWithin(problems, 'unmerge')).toBe(0)
})
