import { describe, expect, test } from 'vitest'
import { asId, outsideLegId } from '#kernel/ids.ts'
import { CALL, callIn, GENERAL, queueRules, RULES, seatLeg } from '../../../tests/support/center.ts'
import { testMatrix } from '../../../tests/support/matrix.ts'
import type { CallNote, Digit, Effect } from '../events.ts'
import { placeIn } from '../queue/place.ts'
import type { QueueBook } from '../queue/queue-rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, CallBack, CallState } from './call.ts'
import { transitionCall } from './transition.ts'

const NOW = 1_000_000
const TO = seatLeg(4)
const OUT = outsideLegId(CALL, 1)
const PLAN = { first: 'agent', tries: 3, retryAfterMs: 60_000, withinMs: NOW + 600_000 } as const
const BOOK: QueueBook = new Map([[GENERAL, queueRules({ callBack: PLAN })]])
const TRIED: CallBack = { ...PLAN, tried: 1 }

const STATES: Record<string, CallState> = {
  waiting: { name: 'queued', since: 1, deadlineAt: null },
  'seat-rings': { name: 'offered', ring: [TO], since: 1 },
  dialling: { name: 'dialling', to: TO, deadlineAt: 2 },
  recalling: { name: 'recalling', deadlineAt: 2 },
  'on-line': { name: 'queued', since: 1, deadlineAt: null },
  resting: { name: 'resting', deadlineAt: 2 },
  joining: { name: 'joining', to: TO, others: [], callerIn: true, seatIn: false, deadlineAt: 2 },
}
const ON_A_LINE = new Set(['dialling', 'recalling', 'on-line', 'joining'])

function callBackIn(stateName: string, state: CallState, change: Partial<Call> = {}): Call {
  const leg = ON_A_LINE.has(stateName) ? OUT : null
  return callIn(state, {
    direction: 'call-back',
    leg,
    dials: leg === null ? 0 : 1,
    callBack: TRIED,
    ...change,
  })
}

const SIGNALS: Record<string, CallSignal> = {
  offered: { type: 'offered', ring: [TO] },
  turn: { type: 'turn-came' },
  'seat-up': { type: 'seat-answered', leg: TO.leg, agent: asId('1004') },
  'seat-gone': { type: 'seat-gone', leg: TO.leg, reason: 'no-answer' },
  'agent-leaves': { type: 'hang-up-requested', leg: TO.leg },
  'citizen-up': { type: 'caller-answered' },
  busy: { type: 'caller-gone', blame: 'caller', cause: 'busy' },
  'pbx-died': { type: 'caller-gone', blame: 'pbx', cause: 'failed' },
  bridged: { type: 'leg-bridged', leg: TO.leg },
  deadline: { type: 'deadline-passed', outlook: null },
  full: { type: 'queue-found-full' },
  alive: { type: 'found-alive' },
  unanswered: { type: 'found-unanswered' },
}

/** `=`: nothing changes. */
const MATRIX = `
  state       offered  turn       seat-up   seat-gone  agent-leaves  citizen-up  busy     pbx-died  bridged  deadline  full      alive  unanswered
  waiting     offered  recalling  =         =          =             =           =        =         =        queued    =         =      =
  seat-rings  =        =          dialling  queued     =             =           =        =         =        =         =         =      =
  dialling    =        =          =         resting    resting       joining     resting  resting   =        resting   =         =      =
  recalling   =        =          =         =          =             queued      resting  resting   =        resting   =         =      =
  on-line     offered  =          =         =          =             =           gone     gone      =        =         refusing  =      =
  resting     =        =          =         =          =             =           =        =         =        queued    =         =      =
  joining     =        =          =         queued     queued        =           gone     gone      talking  queued    =         =      =`

testMatrix(MATRIX, STATES, SIGNALS, ({ stateName, state, signal, says }) => {
  const step = transitionCall(callBackIn(stateName, state), signal, NOW, BOOK, RULES)
  if (says === '=') expect(step.next?.state).toEqual(state)
  else expect(step.next?.state.name ?? 'gone').toBe(says)
})

