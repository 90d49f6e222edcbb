import { expect, test } from 'vitest'
import { tellsNumber } from './rules.ts'

test.each([
  '打 13907551234',
  '回拨139-0755-1234。',
  '139 0755 1234',
  '+86 13907551234',
  '013907551234',
  '１３９０７５５１２３４',
  '座机 0898-66880000',
  '66880000',
  '+852 2123 4567',
])('a reason with anybody’s telephone number is not kept: %s', text => {
  expect(tellsNumber(text)).toBe(true)
})

test.each([
  '上门前联系',
  '2026-11-18 10:00 上门',
  '20261118 上门',
  '见工单 20261118000123',
  '转 12345 或 95012',
  '延长 1000 小时',
])('other figures are no telephone number: %s', text => {
  expect(tellsNumber(text)).toBe(false)
})
