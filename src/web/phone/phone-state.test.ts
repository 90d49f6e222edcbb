import { describe, expect, it } from 'vitest'
import { PHONE_OFF, type PhoneCall, type PhoneEvent, type PhoneLine, phoneAfter } from './phone-state.ts'

const EVENTS: Record<string, PhoneEvent> = {
  started: { type: 'started' },
  opened: { type: 'socket-opened' },
  closed: { type: 'socket-closed' },
  registered: { type: 'registered' },
  unregistered: { type: 'unregistered' },
  rejected: { type: 'registration-failed', rejected: true },
  'no-answer': { type: 'registration-failed', rejected: false },
  came: { type: 'call-came', autoAnswer: false },
  asked: { type: 'call-came', autoAnswer: true },
  begun: { type: 'answer-begun' },
  failed: { type: 'answer-failed' },
  up: { type: 'call-up' },
  muted: { type: 'muted', on: true },
  over: { type: 'call-over' },
  stopped: { type: 'stopped' },
}

const LINES: Record<string, PhoneLine> = {
  off: { name: 'off' },
  connecting: { name: 'connecting' },
  registered: { name: 'registered' },
  unreachable: { name: 'lost', why: 'unreachable' },
  rejected: { name: 'lost', why: 'rejected' },
}

const CALLS: Record<string, PhoneCall> = {
  none: { name: 'none' },
  ringing: { name: 'ringing', answerFailed: false, autoAnswer: false },
  'by-itself': { name: 'ringing', answerFailed: false, autoAnswer: true },
  'failed-once': { name: 'ringing', answerFailed: true, autoAnswer: false },
  answering: { name: 'answering' },
  talking: { name: 'talking', muted: false },
  muted: { name: 'talking', muted: true },
}

/** Every state meets every event; `=` stays. */
const LINE_MATRIX = `
  line         started     opened      closed       registered  unregistered  rejected  no-answer    stopped
  off          connecting  =           =            =           =             =         =            =
  connecting   connecting  =           unreachable  registered  =             rejected  unreachable  off
  registered   connecting  connecting  unreachable  =           connecting    rejected  unreachable  off
  unreachable  connecting  connecting  =            registered  =             rejected  =            off
  rejected     connecting  connecting  unreachable  registered  =             =         unreachable  off`

const CALL_MATRIX = `
  call         came     asked      begun      failed       up       muted  over  stopped  closed
  none         ringing  by-itself  =          =            =        =      =     =        =
  ringing      =        by-itself  answering  =            talking  =      none  none     =
  by-itself    ringing  =          answering  =            talking  =      none  none     =
  failed-once  ringing  by-itself  answering  =            talking  =      none  none     =
  answering    ringing  by-itself  =          failed-once  talking  =      none  none     =
  talking      ringing  by-itself  =          =            =        muted  none  none     =`

function cells(matrix: string): readonly (readonly [state: string, event: string, next: string])[] {
  const [head, ...rows] = matrix.trim().split('\n')
  const events = (head ?? '').trim().split(/\s+/).slice(1)
  return rows.flatMap(row => {
    const [state = '', ...nexts] = row.trim().split(/\s+/)
    return events.map((event, index) => [state, event, nexts[index] ?? ''] as const)
  })
}

describe('the phone line', () => {
  it.each(cells(LINE_MATRIX))('%s, %s → %s', (state, event, next) => {
    const line = LINES[state] ?? expect.fail(state)
    const after = phoneAfter({ ...PHONE_OFF, line }, EVENTS[event] ?? expect.fail(event))
    expect(after.line).toEqual(LINES[next === '=' ? state : next])
    expect(after.call).toEqual(CALLS.none)
  })
})

describe('the phone call', () => {
  it.each(cells(CALL_MATRIX))('%s, %s → %s', (state, event, next) => {
    const call = CALLS[state] ?? expect.fail(state)
    const after = phoneAfter({ line: { name: 'registered' }, call }, EVENTS[event] ?? expect.fail(event))
    expect(after.call).toEqual(CALLS[next === '=' ? state : next])
  })

  it('unmutes', () => {
    const call: PhoneCall = { name: 'talking', muted: true }
    const line: PhoneLine = { name: 'registered' }
    expect(phoneAfter({ line, call }, { type: 'muted', on: false }).call).toEqual({ ...call, muted: false })
  })
})
