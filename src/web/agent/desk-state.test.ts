import { describe, expect, it } from 'vitest'
import type { Pop } from '../../floor/screen-pops/schema.ts'
import type { SeatView } from '../../floor/seats/schema.ts'
import type { SeatStateName } from '../kit/api-types.ts'
import {
  type DeskEvent,
  type DeskState,
  deskAfter,
  deskAtStart,
  isOwnTalk,
  picksUpByItself,
} from './desk-state.ts'

const AT = '2026-11-21T10:00:00.000Z'
const CALL = {
  id: 'a',
  direction: 'inbound',
  callerNumber: '',
  lineName: null,
  since: null,
  agent: null,
  aside: null,
} as const

function seat(state: SeatStateName, callId: string | null = null, since = AT): SeatView {
  return {
    number: '1001',
    state,
    reason: null,
    since,
    phone: 'browser',
    registered: true,
    deskConnected: true,
    callId,
    callerNumber: null,
    purpose: callId === null ? null : 'call',
    call: null,
    held: false,
    muted: false,
    autoAnswer: false,
    wrapUpEndsAt: null,
    wrapUpExtended: false,
    after: null,
  }
}

function pop(id: number, callId: string, attempt = 1): Pop {
  return {
    id,
    callId,
    direction: 'inbound',
    purpose: 'call',
    attempt,
    callerNumber: '13800138000',
    dialled: '12345',
    line: { number: '12345', name: '12345' },
    waitedMs: 5_000,
    offeredAt: AT,
    draft: `draft-${callId}`,
    earlierCalls: [],
    openWorkOrders: [],
  }
}

describe('what the desk offers', () => {
  const talk = { ...seat('talking', 'a'), call: { ...CALL, since: AT } }
  it('controls the talk for the call’s own agent once the citizen is on the line', () => {
    expect(isOwnTalk(talk)).toBe(true)
    expect(isOwnTalk({ ...talk, state: 'holding' })).toBe(true)
    expect(isOwnTalk({ ...talk, state: 'consulting' })).toBe(true)
    expect(isOwnTalk({ ...talk, call: { ...CALL, since: null } })).toBe(false)
    expect(isOwnTalk({ ...talk, state: 'dialling', purpose: 'dial' })).toBe(false)
    expect(isOwnTalk({ ...talk, state: 'consulting', purpose: 'consult' })).toBe(false)
    expect(isOwnTalk({ ...talk, purpose: 'watch' })).toBe(false)
    expect(isOwnTalk({ ...talk, state: 'wrap-up' })).toBe(false)
  })

  it('does not ring for who dialled, or has calls picked up', () => {
    expect(picksUpByItself(seat('ringing', 'a'))).toBe(false)
    expect(picksUpByItself({ ...seat('ringing', 'a'), autoAnswer: true })).toBe(true)
    expect(picksUpByItself({ ...seat('ringing', 'a'), purpose: 'dial' })).toBe(true)
  })
})

function run(start: DeskState, ...events: readonly DeskEvent[]): DeskState {
  return events.reduce(deskAfter, start)
}
const ready = deskAtStart(seat('ready'), 10)
const seatIs = (state: SeatStateName, callId: string | null = null): DeskEvent => ({
  type: 'seat',
  seat: seat(state, callId),
})
const popped = (id: number, callId: string): DeskEvent => ({ type: 'pop', pop: pop(id, callId) })
const whys = (state: DeskState) => state.notices.map(({ pop: { callId }, why }) => `${callId} ${why}`)

