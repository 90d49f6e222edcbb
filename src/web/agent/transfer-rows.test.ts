import { describe, expect, it } from 'vitest'
import type { SeatRow } from '../../floor/seats/schema.ts'
import {
  entryRows,
  isDialable,
  lineRows,
  matching,
  outsideRows,
  plainDigits,
  seatRows,
} from './transfer-rows.ts'

function seat(number: string, change: Partial<SeatRow> = {}): SeatRow {
  return {
    number,
    state: 'ready',
    reason: null,
    since: '2026-11-22T10:00:00.000Z',
    agentName: `姓名${number}`,
    agentNumber: number,
    registered: true,
    deskConnected: true,
    ...change,
  }
}
const keys = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key)

describe('seats', () => {
  it('lists others who are there, those who could answer first', () => {
    const rows = seatRows(
      [
        seat('1001'),
        seat('1002', { state: 'talking' }),
        seat('1003', { agentName: null }),
        seat('1004', { registered: false }),
        seat('1006'),
        seat('1005'),
      ],
      '1001',
    )
    expect(rows.map(({ key, possible }) => `${key} ${possible}`)).toEqual([
      '1005 true',
      '1006 true',
      '1002 false',
      '1004 false',
    ])
  })
})

describe('lines and the directory', () => {
  const queueName = (id: string) => `队列${id}`
  it('leaves out what is not in use, and emergencies, which have keys of their own', () => {
    const line = {
      name: '',
      mergeMode: 'merged',
      queue: 'general',
      greets: true,
      hours: null,
      version: 1,
    } as const
    const lines = [
      { ...line, number: '12345', active: true },
      { ...line, number: '12315', active: false },
    ]
    expect(keys(lineRows(lines, queueName))).toEqual(['12345'])
    const entry = { number: '110', queue: null, line: null, dutyHours: '', version: 1, active: true } as const
    const entries = [
      { ...entry, id: 'a', name: '公安', kind: 'emergency' },
      { ...entry, id: 'b', name: '水务局', kind: 'department', number: null, queue: 'water' },
      { ...entry, id: 'c', name: '旧局', kind: 'department', active: false },
    ] as const
    expect(entryRows(entries, queueName)).toMatchObject([{ key: 'b', code: '队列water' }])
  })

  it('is searched by every word shown', () => {
    const rows = seatRows([seat('1002'), seat('1003', { agentName: 'Chen' })], '1001')
    expect(keys(matching(rows, ' chen '))).toEqual(['1003'])
    expect(keys(matching(rows, '100'))).toEqual(['1002', '1003'])
    expect(matching(rows, 'nobody')).toEqual([])
  })
})

describe('numbers', () => {
  it.each([
    ['138 0013-8000', '13800138000'],
    ['+86 138 0013 8000', '13800138000'],
    ['(0898) 1234.0101', '089812340101'],
    ['0086 10 12345678', '1012345678'],
  ])('%s is %s', (typed, number) => {
    expect(plainDigits(typed)).toBe(number)
    expect(outsideRows(typed)).toMatchObject([{ target: { kind: 'outside', number } }])
  })

  it.each(['', '11', '1380013800x', '1'.repeat(21)])('%s is none', typed => {
    expect(isDialable(typed)).toBe(false)
    expect(outsideRows(typed)).toEqual([])
  })
})
