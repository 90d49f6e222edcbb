import { expect, test } from 'vitest'
import { maskPhoneNumber } from './phone-number.ts'

test.each([
  ['13907551234', '139******34'],
  ['+8613907551234', '+86*********34'],
  ['089866880000', '089*******00'],
  ['66880000', '******00'],
  ['6687500', '*****00'],
  ['+8526688000', '*********00'],
  ['668750', '****50'],
  ['12345', '12345'],
  ['110', '110'],
  ['', ''],
])('of %s no more is shown than %s', (number, masked) => {
  expect(maskPhoneNumber(number)).toBe(masked)
})
