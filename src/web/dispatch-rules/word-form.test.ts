import { expect, test } from 'vitest'
import { changedLists, formOf, isFound, listedCategories } from './word-form.ts'

const VIEW = { version: 3, lists: { P1: ['停水'], '1-04-002': ['路灯'] } }

test('a form has every list, and only what is other than it was is saved', () => {
  const form = formOf(VIEW, ['1-04-002', '1-04-003'])
  expect(form).toEqual({ P1: ['停水'], '1-04-002': ['路灯'], '1-04-003': [] })
  expect(changedLists(form, VIEW.lists)).toEqual({})
  expect(changedLists({ ...form, P1: [], '1-04-003': ['路面'] }, VIEW.lists)).toEqual({
    P1: [],
    '1-04-003': ['路面'],
  })
})

test('items are listed, and what lies above them once it has words', () => {
  const categories = [
    { code: '1', parentCode: null },
    { code: '1-04', parentCode: '1' },
    { code: '1-04-002', parentCode: '1-04' },
  ]
  const codes = (lists: Record<string, string[]>) => listedCategories(categories, lists).map(one => one.code)
  expect(codes({})).toEqual(['1-04-002'])
  expect(codes({ '1-04': ['市政'] })).toEqual(['1-04', '1-04-002'])
})

test('a list is found by its name or by a word', () => {
  expect(isFound('路', '市政设施', ['井盖', '路灯'])).toBe(true)
  expect(isFound(' 市政 ', '市政设施', [])).toBe(true)
  expect(isFound('噪声', '市政设施', ['路灯'])).toBe(false)
})
