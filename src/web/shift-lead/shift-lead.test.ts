import { describe, expect, test } from 'vitest'
import type { AlarmView } from '../../floor/alarms/schema.ts'
import type { FloorSeat } from '../../floor/supervision/schema.ts'
import { groupsOf, isAcknowledged, longestSince } from './alarm-groups.ts'
import { isPossible } from './possible-acts.ts'
import { seatsShown, tileAfter, tileSizeFor } from './seats-shown.ts'
import { isWatchPossible, modeAt, ownSeat, readySeats, WATCH_MODES, watchedSeat } from './watching.ts'

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
    skills: {},
    whyNotOffered: [],
    ...given,
  }
}
type FloorCall = NonNullable<FloorSeat['call']>
const call = (since: string, given: Partial<FloorCall> = {}): FloorCall => ({
  id: 'c',
  direction: 'inbound',
  callerNumber: '13907551234',
  lineName: '市场监管',
  since,
  purpose: 'call',
  watch: null,
  ...given,
})

describe('alarms on the strip', () => {
  const alarm = (id: string, given: Partial<AlarmView> = {}): AlarmView => ({
    id,
    kind: 'caller-waits',
    level: 'warning',
    queue: 'general',
    seat: null,
    agentName: null,
    callId: id,
    reason: null,
    since: ago(60_000),
    value: null,
    limit: 60_000,
    raisedAt: ago(1_000),
    acknowledged: null,
    ...given,
  })

  test('callers who wait are one, where the most serious of them stands; all others stand alone', () => {
    const groups = groupsOf([
      alarm('a', { level: 'serious' }),
      alarm('b', { kind: 'long-talk', seat: '1001' }),
      alarm('c', { since: ago(90_000) }),
      alarm('d', { kind: 'callers-waiting', since: null, value: 12 }),
    ])
    expect(groups.map(({ first, alarms }) => [first.id, alarms.length])).toEqual([
      ['a', 2],
      ['b', 1],
      ['d', 1],
    ])
    expect(groups.map(longestSince)).toEqual([NOW - 90_000, NOW - 60_000, null])
  })

  test('a group is acknowledged when each of it is', () => {
    const acknowledged = { by: '许明珠', at: ago(1), note: '' }
    const [some] = groupsOf([alarm('a', { acknowledged }), alarm('b')])
    const [each] = groupsOf([alarm('a', { acknowledged }), alarm('b', { acknowledged })])
    expect([some, each].map(group => group && isAcknowledged(group))).toEqual([false, true])
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

describe('in the talk of another seat', () => {
  const own = seat('1009', { state: 'not-ready' })
  const agent = seat('1001', { state: 'talking', call: call(ago(5)) })
  const watched = (by: string, joined = true): FloorSeat => ({
    ...agent,
    call: call(ago(5), { watch: { seat: by, agentName: '许明珠', on: '1001', mode: 'whisper', joined } }),
  })
  const possible = (at: FloorSeat, from: FloorSeat | null = own) =>
    [...WATCH_MODES, 'take-over' as const].filter(act => isWatchPossible(act, at, from))

  test('one gets in from a free seat of one’s own, into a talk that nobody else is in', () => {
    expect(possible(agent)).toEqual(['listen', 'whisper', 'barge'])
    expect(possible(agent, null)).toEqual([])
    expect(possible(agent, { ...own, state: 'talking' })).toEqual([])
    expect(possible(agent, { ...own, registered: false })).toEqual([])
    expect(possible(seat('1001'))).toEqual([])
    expect(possible({ ...agent, call: call(ago(5), { purpose: 'consult' }) })).toEqual([])
    expect(possible(watched('1008'))).toEqual([])
  })

  test('there one changes to another way, and takes over once the own phone is picked up', () => {
    const mine = { ...own, state: 'talking' } as const
    expect(possible(watched('1009'), mine)).toEqual(['listen', 'barge', 'take-over'])
    expect(possible(watched('1009', false), mine)).toEqual(['listen', 'barge'])
  })

  test('whose talk one is in, and how', () => {
    const room = [own, watched('1009')]
    const mine = ownSeat(room, '91009')
    expect(mine).toBe(own)
    expect(watchedSeat(room, mine)?.number).toBe('1001')
    expect(modeAt(watched('1009'), mine)).toBe('whisper')
    expect(modeAt(watched('1008'), mine)).toBeNull()
    expect(watchedSeat([own, watched('1008')], mine)).toBeNull()
    expect(ownSeat(room, null)).toBeNull()
  })

  test('a caller can be given to whoever would be offered one', () => {
    const room = [own, agent, seat('1002'), seat('1003', { whyNotOffered: ['desk-not-connected'] })]
    expect(readySeats(room).map(({ number }) => number)).toEqual(['1002'])
  })
})
