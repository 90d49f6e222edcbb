import { describe, expect, test } from 'vitest'
import { asId } from '#kernel/ids.ts'
import { AGENT, CALL, RULES, seatIn } from '../../../tests/support/center.ts'
import { testMatrix } from '../../../tests/support/matrix.ts'
import type { SeatSignal } from '../signals.ts'
import type { SeatState } from './seat.ts'
import { transitionSeat } from './transition.ts'

const NOW = 1_000_000
const LEG = asId<never>('leg')
const BUSY = { since: 1, call: CALL, leg: LEG, purpose: 'call', idleSince: 1 } as const
const READY = { name: 'ready' } as const
const READY_STATE: SeatState = { name: 'ready', since: 1, idleSince: 1, deadlineAt: null }
const IN_CALL = { ...BUSY, answeredAt: 1, after: READY } as const

const STATES: Record<string, SeatState> = {
  'signed-out': { name: 'signed-out', since: 1 },
  'not-ready': { name: 'not-ready', since: 1, reason: 'break', resumes: false },
  lost: { name: 'not-ready', since: 1, reason: 'phone-lost', resumes: true },
  ready: READY_STATE,
  reserved: { ...BUSY, name: 'reserved', caller: '', deadlineAt: 2, after: READY },
  ringing: { ...BUSY, name: 'ringing', caller: '', deadlineAt: 2, after: READY },
  'own-wish': { ...BUSY, purpose: 'dial', name: 'ringing', caller: '', deadlineAt: 2, after: READY },
  dialling: { ...IN_CALL, purpose: 'dial', name: 'dialling' },
  talking: { ...IN_CALL, name: 'talking' },
  holding: { ...IN_CALL, name: 'holding' },
  consulting: { ...IN_CALL, name: 'consulting' },
  consulted: { ...IN_CALL, purpose: 'consult', name: 'consulting' },
  watching: { ...IN_CALL, purpose: 'watch', name: 'talking' },
  releasing: { ...BUSY, name: 'releasing', deadlineAt: 2, tries: 1, goesTo: READY },
  'wrap-up': { name: 'wrap-up', since: 1, call: CALL, deadlineAt: 2, extended: false, after: READY },
}

const SIGNALS: Record<string, SeatSignal> = {
  'signed-in': { type: 'signed-in', agent: AGENT, phone: 'browser' },
  'signed-out': { type: 'signed-out' },
  ready: { type: 'ready-requested' },
  'not-ready': { type: 'not-ready-requested', reason: 'meal' },
  finished: { type: 'wrap-up-finished' },
  extended: { type: 'wrap-up-extended' },
  'hang-up': { type: 'hang-up-requested' },
  offered: { type: 'offered', call: CALL, leg: LEG, caller: '', purpose: 'call' },
  called: { type: 'called', call: asId('own'), leg: asId('own-leg'), caller: '', purpose: 'dial' },
  popped: { type: 'pop-acknowledged', call: CALL },
  'leg-rings': { type: 'leg-ringing', leg: LEG },
  answered: { type: 'leg-answered', leg: LEG },
  'leg-gone': { type: 'leg-gone', leg: LEG },
  'no-dial': { type: 'dial-failed', leg: LEG },
  part: { type: 'part-changed', call: CALL, activity: 'holding', purpose: 'call' },
  'call-over': { type: 'call-over', call: CALL, elsewhere: false },
  elsewhere: { type: 'call-over', call: CALL, elsewhere: true },
  'phone-lost': { type: 'phone-changed', registered: false },
  'phone-back': { type: 'phone-changed', registered: true },
  deadline: { type: 'deadline-passed' },
  silent: { type: 'found-silent', leg: LEG, caller: '' },
}

/**
 * `=`: stays. `+`: keeps its name and changes. `after`: stays, and what was asked holds for after the call.
 * `>call`: the call is told.
 */
