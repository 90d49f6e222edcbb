import { expect, test } from 'vitest'
import { allOf, anyOf, beginning, periodOf, term, wordsOf, wordTerms } from './terms.ts'

test('a question is cut into words at whatever is neither letter nor digit', () => {
  expect(wordsOf('  海棠路，路灯不亮！ Ｋ２３ (夜间)')).toEqual(['海棠路', '路灯不亮', 'k23', '夜间'])
  expect(wordsOf('%_\\、。')).toEqual([])
})

test('a word is looked up by its pairs, one character by what begins with it', () => {
  expect(wordTerms('路灯不亮')(741)).toBe("('741.路灯' & '741.灯不' & '741.不亮')")
  expect(wordTerms('路灯')(741)).toBe("'741.路灯'")
  expect(wordTerms('桥')(741)).toBe("'741.桥':*")
  expect(wordTerms('哈哈哈')(741)).toBe("'741.哈哈'")
})

test('no text leaves its quotes', () => {
  expect(term("o'b\\c")(7)).toBe("'7.o''b\\\\c'")
  expect(beginning('@n25')(7)).toBe("'7.@n25':*")
})

test('terms join, one stays as it is', () => {
  const [a, b, c] = [term('a'), term('b'), term('c')]
  expect(allOf([anyOf([a, b]), c])(7)).toBe("(('7.a' | '7.b') & '7.c')")
  expect(allOf([a])(7)).toBe("'7.a'")
})

test('periods are four weeks each, counted from 1970', () => {
  expect(periodOf(new Date(0))).toBe(0)
  expect(periodOf(new Date(28 * 86_400_000 - 1))).toBe(0)
  expect(periodOf(new Date(28 * 86_400_000))).toBe(1)
})
