import { describe, expect, test } from 'vitest'
import { veil, veilDetail } from './words.ts'

const WANG = { names: ['王小明', 'Li Na'] }
const seen = (text: string) => veil(WANG, text)

describe('words about somebody who is hidden', () => {
  test.each([
    ['their name', '王小明反映路灯不亮', '保密反映路灯不亮'],
    ['their name with blanks', '诉求人 王 小 明 来电', '诉求人 保密 来电'],
    ['a name in letters, in any case', 'caller LI NA, li  na, lina', 'caller 保密, 保密, 保密'],
    ['a name in letters, among characters or before a figure', '请找Li Na家，lina2', '请找保密家，保密2'],
    ['the number as it stands', '回电13907551234。', '回电139******34。'],
    ['with blanks and dashes', '139 0755-1234 / 139-0755-1234', '139******34 / 139******34'],
    ['with its country', '+86 139 0755 1234', '+86 139******34'],
    ['with a zero before it', '013907551234', '0139******34'],
    ['in wide digits', '１３９０７５５１２３４', '139******34'],
    ['in Chinese', '一三九零七五五幺二三四', '139******34'],
    ['a fixed line, with its area code', '0898-66880000', '089*******00'],
    ['a fixed line, without it', '6688 0000', '******00'],
    ['several of them', '王小明 13907551234，王小明', '保密 139******34，保密'],
  ])('mask %s', (_, text, expected) => {
    expect(seen(text)).toBe(expected)
  })

  test.each([
    ['other people', '王小红，Linah, Li Nan'],
    ['public numbers', '拨打 12345 或 110'],
  ])('leave %s', (_, text) => {
    expect(seen(text)).toBe(text)
  })

  test('nothing is known of whoever has no record', () => {
    expect(veil({ names: [''] }, '王小明 12345')).toBe('王小明 12345')
    expect(veil({ names: ['王'] }, '王家')).toBe('王家')
  })

  test('a guessed name comes back as it was written, a number does not', () => {
    expect(veil(WANG, '王小明 13907551234', true)).toBe('王小明 139******34')
  })

  test('a name that is a pattern masks itself alone', () => {
    expect(veil({ names: ['(.*)+$', 'a.b'] }, 'acb a.b (.*)+$')).toBe('acb 保密 保密')
  })

  test('however deep in a value of JSON', () => {
    const detail = { to: [{ note: '找王小明' }], dialled: '13907551234', days: 3, none: null, done: true }
    expect(veilDetail(seen, detail)).toEqual({
      ...{ to: [{ note: '找保密' }], dialled: '139******34', days: 3, none: null, done: true },
    })
  })
})
