import { expect, test } from 'vitest'
import { bigrams, dice } from './similarity.ts'

const alike = (a: string, b: string) => dice(bigrams(a), bigrams(b))

test('the same words are the same, whatever stands between them', () => {
  expect(alike('海秀东路停水', '海秀东路，停水。')).toBe(1)
})

test('half of the pairs in common', () => expect(alike('停水了', '停水吗')).toBe(0.5))

test('nothing in common, and nothing said', () => {
  expect(alike('路灯不亮', '拖欠工资')).toBe(0)
  expect(alike('', '')).toBe(0)
  expect(alike('水', '水')).toBe(0)
})
