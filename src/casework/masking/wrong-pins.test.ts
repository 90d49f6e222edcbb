import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { asId, type BindingId } from '#kernel/ids.ts'
import { HOUR_MS } from '#kernel/time.ts'
import { WrongPins } from './wrong-pins.ts'

const one = asId<BindingId>(randomUUID())
const other = asId<BindingId>(randomUUID())
const WITHHELD = ''
let pins: WrongPins
beforeEach(() => {
  pins = new WrongPins()
})
const wrong = (times: number, binding: BindingId, caller: string, at = 0) => {
  for (let i = 0; i < times; i++) pins.add({ binding, caller, at })
}

test.each(['13700000001', WITHHELD])('three lock one caller (%s) out of one binding for an hour', caller => {
  wrong(2, one, caller)
  expect(pins.lockFor(one, caller, 0)).toBe(false)
  wrong(1, one, caller, 1)
  expect(pins.lockFor(one, caller, 1)).toBe(true)
  expect(pins.lockFor(one, '13700000002', 1)).toBe(false)
  expect(pins.lockFor(other, caller, 1)).toBe(false)
  expect(pins.lockAll(one, 1)).toBe(false)
  expect(pins.lockFor(one, caller, HOUR_MS)).toBe(false)
})

test('ten lock a binding for everybody, from however many telephones', () => {
  for (let i = 0; i < 9; i++) wrong(1, one, `1370000000${i}`)
  expect(pins.lockAll(one, 0)).toBe(false)
  wrong(1, one, '13700000009')
  expect(pins.lockAll(one, 0)).toBe(true)
  expect(pins.lockFor(one, '13800000000', 0)).toBe(true)
  expect(pins.lockAll(other, 0)).toBe(false)
})

test('ten lock a caller out of every binding, which no new PIN undoes', () => {
  for (let i = 0; i < 5; i++) wrong(2, asId<BindingId>(randomUUID()), WITHHELD)
  expect(pins.lockFor(one, WITHHELD, 0)).toBe(true)
  expect(pins.lockFor(one, '13700000001', 0)).toBe(false)
  pins = new WrongPins()
  wrong(10, one, WITHHELD)
  pins.renewed(one)
  expect(pins.lockAll(one, 0)).toBe(false)
  expect(pins.lockFor(one, '13700000001', 0)).toBe(false)
  expect(pins.lockFor(one, WITHHELD, 0)).toBe(true)
})

test('a new PIN is taken from whoever keyed the old one three times', () => {
  wrong(3, one, '13700000001')
  pins.renewed(one)
  expect(pins.lockFor(one, '13700000001', 0)).toBe(false)
})

test('one local telephone is not locked out by another whose masked number is the same', () => {
  wrong(10, one, '66880034')
  expect(pins.lockFor(other, '66880034', 0)).toBe(true)
  expect(pins.lockFor(other, '66890034', 0)).toBe(false)
})

test('a caller is known by the masked number of before a restart', () => {
  wrong(3, one, '139******34')
  expect(pins.lockFor(one, '13907551234', 0)).toBe(true)
  expect(pins.lockFor(one, '13907551235', 0)).toBe(false)
})