describe('asking for a call-back', () => {
  const press = (digit: Digit, offered: boolean, caller = '13800000000') => {
    const place = { ...placeIn(GENERAL, 1, 1), callBackOffered: offered }
    const queued: CallState = { name: 'queued', since: 1, deadlineAt: null }
    const signal: CallSignal = {
      type: 'digit-pressed',
      digit,
      callBack: { call: asId('back'), draft: asId('back-draft') },
    }
    return transitionCall(callIn(queued, { place, caller }), signal, NOW, BOOK, RULES)
  }

  test('the key 1 books it once it was offered; the place in the queue is kept', () => {
    const booked = press('1', true)
    expect(booked.next?.state).toMatchObject({ name: 'refusing', why: 'call-back-booked' })
    expect(booked.opens?.next).toMatchObject({
      id: 'back',
      direction: 'call-back',
      leg: null,
      caller: '13800000000',
      place: { queue: GENERAL, since: 1 },
      callBack: { ...PLAN, tried: 0 },
      state: { name: 'queued' },
    })
  })

  test('another key, one pressed before the offer, or a withheld number books nothing', () => {
    for (const step of [press('2', true), press('1', false), press('1', true, '')]) {
      expect(step.opens).toBeNull()
      expect(step.next?.state.name).toBe('queued')
    }
  })
})

describe('calling back', () => {
  const at = (name: string, signal: string, change: Partial<Call> = {}) => {
    const [state, by] = [STATES[name], SIGNALS[signal]]
    if (state === undefined || by === undefined) throw new Error('not in the table')
    return transitionCall(callBackIn(name, state, change), by, NOW, BOOK, RULES)
  }

  test('agent first: the citizen is dialled once the agent has picked up, and sees the line that was called', () => {
    const step = at('seat-rings', 'seat-up')
    expect(step.next).toMatchObject({ leg: OUT, state: { name: 'dialling' }, callBack: { tried: 2 } })
    expect(commands(step.effects)).toMatchObject([
      { do: 'start-ringback', leg: TO.leg },
      { do: 'dial-out', leg: OUT, number: '13800000000', shows: '12345', records: true },
    ])
  })

  test('caller first: whoever picks up hears that the hotline calls, and stands at the head', () => {
    const step = at('recalling', 'citizen-up')
    expect(commands(step.effects)).toMatchObject([
      { do: 'start-music' },
      { do: 'play', prompts: ['call-back-greeting'] },
    ])
    expect(step.next?.place?.since).toBe(1)
  })

  test('who is not reached is tried again, as often as the plan says', () => {
    const again = at('dialling', 'busy')
    expect(again.next).toMatchObject({ leg: null, state: { name: 'resting', deadlineAt: NOW + 60_000 } })
    expect(again.toSeat).toMatchObject([{ to: TO, signal: { type: 'call-over' } }])
    const last = at('dialling', 'busy', { callBack: { ...PLAN, tried: 3 } })
    expect(last.next).toBeNull()
    expect(notes(last.effects)).toContainEqual(
      expect.objectContaining({ kind: 'ended', result: 'abandoned', reason: 'call-back-failed' }),
    )
  })

  test('one that has waited too long for its turn has failed', () => {
    const expired = at('waiting', 'deadline', { callBack: { ...TRIED, withinMs: NOW } })
    expect(notes(expired.effects)).toMatchObject([{ kind: 'ended', reason: 'call-back-failed' }])
  })

  test('a citizen whom we called is not answered by us', () => {
    expect(commands(at('recalling', 'unanswered').effects)).toEqual([])
  })
})

function commands(effects: readonly Effect[]) {
  return effects.flatMap(effect => (effect.to === 'pbx' ? [effect.command] : []))
}

function notes(effects: readonly Effect[]): CallNote[] {
  return effects.flatMap(effect =>
    effect.to === 'record' && effect.fact.fact === 'call-noted' ? [effect.fact.note] : [],
  )
}
