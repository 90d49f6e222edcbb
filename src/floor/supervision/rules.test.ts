import { describe, expect, test } from 'vitest'
import type { Role } from '#database/types.ts'
import { asId, type StaffId } from '#kernel/ids.ts'
import type { Seat, SeatState } from '../../contact-center/seat/seat.ts'
import { actSentence, mayAct, maySupervise, todayOf, whyNotOffered } from './rules.ts'

const AGENT = { staff: asId<StaffId>('s1'), number: asId<never>('1001'), name: '林晓岚', skills: {} }
const BUSY = {
  since: 0,
  call: asId<never>('c1'),
  leg: asId<never>('l1'),
  purpose: 'call',
  idleSince: 0,
} as const
const AFTER = { name: 'ready' } as const
const STATES: readonly SeatState[] = [
  { name: 'not-ready', since: 0, reason: 'break', resumes: false },
  { name: 'ready', since: 0, idleSince: 0, deadlineAt: null },
  { name: 'reserved', ...BUSY, caller: '', deadlineAt: 1, after: AFTER },
  { name: 'ringing', ...BUSY, caller: '', deadlineAt: 1, after: AFTER },
  { name: 'talking', ...BUSY, answeredAt: 0, after: AFTER },
  { name: 'releasing', ...BUSY, deadlineAt: 1, tries: 0, goesTo: AFTER },
  { name: 'wrap-up', since: 0, call: BUSY.call, deadlineAt: 1, extended: false, after: AFTER },
]
function seat(state: SeatState, reachable = true): Seat {
  return {
    number: asId('1001'),
    agent: AGENT,
    phone: 'browser',
    registered: reachable,
    deskConnected: reachable,
    autoAnswer: false,
    serving: null,
    answered: 0,
    lastAnsweredAt: null,
    state,
  }
}
const answer = (act: Parameters<typeof mayAct>[0], given: Seat | undefined) => {
  const outcome = mayAct(act, given)
  return outcome.ok ? 'ok' : outcome.refusal.code
}
const perState = (act: Parameters<typeof mayAct>[0], reachable = true) =>
  Object.fromEntries(STATES.map(state => [state.name, answer(act, seat(state, reachable))]))

describe('who supervises', () => {
  test.each<[Role, boolean]>([
    ['agent', false],
    ['quality', false],
    ['shift-lead', true],
    ['admin', true],
  ])('%s: %s', (role, may) => {
    expect(maySupervise({ id: AGENT.staff, login: 'x', name: 'x', role, agentNumber: null })).toBe(may)
  })
})

describe('what may be done to a seat', () => {
  test('that is none, or at which nobody sits, nothing', () => {
    for (const act of ['ready', 'not-ready', 'sign-out', 'hang-up'] as const) {
      expect(answer(act, undefined)).toBe('seat-unknown')
      expect(answer(act, { ...seat({ name: 'signed-out', since: 0 }), agent: null })).toBe('no-agent')
    }
  })

  test('in every state: not ready and signed out, reachable or not', () => {
    for (const reachable of [true, false]) {
      expect(new Set(Object.values(perState('not-ready', reachable)))).toEqual(new Set(['ok']))
      expect(new Set(Object.values(perState('sign-out', reachable)))).toEqual(new Set(['ok']))
    }
  })

  test('ready at once only with phone and desk; during a call it is kept for afterwards', () => {
    expect(new Set(Object.values(perState('ready')))).toEqual(new Set(['ok']))
    expect(perState('ready', false)).toEqual({
      'not-ready': 'phone-not-registered',
      ready: 'phone-not-registered',
      reserved: 'ok',
      ringing: 'ok',
      talking: 'ok',
      releasing: 'ok',
      'wrap-up': 'phone-not-registered',
    })
  })

  test('a call is ended from its ringing to its end', () => {
    expect(perState('hang-up')).toEqual({
      'not-ready': 'no-call',
      ready: 'no-call',
      reserved: 'no-call',
      ringing: 'ok',
      talking: 'ok',
      releasing: 'no-call',
      'wrap-up': 'no-call',
    })
  })
})

test('a seat is passed over for its phone and for its page', () => {
  const ready = seat({ name: 'ready', since: 0, idleSince: 0, deadlineAt: null })
  expect(whyNotOffered(ready)).toEqual([])
  expect(whyNotOffered({ ...ready, registered: false })).toEqual(['phone-not-registered'])
  expect(whyNotOffered({ ...ready, registered: false, deskConnected: false })).toEqual([
    'phone-not-registered',
    'desk-not-connected',
  ])
})

test('the agent reads who did what, when it holds, and why', () => {
  const act = { act: 'not-ready', reason: 'meal', note: '轮换就餐' } as const
  const [notReady, , , , talking] = STATES
  if (notReady === undefined || talking === undefined) throw new Error('no states')
  expect(actSentence(act, '许明珠', '就餐', seat(notReady))).toBe(
    '班长 许明珠 将您置为示忙（就餐），说明：轮换就餐',
  )
  expect(actSentence(act, '许明珠', '就餐', seat(talking))).toContain('通话结束后将您置为示忙')
  expect(actSentence({ act: 'ready' }, '许明珠', null, seat(notReady))).toBe('班长 许明珠 将您置为就绪')
})

test('who leaves at once, or still waits, does not lower the level of service; there is none without a call', () => {
  const counts = { offered: 14, answered: 9, abandoned: 3, shortAbandoned: 2, within15s: 8 }
  expect(todayOf(counts)).toEqual({ ...counts, serviceLevel: 0.8 })
  const none = { offered: 2, answered: 0, abandoned: 1, shortAbandoned: 1, within15s: 0 }
  expect(todayOf(none).serviceLevel).toBeNull()
})
