import { expect, test } from 'vitest'
import { differences } from './differences.ts'

test('what differs is told by place: changed, gone and new; what is the same is not', () => {
  const before = new Map([
    ['签收 P1', '10 分钟'],
    ['签收 P2', '30 分钟'],
    ['派单 P1', '5 分钟'],
  ])
  const after = new Map([
    ['签收 P1', '15 分钟'],
    ['派单 P1', '5 分钟'],
    ['办理 P1', '2 小时'],
  ])
  expect(differences(before, after)).toEqual([
    { place: '签收 P1', before: '10 分钟', after: '15 分钟' },
    { place: '签收 P2', before: '30 分钟', after: null },
    { place: '办理 P1', before: null, after: '2 小时' },
  ])
  expect(differences(after, after)).toEqual([])
})