describe('a screen-pop', () => {
  it('is shown, and stays through talk and wrap-up', () => {
    const talked = run(
      ready,
      seatIs('reserved', 'A'),
      popped(11, 'A'),
      seatIs('ringing', 'A'),
      seatIs('talking', 'A'),
    )
    expect(talked.pop?.callId).toBe('A')
    const wrapped = run(talked, seatIs('wrap-up', 'A'))
    expect(wrapped.pop?.callId).toBe('A')
    const over = run(wrapped, seatIs('ready'))
    expect(over.pop).toBeNull()
    expect(over.notices).toEqual([])
  })

  it('is shown once, however often it comes', () => {
    const once = run(ready, seatIs('reserved', 'A'), popped(11, 'A'))
    const twice = run(once, popped(11, 'A'))
    expect(twice.pop).toBe(once.pop)
    expect(twice.notices).toEqual([])
  })

  it('may come before the word that the seat is reserved, and be followed by other words', () => {
    const shown = run(ready, popped(11, 'A'), seatIs('ready'), seatIs('reserved', 'A'))
    expect(shown.pop?.callId).toBe('A')
  })

  it('is withdrawn with a notice when the caller leaves', () => {
    const left = run(ready, seatIs('reserved', 'A'), popped(11, 'A'), seatIs('releasing', 'A'))
    expect(left.pop).toBeNull()
    expect(whys(left)).toEqual(['A caller-left'])
    expect(whys(run(left, seatIs('ready')))).toEqual(['A caller-left'])
  })

  it('becomes a notice when it was not answered', () => {
    const unanswered = run(ready, seatIs('ringing', 'A'), popped(11, 'A'), seatIs('not-ready'))
    expect(whys(unanswered)).toEqual(['A not-answered'])
  })

  it('that comes after its call has left is a notice, not a ringing call', () => {
    const late = run(ready, seatIs('reserved', 'A'), seatIs('ready'), popped(11, 'A'))
    expect(late.pop).toBeNull()
    expect(whys(late)).toEqual(['A caller-left'])
  })

  it('is shown again when the same call is offered again, and its notice goes', () => {
    const again = run(
      ready,
      seatIs('ringing', 'A'),
      popped(11, 'A'),
      seatIs('not-ready'),
      seatIs('ready'),
      seatIs('reserved', 'A'),
      { type: 'pop', pop: pop(12, 'A', 2) },
    )
    expect(again.pop?.attempt).toBe(2)
    expect(again.notices).toEqual([])
  })
})

describe('a reconnect', () => {
  it('keeps the cursor until the missed pops are shown', () => {
    const back = run(ready, { type: 'snapshot', snapshot: { seat: seat('ready'), pop: null, cursor: 15 } })
    expect(back.cursor).toBe(10)
    const told = run(back, { type: 'missed', pops: [pop(12, 'A'), pop(14, 'B')] })
    expect(whys(told)).toEqual(['B offline', 'A offline'])
    expect(told.cursor).toBe(15)
  })

  it('takes the cursor of the first snapshot when there is none yet', () => {
    const first = run(deskAtStart(seat('ready'), null), {
      type: 'snapshot',
      snapshot: { seat: seat('ready'), pop: null, cursor: 15 },
    })
    expect(first.cursor).toBe(15)
  })

  it('restores the call the seat is in, without a notice for it', () => {
    const back = run(
      deskAtStart(seat('talking', 'A'), 10),
      { type: 'snapshot', snapshot: { seat: seat('talking', 'A'), pop: pop(11, 'A'), cursor: 11 } },
      { type: 'missed', pops: [pop(11, 'A')] },
    )
    expect(back.pop?.callId).toBe('A')
    expect(back.notices).toEqual([])
    expect(back.cursor).toBe(11)
  })

  it('tells of the call that rang before and another that rings now', () => {
    const back = run(
      ready,
      seatIs('ringing', 'A'),
      popped(11, 'A'),
      { type: 'disconnected' },
      {
        type: 'snapshot',
        snapshot: { seat: seat('ringing', 'B'), pop: pop(12, 'B'), cursor: 12 },
      },
    )
    expect(back.pop?.callId).toBe('B')
    expect(whys(back)).toEqual(['A caller-left'])
  })

  it('shows notices until they are dismissed', () => {
    const told = run(ready, { type: 'missed', pops: [pop(12, 'A')] })
    expect(run(told, { type: 'dismissed' }).notices).toEqual([])
  })
})

it('an answer older than what the socket has told changes nothing', () => {
  const newer = run(ready, { type: 'seat', seat: seat('reserved', 'A', '2026-11-21T10:00:05.000Z') })
  expect(run(newer, { type: 'seat-answered', seat: seat('ready') })).toBe(newer)
})