const MATRIX = `
  state       signed-in  signed-out  ready  not-ready  finished  extended  hang-up         offered   called   popped        leg-rings  answered       leg-gone        no-dial         part     call-over  elsewhere  phone-lost  phone-back  deadline        silent
  signed-out  not-ready  =           =      =          =         =         =               =         =>call   =             =          =              =               =               =        =          =          =           =           =               =
  not-ready   =          signed-out  ready  +          =         =         =               =         ringing  =             =          =              =               =               =        =          =          =           =           =               =
  lost        =          signed-out  ready  +          =         =         =               =         ringing  =             =          =              =               =               =        =          =          =           ready       =               =
  ready       =          signed-out  =      not-ready  =         =         =               reserved  ringing  =             =          =              =               =               =        =          =          +           =           not-ready       =
  reserved    =          after       after  after      =         =         =               =         =>call   ringing>call  =          =              =               =               =        ready      ready      =           =           ringing         =
  ringing     =          after       after  after      =         =         releasing>call  =         =>call   =             =>call     talking>call   not-ready>call  not-ready>call  =        releasing  releasing  =           =           releasing>call  =
  own-wish    =          after       after  after      =         =         releasing>call  =         =>call   =             =>call     dialling>call  ready>call      ready>call      =        releasing  releasing  =           =           releasing>call  =
  dialling    =          after       after  after      =         =         =>call          =         =>call   =             =          =              wrap-up>call    =               holding  releasing  releasing  =           =           =               =
  talking     =          after       after  after      =         =         =>call          =         =>call   =             =          =              wrap-up>call    =               holding  releasing  releasing  =           =           =               =
  holding     =          after       after  after      =         =         =>call          =         =>call   =             =          =              wrap-up>call    =               =        releasing  releasing  =           =           =               =
  consulting  =          after       after  after      =         =         =>call          =         =>call   =             =          =              wrap-up>call    =               holding  releasing  releasing  =           =           =               =
  consulted   =          after       after  after      =         =         =>call          =         =>call   =             =          =              ready>call      =               holding  releasing  releasing  =           =           =               =
  watching    =          after       after  after      =         =         =>call          =         =>call   =             =          =              ready>call      =               holding  releasing  releasing  =           =           =               =
  releasing   =          after       after  after      =         =         =               =         =>call   =             =          =              ready           =               =        =          =          =           =           +               =
  wrap-up     =          signed-out  ready  not-ready  ready     +         =               =         ringing  =             =          =              =               =               =        =          =          =           =           ready           =`

