import { expect, test } from 'vitest'
import { checkOutside, isDenied } from './outside-numbers.ts'

const RULES = { trunk: true, deniedPrefixes: ['00', '160', '168', '179'] }
const check = (number: string, rules = RULES) => {
  const outcome = checkOutside(number, rules, other => other === '12345' || other === '110')
  return outcome.ok ? (outcome.value.emergency ? 'emergency' : 'ok') : outcome.refusal.code
}

test.each([
  ['13800138000', 'ok'],
  ['089812340101', 'ok'],
  ['01066001680', 'ok'],
  ['95598', 'ok'],
  ['110', 'emergency'],
  ['119', 'emergency'],
  ['120', 'emergency'],
  ['122', 'emergency'],
  ['12', 'number-invalid'],
  ['', 'number-invalid'],
  ['1380013800a', 'number-invalid'],
  ['+8613800138000', 'number-invalid'],
  ['1'.repeat(21), 'number-invalid'],
  ['0085212345678', 'number-not-allowed'],
  ['16812345', 'number-not-allowed'],
  ['089816812345', 'number-not-allowed'],
  ['02016012345', 'number-not-allowed'],
  ['179510085212345678', 'number-not-allowed'],
  ['12345', 'number-is-ours'],
])('%s: %s', (number, says) => {
  expect(check(number)).toBe(says)
})

test('without a carrier nothing goes out, and the number is looked at first', () => {
  const none = { ...RULES, trunk: false }
  expect(check('13800138000', none)).toBe('trunk-missing')
  expect(check('110', none)).toBe('trunk-missing')
  expect(check('16812345', none)).toBe('number-not-allowed')
})

test('what is denied is a setting', () => {
  expect(check('0085212345678', { ...RULES, deniedPrefixes: [] })).toBe('ok')
})

test('a plus leads abroad as well', () => {
  expect(isDenied('+85212345678', RULES.deniedPrefixes)).toBe(true)
  expect(isDenied('+85212345678', [])).toBe(false)
})
