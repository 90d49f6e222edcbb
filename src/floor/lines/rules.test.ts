import { describe, expect, test } from 'vitest'
import { asId, type StaffId } from '#kernel/ids.ts'
import { checkBlock, checkLine, plainNumber } from './rules.ts'

const form = {
  name: '便民',
  mergeMode: 'merged',
  queue: 'general',
  greets: true,
  hours: null,
  active: true,
} as const

test('a line names a queue there is, and hours that say how long', () => {
  expect(checkLine({ ...form, hours: [{ days: [1], from: '22:00', to: '06:00' }] }, true).ok).toBe(true)
  const wrong = { ...form, hours: [{ days: [1], from: '08:00', to: '08:00' }] }
  expect(checkLine(wrong, false)).toMatchObject({
    refusal: { code: 'bad-input', fields: { queue: 'unknown', 'hours.0.to': 'same-as-from' } },
  })
})

describe('a block', () => {
  const NOW = Date.parse('2026-11-21T00:00:00Z')
  const asker = asId<StaffId>('asker')
  const approver = { id: asId<StaffId>('approver'), role: 'admin' } as const
  const block = {
    number: '13800138000',
    reason: '骚扰',
    approvedBy: 'approver',
    expiresAt: '2026-12-21T00:00:00Z',
  }
  const fields = (change: Partial<typeof block>, by: Parameters<typeof checkBlock>[2]) => {
    const checked = checkBlock({ ...block, ...change }, asker, by, NOW)
    return checked.ok ? null : checked.refusal.fields
  }

  test('stands on two people who run the floor', () => {
    expect(fields({}, approver)).toBeNull()
    expect(fields({}, { ...approver, id: asker })).toEqual({ approvedBy: 'yourself' })
    expect(fields({}, { ...approver, role: 'quality' })).toEqual({ approvedBy: 'may-not-approve' })
    expect(fields({}, null)).toEqual({ approvedBy: 'unknown' })
  })

  test('ends, within a year', () => {
    expect(fields({ expiresAt: '2026-11-21T00:00:00Z' }, approver)).toEqual({ expiresAt: 'past' })
    expect(fields({ expiresAt: '2027-11-21T00:00:00Z' }, approver)).toBeNull()
    expect(fields({ expiresAt: '2028-01-01T00:00:00Z' }, approver)).toEqual({ expiresAt: 'too-far' })
  })
})

test.each([
  ['+8613800138000', '13800138000'],
  ['008613800138000', '13800138000'],
  ['13800138000', '13800138000'],
  ['8613800', '8613800'],
  ['', ''],
])('%s is %s', (shown, plain) => {
  expect(plainNumber(shown)).toBe(plain)
})
