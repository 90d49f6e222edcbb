import { describe, expect, test } from 'vitest'
import { asId, type UnitId, type WorkOrderId } from '#kernel/ids.ts'
import { HOUR_MS } from '#kernel/time.ts'
import { assigned } from '../life/assignments.ts'
import { newOrder } from '../life/begin.ts'
import type { Order } from '../life/order.ts'
import {
  endAfterClose,
  extendedBy,
  isRunning,
  leaseChanges,
  leaseOver,
  poolState,
  rangeSize,
} from './lease.ts'

const AT = Date.UTC(2026, 11, 1)
const [QUAY, WATER] = [asId<UnitId>('quay'), asId<UnitId>('water')]

function order(change: Partial<Order>, ...units: readonly UnitId[]): Order {
  return {
    ...newOrder(asId<WorkOrderId>('order'), { life: 1, limits: 1 }),
    status: 'in-hand',
    secret: true,
    assignments: units.map(unit => assigned({ unit, role: 'co', person: null }, null, AT)),
    ...change,
  }
}
const nothing = { make: [], end: [], order: null }

describe('what an act means for bindings', () => {
  test('a unit that is given a protected order has one', () => {
    expect(leaseChanges(order({}), order({}, QUAY))).toEqual({ ...nothing, make: [QUAY] })
    expect(leaseChanges(order({}, QUAY), order({}, QUAY, WATER))).toEqual({ ...nothing, make: [WATER] })
    const report = { secret: false, type: 'REPORT' }
    expect(leaseChanges(order(report), order(report, QUAY))).toEqual({ ...nothing, make: [QUAY] })
  })

  test('an order that is not protected gives none, and all have theirs when it comes to be', () => {
    const open = { secret: false }
    expect(leaseChanges(order(open), order(open, QUAY))).toEqual(nothing)
    expect(leaseChanges(order(open, QUAY), order({}, QUAY))).toEqual({ ...nothing, make: [QUAY] })
  })

  test('what goes on with the same units changes nothing: one that was ended stays ended', () => {
    expect(leaseChanges(order({ status: 'to-sign' }, QUAY), order({}, QUAY))).toEqual(nothing)
  })

  test('a unit that returned it or was recalled loses its own, of any order', () => {
    for (const secret of [true, false]) {
      const [gone] = order({}, QUAY).assignments
      const after = order({ secret, assignments: gone === undefined ? [] : [{ ...gone, state: 'returned' }] })
      expect(leaseChanges(order({ secret }, QUAY), after)).toEqual({ ...nothing, end: [QUAY] })
    }
  })

  test.each(['closed', 'void', 'merged', 'emergency'] as const)('%s is an end, with grace', status => {
    const [open, over] = [order({}, QUAY), order({ status }, QUAY)]
    expect(leaseChanges(open, over)).toEqual({ ...nothing, order: 'closes' })
    expect(leaseChanges(over, open)).toEqual({ make: [QUAY], end: [], order: 'reopens' })
    expect(leaseChanges(over, order({ status: 'archived' }, QUAY))).toEqual(nothing)
  })
})

describe('the end of a binding', () => {
  test('is the order’s with its grace, unless it had an earlier one', () => {
    expect(endAfterClose(null, AT, 72)).toBe(AT + 72 * HOUR_MS)
    expect(endAfterClose(AT + HOUR_MS, AT, 72)).toBe(AT + HOUR_MS)
    expect(endAfterClose(AT + 100 * HOUR_MS, AT, 72)).toBe(AT + 72 * HOUR_MS)
  })

  test('is whichever comes first, and belongs to what is over', () => {
    expect(leaseOver({ validUntil: null, endedAt: null })).toBeNull()
    expect(leaseOver({ validUntil: AT, endedAt: null })).toBe(AT)
    expect(leaseOver({ validUntil: null, endedAt: AT })).toBe(AT)
    expect(leaseOver({ validUntil: AT + 5, endedAt: AT })).toBe(AT)
    expect(isRunning({ validUntil: AT, endedAt: null }, AT - 1)).toBe(true)
    expect(isRunning({ validUntil: AT, endedAt: null }, AT)).toBe(false)
  })

  test('can be moved while it runs, so far from now and no further', () => {
    const lease = { validUntil: AT + HOUR_MS, endedAt: null }
    expect(extendedBy(lease, 23, AT, 1)).toEqual({ ok: true, value: AT + 24 * HOUR_MS })
    expect(extendedBy(lease, 24, AT, 1)).toMatchObject({ refusal: { code: 'mask-too-long' } })
    expect(extendedBy(lease, 1, AT + HOUR_MS, 1)).toMatchObject({ refusal: { code: 'mask-expired' } })
    expect(extendedBy({ ...lease, endedAt: AT }, 1, AT, 1)).toMatchObject({
      refusal: { code: 'mask-expired' },
    })
    const endless = { validUntil: null, endedAt: null }
    expect(extendedBy(endless, 1, AT, 1)).toMatchObject({ refusal: { code: 'mask-without-end' } })
  })
})

describe('a pool', () => {
  test('is low before it is dry, and well again only a tenth above', () => {
    expect(poolState(21, 20, 'ok')).toBe('ok')
    expect(poolState(20, 20, 'ok')).toBe('low')
    expect(poolState(0, 20, 'low')).toBe('dry')
    expect(poolState(1, 0, 'dry')).toBe('ok')
    expect(poolState(21, 20, 'dry')).toBe('low')
    expect(poolState(22, 20, 'low')).toBe('low')
    expect(poolState(23, 20, 'low')).toBe('ok')
  })

  test('has as many numbers as its range, of any length', () => {
    expect(rangeSize('95000', '95999')).toBe(1_000)
    expect(rangeSize('0001', '0001')).toBe(1)
    expect(rangeSize('700123456789000', '700123456789009')).toBe(10)
    expect(rangeSize('95001', '95000')).toBeNull()
    expect(rangeSize('9500', '95000')).toBeNull()
  })
})
