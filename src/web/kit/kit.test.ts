import { describe, expect, it } from 'vitest'
import { spaced } from './phone-number.ts'
import { ServerClock } from './server-clock.ts'
import { TEXTS, textOf } from './texts.ts'
import { clock, dateAndTime, dayOf, duration } from './time.ts'

describe('texts', () => {
  it.each(Object.entries(TEXTS))(
    '%s has the same gaps in both languages, and is not empty',
    (_, { zh, en }) => {
      const gaps = (text: string) => (text.match(/\{[^}]+\}/g) ?? []).sort()
      expect(gaps(en)).toEqual(gaps(zh))
      expect(zh.trim()).not.toBe('')
      expect(en.trim()).not.toBe('')
    },
  )

  it('are filled in', () => {
    expect(textOf('zh', 'bar.seat', { seat: '1001' })).toBe('座席 1001')
    expect(textOf('en', 'bar.seat', { seat: '1001' })).toBe('Seat 1001')
  })
})

it.each([
  [-5, '0:00'],
  [7_999, '0:07'],
  [754_000, '12:34'],
  [3_723_000, '1:02:03'],
])('a duration of %d ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text)
})

it("days and dates are the city's, wherever the computer believes it is", () => {
  const at = '2026-01-01T19:04:05.000Z'
  expect(dayOf(Date.parse(at))).toBe('2026-01-02')
  expect(clock(at)).toBe('03:04:05')
  expect(clock('2026-01-01T16:00:00.000Z')).toBe('00:00:00')
  expect(dateAndTime(at, Date.parse(at))).toBe('01-02 03:04')
  expect(dateAndTime(at, Date.parse('2026-12-31T16:00:00.000Z'))).toBe('2026-01-02 03:04')
})

it.each([
  ['13800138000', '138 0013 8000'],
  ['01065123456', '010 6512 3456'],
  ['053286543210', '0532 8654 3210'],
  ['02887654321', '028 8765 4321'],
  ['05511234567', '0551 123 4567'],
  ['12345', '12345'],
  ['+8613800138000', '+8613800138000'],
])('%s is read as %s', (number, text) => {
  expect(spaced(number)).toBe(text)
})

describe("the service's clock", () => {
  const header = (ms: number) => new Date(ms).toUTCString()
  const SENT = Date.UTC(2026, 10, 21, 10, 0, 0, 500)

  it('is this machine’s while both may be right', () => {
    const clock = new ServerClock()
    clock.learn(header(SENT), SENT, SENT + 40)
    expect(clock.differenceMs).toBe(0)
  })

  it.each([60_000, -60_000])('is corrected when this machine is certainly wrong by %d ms', wrongMs => {
    const clock = new ServerClock()
    for (let answer = 0; answer < 10; answer += 1) {
      const sentAt = SENT + answer * 1_130
      clock.learn(header(sentAt + wrongMs), sentAt, sentAt + 20)
    }
    expect(Math.abs(clock.differenceMs - wrongMs)).toBeLessThan(200)
  })

  it('starts anew when one of the clocks has been set', () => {
    const clock = new ServerClock()
    clock.learn(header(SENT + 60_000), SENT, SENT + 20)
    clock.learn(header(SENT), SENT, SENT + 20)
    expect(clock.differenceMs).toBe(0)
  })

  it('learns nothing from an answer without a date', () => {
    const clock = new ServerClock()
    clock.learn(null, SENT, SENT + 20)
    expect(clock.differenceMs).toBe(0)
  })
})
