import { expect, test } from 'vitest'
import { positionIn, positionOf, whyNone } from './position.ts'

test('a position is kept to a decimetre, its doubt rounded up', () => {
  expect(positionOf({ longitude: 110.35041249, latitude: 20.0312456, accuracy: 11.2 })).toEqual({
    ok: true,
    position: { longitude: 110.350412, latitude: 20.031246, accuracyM: 12 },
  })
})

test('a device that says it is abroad errs', () => {
  expect(positionOf({ longitude: -0.12, latitude: 51.5, accuracy: 10 })).toEqual({ ok: false, why: 'abroad' })
})

test.each([
  [1, 'refused'],
  [2, 'unavailable'],
  [3, 'timeout'],
])('code %d is %s', (code, why) => {
  expect(whyNone(code)).toBe(why)
})

test('of what the trail keeps, only a position is one', () => {
  expect(positionIn({ longitude: 110.3, latitude: 20 })).toEqual({ longitude: 110.3, latitude: 20 })
  expect(positionIn({ longitude: 110.3, latitude: 20, accuracyM: 8 })).toMatchObject({ accuracyM: 8 })
  for (const other of [null, undefined, '', {}, { longitude: '110', latitude: 20 }])
    expect(positionIn(other)).toBeNull()
})
