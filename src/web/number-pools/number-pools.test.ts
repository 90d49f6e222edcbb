import { describe, expect, it, test } from 'vitest'
import { shares, sizeOf } from './pool-form.ts'

test.each([
  ['60000', '60999', 1_000],
  ['0071', '0071', 1],
  ['60000', '59999', null],
  ['9999', '10000', null],
  ['', '', null],
  ['6000a', '60010', null],
])('the range from %j to %j has %j numbers', (first, last, size) => {
  expect(sizeOf({ first, last })).toBe(size)
})

describe('the bar of a pool', () => {
  it('shows even one number of many', () => {
    expect(shares({ total: 10_000, bound: 1, resting: 0 })).toEqual({ bound: 1, resting: 0 })
  })
  it('is as long as the counts are', () => {
    expect(shares({ total: 200, bound: 50, resting: 100 })).toEqual({ bound: 25, resting: 50 })
  })
  it('is empty where there is no number', () => {
    expect(shares({ total: 0, bound: 0, resting: 0 })).toEqual({ bound: 0, resting: 0 })
  })
})
