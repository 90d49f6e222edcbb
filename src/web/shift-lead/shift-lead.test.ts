import { describe, expect, test } from 'vitest'
import type { FloorSeat, FloorView } from '../../floor/supervision/schema.ts'
import { alarmsOf, seatAlarm } from './alarms.ts'
import { FLOOR_LIMITS } from './limits.ts'
import { isPossible } from './possible-acts.ts'
import { seatsShown, tileAfter, tileSizeFor } from './seats-shown.ts'

const NOW = Date.parse('2026-11-21T10:00:00.000Z')
const ago = (ms: number) => new Date(NOW - ms).toISOString()

function seat(number: string, given: Partial<FloorSeat> = {}): FloorSeat {
  return {
    number,
    agentName: '林晓岚',
    agentNumber: `9${number}`,
    state: 'ready',
    reason: null,
    since: ago(1_000),
    phone: 'browser',
    registered: true,
    deskConnected: true,
    after: null,
    call: null,
    whyNotOffered: [],
    ...given,
  }
}
const call = (since: string) => ({ id: 'c', callerNumber: '13907551234', lineName: '市场监管', since })

describe('alarms', () => {
  test.each<[string, Partial<FloorSeat>, string | null]>([
    ['nothing', {}, null],
    ['phone lost', { registered: false }, 'phone-lost'],
    ['phone off on a break', { state: 'not-ready', registered: false }, null],
    ['page away', { deskConnected: false }, 'desk-away'],
    ['wrap-up at its limit', { state: 'wrap-up', since: ago(FLOOR_LIMITS.wrapUpMs) }, null],
    ['wrap-up beyond it', { state: 'wrap-up', since: ago(FLOOR_LIMITS.wrapUpMs + 1) }, 'long-wrap-up'],
    ['talk beyond it', { state: 'talking', call: call(ago(FLOOR_LIMITS.talkMs + 1)) }, 'long-talk'],
    [
      'a long time ready before a short talk',
      { state: 'talking', since: ago(9_000_000), call: call(ago(5)) },
      null,
    ],
  ])('%s', (_name, given, kind) => {
    expect(seatAlarm(seat('1001', given), NOW)?.kind ?? null).toBe(kind)
  })

  test('callers beyond the limit come first, the longest first of all', () => {
    const caller = (callId: string, waitedMs: number) => ({
      callId,
      callerNumber: callId,
      lineName: null,
      waitedMs,
      priority: 0,
    })
    const view: FloorView = {
      at: ago(10_000),
      seats: [seat('1001', { registered: false })],
      queues: [
        {
          id: 'general',
          nameZh: '综合',
          nameEn: 'General',
          waiting: 3,
          longestWaitMs: 90_000,
          readySeats: 0,
          // The view is 10 s old: they have waited so much longer since.
          callers: [caller('a', 51_000), caller('b', 90_000), caller('c', 49_000)],
        },
      ],
      today: null,
    }
    expect(alarmsOf(view, NOW).map(alarm => [alarm.kind, alarm.text])).toEqual([
      ['caller-waits', 'b'],
      ['caller-waits', 'a'],
      ['phone-lost', '1001 林晓岚'],
    ])
  })
})

describe('seats shown', () => {
  const room = [
    seat('1001'),
    seat('1002', { state: 'talking', agentName: '陈海生', call: call(ago(5)) }),
    seat('1003', { state: 'reserved' }),
  ]
  const numbers = (filter: Parameters<typeof seatsShown>[1], search = '') =>
    seatsShown(room, filter, search, new Set(['1003'])).map(({ number }) => number)

  test('by state, and those with an alarm', () => {
    expect(numbers('all')).toEqual(['1001', '1002', '1003'])
    expect(numbers('incoming')).toEqual(['1003'])
    expect(numbers('alarmed')).toEqual(['1003'])
    expect(numbers('wrap-up')).toEqual([])
  })

  test('by seat, agent, 工号 and caller', () => {
    expect(numbers('all', ' 1001 ')).toEqual(['1001'])
    expect(numbers('all', '陈')).toEqual(['1002'])
    expect(numbers('all', '91003')).toEqual(['1003'])
    expect(numbers('all', '1390755')).toEqual(['1002'])
    expect(numbers('ready', '陈')).toEqual([])
  })
})

describe('tiles', () => {
  test('200 seats are seen at once on both usual screens, a few seats large', () => {
    expect(tileSizeFor(200, { width: 1034, height: 549 })).toBe('small')
    expect(tileSizeFor(200, { width: 1588, height: 861 })).toBe('medium')
    expect(tileSizeFor(24, { width: 1034, height: 549 })).toBe('large')
    expect(tileSizeFor(900, { width: 1034, height: 549 })).toBe('small')
  })

  test('arrow keys stay inside', () => {
    expect(tileAfter('ArrowRight', 0, 10, 4)).toBe(1)
    expect(tileAfter('ArrowDown', 1, 10, 4)).toBe(5)
    expect(tileAfter('ArrowDown', 7, 10, 4)).toBeNull()
    expect(tileAfter('ArrowUp', 2, 10, 4)).toBeNull()
    expect(tileAfter('End', 2, 10, 4)).toBe(9)
    expect(tileAfter('Enter', 2, 10, 4)).toBeNull()
  })
})

describe('acts offered', () => {
  test('hang-up once it rings; ready only where it would change something', () => {
    expect(isPossible('hang-up', seat('1', { state: 'talking' }))).toBe(true)
    expect(isPossible('hang-up', seat('1', { state: 'reserved' }))).toBe(false)
    expect(isPossible('ready', seat('1'))).toBe(false)
    expect(isPossible('ready', seat('1', { state: 'not-ready' }))).toBe(true)
    expect(
      isPossible('ready', seat('1', { state: 'not-ready', whyNotOffered: ['phone-not-registered'] })),
    ).toBe(false)
    const after = { name: 'signed-out', reason: null } as const
    expect(isPossible('ready', seat('1', { state: 'talking', after }))).toBe(true)
    expect(isPossible('sign-out', seat('1'))).toBe(true)
  })
})
