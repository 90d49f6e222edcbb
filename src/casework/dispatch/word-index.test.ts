import { expect, test } from 'vitest'
import { plainText, WordIndex } from './word-index.ts'

const found = (words: readonly string[], text: string) =>
  new WordIndex(words.map((word, index) => [word, index] as const)).find(text).map(({ word }) => word)

test('the longest word at each place, from left to right, none over another', () => {
  expect(found(['停水', '停水停电', '停电', '水停'], '停水停电，停水')).toEqual(['停水停电', '停水'])
  expect(found(['停水停电', '水停'], '停水停')).toEqual(['水停'])
})

test('each word once, with all that it stands for', () => {
  const index = new WordIndex([
    ['噪音', 'a'],
    ['噪音', 'b'],
    ['噪音', 'a'],
  ])
  expect(index.find('噪音噪音')).toEqual([expect.objectContaining({ word: '噪音', values: ['a', 'b'] })])
})

test('width, case and blanks make no difference', () => {
  expect(found(['KTV', '12号'], 'ｋ Ｔ v １２ 号')).toEqual(['ktv', '12号'])
  expect(plainText(' Ａ　b ')).toBe('ab')
})

test('no words, no text', () => {
  expect(found([''], '停水')).toEqual([])
  expect(found(['停水'], '')).toEqual([])
})
