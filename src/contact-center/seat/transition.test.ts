import { describe, expect, test } from 'vitest'
import { asId } from '#kernel/ids.ts'
import { testMatrix } from '../../../tests/support/matrix.ts'
import type { SeatSignal } from '../signals.ts'
import type { Seat, SeatState } from './seat.ts'
import { newSeat, transitionSeat } from './transition.ts'

const RULES = { ringTimeoutMs: 20_000, popAckTimeoutMs: 250, wrapUpMs: 60_000 }
const NOW = 1_000_000
const CALL = asId<never>('call')
const LEG = asId<never>('leg')
const AGENT = { staff: asId<never>('staff'), number: asId<never>('1001'), name: '王敏', skills: {} }
const BUSY = { since: 1, call: CALL, leg: LEG }
const READY = { name: 'ready' } as const

const STATES: Record<string, SeatState> = {
  'signed-out': { name: 'signed-out', since: 1 },
  'not-ready': { name: 'not-ready', since: 1, reason: 'break' },
  ready: { name: 'ready', since: 1, idleSince: 1 },
  reserved: { ...BUSY, name: 'reserved', caller: '', idleSince: 1, deadlineAt: 2, after: READY },
  ringing: { ...BUSY, name: 'ringing', idleSince: 1, deadlineAt: 2, after: READY },
  talking: { ...BUSY, name: 'talking', after: READY },
  releasing: { ...BUSY, name: 'releasing', idleSince: 1, deadlineAt: 2, tries: 1, goesTo: READY },
  'wrap-up': { name: 'wrap-up', since: 1, call: CALL, deadlineAt: 2, after: READY },
}

const SIGNALS: Record<string, SeatSignal> = {
  'signed-in': { type: 'signed-in', agent: AGENT, phone: 'browser' },
  'signed-out': { type: 'signed-out' },
  ready: { type: 'ready-requested' },
  'not-ready': { type: 'not-ready-requested', reason: 'meal' },
  finished: { type: 'wrap-up-finished' },
  'hang-up': { type: 'hang-up-requested' },
  offered: { type: 'offered', call: CALL, leg: LEG, caller: '' },
  popped: { type: 'pop-acknowledged', call: CALL },
  'leg-rings': { type: 'leg-ringing', leg: LEG },
  answered: { type: 'leg-answered', leg: LEG },
  'leg-gone': { type: 'leg-gone', leg: LEG },
  'no-dial': { type: 'dial-failed', leg: LEG },
  'call-over': { type: 'call-over', call: CALL },
  deadline: { type: 'deadline-passed' },
  silent: { type: 'found-silent', leg: LEG, caller: '' },
}

/** `=`: stays. `after`: stays, and what was asked holds for after the call. `>call`: the call is told. */
const MATRIX = `
  state       signed-in  signed-out  ready  not-ready  finished  hang-up         offered   popped        leg-rings  answered      leg-gone        no-dial         call-over  deadline        silent
  signed-out  not-ready  =           =      =          =         =               =         =             =          =             =               =               =          =               =
  not-ready   =          signed-out  ready  not-ready  =         =               =         =             =          =             =               =               =          =               =
  ready       =          signed-out  =      not-ready  =         =               reserved  =             =          =             =               =               =          =               =
  reserved    =          after       after  after      =         =               =         ringing>call  =          =             =               =               ready      ringing         =
  ringing     =          after       after  after      =         releasing>call  =         =             =>call     talking>call  not-ready>call  not-ready>call  releasing  releasing>call  =
  talking     =          after       after  after      =         =>call          =         =             =          =             wrap-up>call    =               releasing  =               =
  releasing   =          after       after  after      =         =               =         =             =          =             ready           =               =          releasing       =
  wrap-up     =          signed-out  ready  not-ready  ready     =               =         =             =          =             =               =               =          ready           =`

function seatIn(state: SeatState): Seat {
  const agent = state.name === 'signed-out' ? null : AGENT
  return { ...newSeat(asId('1001'), 0), agent, state }
}

