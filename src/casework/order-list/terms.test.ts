import { expect, test } from 'vitest'
import { allOf, anyOf, beginning, term, weekOf, wordsOf, wordTerms } from './terms.ts'

test('a question is cut into words at whatever is neither letter nor digit', () => {
  expect(wordsOf('  海棠路，路灯不亮！ Ｋ２３ (夜间)')).toEqual(['海棠路', '路灯不亮', 'k23', '夜间'])
  expect(wordsOf('%_\\、。')).toEqual([])
})

test('a word is looked up by its pairs, one character by what begins with it', () => {
  expect(wordTerms('路灯不亮')).toBe("('路灯' & '灯不' & '不亮')")
  expect(wordTerms('路灯')).toBe("'路灯'")
  expect(wordTerms('桥')).toBe("'桥':*")
  expect(wordTerms('哈哈哈')).toBe("'哈哈'")
})

test('no text leaves its quotes', () => {
  expect(term("o'b\\c")).toBe("'o''b\\\\c'")
  expect(beginning('@n25')).toBe("'@n25':*")
})

test('terms join, one stays as it is', () => {
  expect(allOf([anyOf(["'a'", "'b'"]), "'c'"])).toBe("(('a' | 'b') & 'c')")
  expect(allOf(["'a'"])).toBe("'a'")
})

test('weeks are counted from 1970', () => {
  expect(weekOf(new Date(0))).toBe(0)
  expect(weekOf(new Date(7 * 86_400_000))).toBe(1)
})
