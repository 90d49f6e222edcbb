import { expect, test } from 'vitest'
import type { DutyRuleView } from '../../casework/dispatch/schema.ts'
import { BLANK_RULE, formOf, moveBetween, movedTo, rulesShown } from './rule-form.ts'

test('one of them at another place', () => {
  expect(movedTo(['a', 'b', 'c'], 'a', 3)).toEqual(['b', 'c', 'a'])
  expect(movedTo(['a', 'b', 'c'], 'c', 1)).toEqual(['c', 'a', 'b'])
  expect(movedTo(['a', 'b', 'c'], 'b', 2)).toEqual(['a', 'b', 'c'])
})

test('what was moved, up or down', () => {
  expect(moveBetween(['a', 'b', 'c', 'd'], ['a', 'd', 'b', 'c'])).toEqual({ from: 4, to: 2 })
  expect(moveBetween(['a', 'b', 'c', 'd'], ['b', 'c', 'a', 'd'])).toEqual({ from: 1, to: 3 })
  expect(moveBetween(['a', 'b'], ['a', 'b'])).toBeNull()
})

const view: DutyRuleView = { ...BLANK_RULE, id: 'r', position: 4, version: 2 }

test('a form is a rule without what the service gives it', () => expect(formOf(view)).toEqual(BLANK_RULE))

test('a search finds what has all of its words', () => {
  const shown = (search: string) => rulesShown([view], search, () => '市供水有限公司 停水').length
  expect([shown(''), shown('停水 供水'), shown('停水 供电')]).toEqual([1, 1, 0])
})