testMatrix(MATRIX, STATES, SIGNALS, ({ stateName, signalName, state, signal, says }) => {
  const before = seatIn(state)
  const step = transitionSeat(before, signal, NOW, RULES)
  const [next, told] = says.split('>')
  expect(step.toCall.length).toBe(told === 'call' ? 1 : 0)
  if (next === '=') expect(step.next.state).toEqual(before.state)
  else if (next === 'after') {
    expect(step.next.state.name).toBe(stateName)
    const { state: after } = step.next
    // The columns of requests bear the names of the states they ask for.
    expect('goesTo' in after ? after.goesTo.name : 'after' in after && after.after.name).toBe(signalName)
  } else expect(step.next.state.name).toBe(next)
})

describe('what the table cannot say', () => {
  const at = (state: string, signal: SeatSignal) => {
    const found = STATES[state]
    if (found === undefined) throw new Error(state)
    return transitionSeat(seatIn(found), signal, NOW, RULES)
  }

  test('a seat that did not answer is set not-ready and its phone is told to stop', () => {
    const step = at('ringing', { type: 'deadline-passed' })
    expect(step.effects).toMatchObject([{ command: { do: 'hang-up', cause: 'no-answer' } }])
    expect(step.next.state).toMatchObject({ goesTo: { name: 'not-ready', reason: 'no-answer' } })
  })

  test('a caller who leaves while it rings does not cost the seat its turn', () => {
    const released = at('ringing', { type: 'call-over', call: CALL })
    const ready = transitionSeat(released.next, { type: 'leg-gone', leg: LEG }, NOW + 5, RULES)
    expect(ready.next.state).toEqual({ name: 'ready', since: NOW + 5, idleSince: 1 })
  })

  test('a phone that answers while it is told to stop is told again', () => {
    const step = at('releasing', { type: 'leg-answered', leg: LEG })
    expect(step.effects).toMatchObject([{ command: { do: 'hang-up', leg: LEG } }])
  })

  test('a phone that gives no word of stopping is told again, and after a while the seat goes on without it', () => {
    let seat = at('ringing', { type: 'call-over', call: CALL }).next
    let told = 0
    while (seat.state.name === 'releasing') {
      const step = transitionSeat(seat, { type: 'deadline-passed' }, NOW, RULES)
      told += step.effects.length
      seat = step.next
    }
    expect(told).toBe(5)
    expect(seat.state.name).toBe('ready')
  })

  test('signals about another leg or call change nothing', () => {
    const other = asId<never>('other')
    for (const state of Object.keys(STATES)) {
      for (const signal of [
        { type: 'leg-answered', leg: other },
        { type: 'leg-gone', leg: other },
        { type: 'leg-ringing', leg: other },
        { type: 'dial-failed', leg: other },
        { type: 'call-over', call: other },
        { type: 'pop-acknowledged', call: other },
      ] as const) {
        const step = at(state, signal)
        expect(step.next.state).toBe(STATES[state])
        expect(step.effects).toEqual([])
        expect(step.toCall).toEqual([])
      }
    }
  })

  test('the wish to sign out during a call is kept through wrap-up', () => {
    const asked = at('talking', { type: 'signed-out' })
    const wrapUp = transitionSeat(asked.next, { type: 'leg-gone', leg: LEG }, NOW, RULES)
    expect(wrapUp.next.state.name).toBe('wrap-up')
    const done = transitionSeat(wrapUp.next, { type: 'wrap-up-finished' }, NOW, RULES)
    expect(done.next).toMatchObject({ agent: null, state: { name: 'signed-out' } })
  })

  test('the phone and the page change beside the state', () => {
    const step = at('talking', { type: 'phone-changed', registered: true })
    expect(step.next).toMatchObject({ registered: true, state: { name: 'talking' } })
    expect(at('ready', { type: 'desk-changed', connected: true }).next.deskConnected).toBe(true)
  })
})