testMatrix(MATRIX, STATES, SIGNALS, ({ signalName, state, signal, says }) => {
  const before = seatIn(state)
  const step = transitionSeat(before, signal, NOW, RULES)
  const [next, told] = says.split('>')
  expect(step.toCall.length).toBe(told === 'call' ? 1 : 0)
  if (next === '=') expect(step.next.state).toEqual(before.state)
  else if (next === '+') {
    expect(step.next.state.name).toBe(before.state.name)
    expect(step.next.state).not.toEqual(before.state)
  } else if (next === 'after') {
    expect(step.next.state.name).toBe(before.state.name)
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
    const released = at('ringing', { type: 'call-over', call: CALL, elsewhere: false })
    const ready = transitionSeat(released.next, { type: 'leg-gone', leg: LEG }, NOW + 5, RULES)
    expect(ready.next.state).toEqual({ name: 'ready', since: NOW + 5, idleSince: 1, deadlineAt: null })
  })

  test('a phone that answers while it is told to stop is told again', () => {
    const step = at('releasing', { type: 'leg-answered', leg: LEG })
    expect(step.effects).toMatchObject([{ command: { do: 'hang-up', leg: LEG } }])
  })

  test('a phone that gives no word of stopping is told again, and after a while the seat goes on without it', () => {
    let seat = at('ringing', { type: 'call-over', call: CALL, elsewhere: false }).next
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
        { type: 'call-over', call: other, elsewhere: false },
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
    const step = at('talking', { type: 'phone-changed', registered: false })
    expect(step.next).toMatchObject({ registered: false, state: { name: 'talking' } })
    expect(at('ready', { type: 'desk-changed', connected: false }).next.deskConnected).toBe(false)
  })

  test('ready means reachable: lost for longer than the grace it is not ready, and says why', () => {
    const lost = at('ready', { type: 'desk-changed', connected: false }).next
    expect(lost.state).toMatchObject({ name: 'ready', deadlineAt: NOW + RULES.graceMs })
    const over = transitionSeat(lost, { type: 'deadline-passed' }, NOW + RULES.graceMs, RULES).next
    expect(over.state).toMatchObject({ name: 'not-ready', reason: 'desk-lost', resumes: true })
    // Back again: nobody need ask for it.
    const back = transitionSeat(over, { type: 'desk-changed', connected: true }, NOW + 60_000, RULES).next
    expect(back.state).toMatchObject({ name: 'ready', deadlineAt: null })
    // In time, nothing has happened at all.
    const inTime = transitionSeat(lost, { type: 'desk-changed', connected: true }, NOW + 1, RULES).next
    expect(inTime.state).toEqual(STATES.ready)
  })

  test('a seat that becomes ready out of reach has its grace as well', () => {
    const away = seatIn(
      { name: 'wrap-up', since: 1, call: CALL, deadlineAt: 2, extended: false, after: READY },
      { registered: false },
    )
    const ready = transitionSeat(away, { type: 'wrap-up-finished' }, NOW, RULES).next
    expect(ready.state).toMatchObject({ name: 'ready', deadlineAt: NOW + RULES.graceMs })
  })

  test('a wrap-up is extended once', () => {
    const once = at('wrap-up', { type: 'wrap-up-extended' }).next
    expect(once.state).toMatchObject({ deadlineAt: 2 + RULES.wrapUpExtensionMs, extended: true })
    expect(transitionSeat(once, { type: 'wrap-up-extended' }, NOW, RULES).next).toBe(once)
  })

  test('who picked up a moment too late is ready as if it had not rung', () => {
    const ready = { ...seatIn(STATES.talking ?? READY_STATE), answered: 3 }
    const late = transitionSeat(ready, { type: 'call-over', call: CALL, elsewhere: true }, NOW, RULES)
    expect(late.effects).toMatchObject([{ command: { do: 'hang-up', cause: 'answered-elsewhere' } }])
    const silent = transitionSeat(late.next, { type: 'leg-gone', leg: LEG }, NOW + 5, RULES).next
    expect(silent).toMatchObject({ answered: 2, state: { name: 'ready', idleSince: 1 } })
  })

  test('the phone of who asked for the call picks up by itself, and so does any on the wish of its agent', () => {
    const wished = at('not-ready', { type: 'called', call: CALL, leg: LEG, caller: '', purpose: 'watch' })
    expect(wished.effects).toMatchObject([{ command: { do: 'dial-seat', autoAnswer: true } }])
    expect(wished.next.state).toMatchObject({ after: { name: 'not-ready', reason: 'break' } })
    const usual = at('reserved', { type: 'deadline-passed' })
    expect(usual.effects).toMatchObject([{ command: { autoAnswer: false } }])
    const always = seatIn(STATES.reserved ?? READY_STATE, { autoAnswer: true })
    expect(transitionSeat(always, { type: 'deadline-passed' }, NOW, RULES).effects).toMatchObject([
      { command: { autoAnswer: true } },
    ])
  })

  test('a seat that is asked for a second call says so to that call', () => {
    const step = at('talking', {
      type: 'called',
      call: asId('own'),
      leg: asId('own-leg'),
      caller: '',
      purpose: 'dial',
    })
    expect(step.toCall).toEqual([
      { call: 'own', signal: { type: 'seat-gone', leg: 'own-leg', reason: 'seat-busy' } },
    ])
  })
})
