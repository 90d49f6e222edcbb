import { expect, test } from 'vitest'
import { hoursText, parseHours } from './hours-text.ts'

const OFFICE = { days: [1, 2, 3, 4, 5], from: '08:30', to: '18:00' }
const WEEKEND = { days: [6, 7], from: '09:00', to: '12:00' }
const WHOLE_SUNDAY = { days: [7], from: '00:00', to: '24:00' }
const ODD = { days: [1, 3, 5], from: '22:00', to: '06:00' }

test.each([
  ['全天', null],
  ['周一至周五 08:30-18:00', [OFFICE]],
  ['周一至周五 08:30-18:00；周六、周日 09:00-12:00', [OFFICE, WEEKEND]],
  ['周日 00:00-24:00', [WHOLE_SUNDAY]],
  ['周一、周三、周五 22:00-06:00', [ODD]],
])('%s is written and read', (text, hours) => {
  expect(hoursText(hours)).toBe(text)
  expect(parseHours(text)).toEqual(hours)
})

test.each([
  ['', null],
  ['1-5 8:30-18:00', [OFFICE]],
  ['星期一到星期五　８：３０－１８：００;周六,天 9:00~12:00', [OFFICE, WEEKEND]],
  ['每天 00:00-24:00', [{ ...WHOLE_SUNDAY, days: [1, 2, 3, 4, 5, 6, 7] }]],
  ['周一、周一 22:00至06:00', [{ ...ODD, days: [1] }]],
])('%s is understood as well', (text, hours) => {
  expect(parseHours(text)).toEqual(hours)
})

test.each([
  '八点半到六点',
  '08:30-18:00',
  '周八 08:30-18:00',
  '周五至周一 08:30-18:00',
  '周一 24:00-06:00',
  '周一 08:60-18:00',
  '周一 08:30-24:30',
  '周一至周三至周五 08:30-18:00',
  '周一 08:30-18:00；随便',
])('%s is not', text => {
  expect(parseHours(text)).toBeUndefined()
})
