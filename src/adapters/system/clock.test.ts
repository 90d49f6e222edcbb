import { expect, test } from 'vitest'
import { forwardClock } from './clock.ts'

test('time goes on when the clock is set back, and follows when it is set forward', () => {
  let wall = 1_000_000
  let steady = 50
  const clock = forwardClock(
    () => wall,
    () => steady,
  )
  const pass = (ms: number) => {
    wall += ms
    steady += ms
  }
  expect(clock.now()).toBe(1_000_000)
  pass(10)
  wall -= 3_600_000
  expect(clock.now()).toBe(1_000_010)
  pass(250)
  expect(clock.now()).toBe(1_000_260)
  wall += 2 * 3_600_000
  expect(clock.now()).toBe(1_000_260 + 3_600_000)
})
