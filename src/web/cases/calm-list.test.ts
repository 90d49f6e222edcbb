import { describe, expect, it } from 'vitest'
import type { OrderLine } from '../../casework/order-list/schema.ts'
import { asRead, calmly } from './calm-list.ts'

const line = (id: string, title = ''): OrderLine => ({
  ...{ id, number: id, status: 'to-sign', typeCode: null, categoryCode: null, areaCode: null },
  ...{ priority: 'P3', title, place: '', secret: false, callerNumber: null, leadUnit: null },
  ...{ supervision: 0, reworks: 0, hotTopic: false, campaign: null, closing: null, grade: null },
  ...{ openedAt: '2026-11-22T00:00:00Z', dueAt: null, soon: false, closedAt: null, version: 1 },
})
const reading = (ids: string, more = false) => ({ orders: [...ids].map(id => line(id)), more })
/** Rows as letters, those that are gone in brackets; then how many are only counted. */
const seen = (before: string, after: string, { more = false, open = '' } = {}) => {
  const { rows, fresh } = calmly(asRead(reading(before)).rows, reading(after, more), open)
  return `${rows.map(({ order, gone }) => (gone ? `(${order.id})` : order.id)).join('')} ${fresh}`
}

describe('a list that is read again', () => {
  it('counts what is new above or between, and moves nothing', () => {
    expect(seen('abc', 'xaybc')).toBe('abc 2')
  })

  it('shows at once what is new below, and all of it where nothing stood', () => {
    expect(seen('abc', 'abcxy')).toBe('abcxy 0')
    expect(seen('', 'xy')).toBe('xy 0')
  })

  it('leaves what is gone where it stood, but for the one that is open', () => {
    expect(seen('abc', 'ac')).toBe('a(b)c 0')
    expect(seen('abc', 'ac', { open: 'b' })).toBe('ac 0')
  })

  it('takes what fell off a page’s end for no loss while there are further pages', () => {
    expect(seen('abc', 'xab', { more: true })).toBe('abc 1')
    expect(seen('abc', 'xab')).toBe('ab(c) 1')
  })

  it('keeps the order of its rows when theirs has changed', () => {
    expect(seen('abc', 'cba')).toBe('abc 0')
  })

  it('says of each row what it says now, and a row that has come back is no longer gone', () => {
    const shown = calmly(asRead(reading('ab')).rows, reading('a'), null).rows
    const again = calmly(shown, { orders: [line('a', '改过'), line('b')], more: false }, null)
    expect(again.rows.map(({ order, gone }) => [order.title, gone])).toEqual([
      ['改过', false],
      ['', false],
    ])
  })
})
