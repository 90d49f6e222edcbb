import { describe, expect, test } from 'vitest'
import { asId, type SeatNumber } from '#kernel/ids.ts'
import type { Outcome } from '#kernel/outcome.ts'
import { callIn as exampleCall } from '../../../tests/support/center.ts'
import { testMatrix } from '../../../tests/support/matrix.ts'
import type { Aside, Call, CallState, SeatLeg } from '../../contact-center/call/call.ts'
import type { SeatPurpose } from '../../contact-center/events.ts'
import type { InCall, Seat, SeatState } from '../../contact-center/seat/seat.ts'
import {
  isTransferBegun,
  mayAct,
  mayAnswer,
  mayBeAsked,
  mayDial,
  mayExtendWrapUp,
  mayHold,
  mayResume,
  maySendDigits,
  mayTransfer,
  ownTalk,
} from './rules.ts'

const MINE = asId<SeatNumber>('1001')
const OTHER = asId<SeatNumber>('1002')
const CALL = asId<never>('call')
const LEG = asId<never>('leg')
const after = { name: 'ready' } as const
const busy = { since: 1, call: CALL, leg: LEG, idleSince: 1, after } as const

const inCall = (name: InCall['name'], purpose: SeatPurpose = 'call'): SeatState => ({
  ...busy,
  name,
  purpose,
  answeredAt: 1,
})
const legOf = (seat: SeatNumber): SeatLeg => ({ seat, staff: asId<never>('staff'), leg: LEG, attempt: 1 })

const TALK: Extract<CallState, { name: 'talking' }> = {
  name: 'talking',
  to: legOf(MINE),
  since: 1,
  held: false,
  muted: false,
  aside: null,
  deadlineAt: null,
}
const aside = (how: Aside['how'], stage: Aside['stage']): CallState => ({
  ...TALK,
  aside: { target: { kind: 'seat', seat: OTHER }, leg: LEG, to: legOf(OTHER), how, stage },
})

interface Situation {
  readonly seat: SeatState
  readonly call: CallState | null
}

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'not-ready': { seat: { name: 'not-ready', since: 1, reason: 'break', resumes: false }, call: null },
  ready: { seat: { name: 'ready', since: 1, idleSince: 1, deadlineAt: null }, call: null },
  reserved: {
    seat: { ...busy, name: 'reserved', purpose: 'call', caller: '', deadlineAt: 2 },
    call: { name: 'offered', ring: [legOf(MINE)], since: 1 },
  },
  ringing: {
    seat: { ...busy, name: 'ringing', purpose: 'call', caller: '', deadlineAt: 2 },
    call: { name: 'offered', ring: [legOf(MINE)], since: 1 },
  },
  joining: {
    seat: inCall('talking'),
    call: { name: 'joining', to: legOf(MINE), others: [], callerIn: false, seatIn: false, deadlineAt: 2 },
  },
  dialling: {
    seat: inCall('dialling', 'dial'),
    call: { name: 'dialling', to: legOf(MINE), deadlineAt: 2 },
  },
  talking: { seat: inCall('talking'), call: TALK },
  dialled: { seat: inCall('talking', 'dial'), call: TALK },
  muted: { seat: inCall('talking'), call: { ...TALK, muted: true } },
  holding: { seat: inCall('holding'), call: { ...TALK, held: true } },
  asks: { seat: inCall('consulting'), call: aside('consult', 'ringing') },
  consults: { seat: inCall('consulting'), call: aside('consult', 'consulting') },
  swapped: { seat: inCall('talking'), call: aside('consult', 'swapped') },
  'three-rings': { seat: inCall('talking'), call: aside('conference', 'ringing') },
  three: { seat: inCall('talking'), call: aside('conference', 'merged') },
  'is-asked': { seat: inCall('consulting', 'consult'), call: { ...TALK, to: legOf(OTHER) } },
  watches: { seat: inCall('talking', 'watch'), call: { ...TALK, to: legOf(OTHER) } },
  'lost-call': { seat: inCall('talking'), call: null },
  releasing: {
    seat: { ...busy, name: 'releasing', purpose: 'call', deadlineAt: 2, tries: 1, goesTo: after },
    call: null,
  },
  'wrap-up': {
    seat: { name: 'wrap-up', since: 1, call: CALL, deadlineAt: 2, extended: false, after },
    call: null,
  },
  extended: {
    seat: { name: 'wrap-up', since: 1, call: CALL, deadlineAt: 2, extended: true, after },
    call: null,
  },
}

type Rule = (seat: Seat, call: Call | undefined) => Outcome<unknown>

const ACTS: Readonly<Record<string, Rule>> = {
  hold: mayHold,
  resume: mayResume,
  mute: ownTalk,
  digits: maySendDigits,
  transfer: mayTransfer,
  swap: (seat, call) => mayAct(seat, call, 'swap'),
  merge: (seat, call) => mayAct(seat, call, 'merge'),
  complete: (seat, call) => mayAct(seat, call, 'complete'),
  cancel: (seat, call) => mayAct(seat, call, 'cancel'),
  dial: mayDial,
  extend: mayExtendWrapUp,
  answer: mayAnswer,
}

/** `.`: possible. Shortened: no-call not-in-call, early not-connected, others not-your-call. */
const TABLE = `
  situation    hold      resume    mute     digits   transfer  swap     merge    complete  cancel   dial  extend     answer
  not-ready    no-call   no-call   no-call  no-call  no-call   no-call  no-call  no-call   no-call  .     not-after  silent
  ready        no-call   no-call   no-call  no-call  no-call   no-call  no-call  no-call   no-call  .     not-after  silent
  reserved     no-call   no-call   no-call  no-call  no-call   no-call  no-call  no-call   no-call  busy  not-after  silent
  ringing      no-call   no-call   no-call  no-call  no-call   no-call  no-call  no-call   no-call  busy  not-after  .
  joining      early     early     early    early    early     early    early    early     early    busy  not-after  silent
  dialling     early     early     early    early    early     early    early    early     early    busy  not-after  silent
  talking      .         not-held  .        .        .         nobody   nobody   nobody    nobody   busy  not-after  silent
  dialled      .         not-held  .        .        .         nobody   nobody   nobody    nobody   busy  not-after  silent
  muted        .         not-held  .        .        .         nobody   nobody   nobody    nobody   busy  not-after  silent
  holding      held      .         .        on-hold  .         nobody   nobody   nobody    nobody   busy  not-after  silent
  asks         running   not-held  .        on-hold  running   rings    rings    .         .        busy  not-after  silent
  consults     running   not-held  .        .        running   .        .        .         .        busy  not-after  silent
  swapped      running   not-held  .        .        running   .        .        .         .        busy  not-after  silent
  three-rings  running   not-held  .        .        running   rings    rings    .         .        busy  not-after  silent
  three        running   not-held  .        .        running   merged   merged   .         .        busy  not-after  silent
  is-asked     others    others    others   others   others    others   others   others    others   busy  not-after  silent
  watches      others    others    others   others   others    others   others   others    others   busy  not-after  silent
  lost-call    no-call   no-call   no-call  no-call  no-call   no-call  no-call  no-call   no-call  busy  not-after  silent
  releasing    no-call   no-call   no-call  no-call  no-call   no-call  no-call  no-call   no-call  busy  not-after  silent
  wrap-up      no-call   no-call   no-call  no-call  no-call   no-call  no-call  no-call   no-call  .     .          silent
  extended     no-call   no-call   no-call  no-call  no-call   no-call  no-call  no-call   no-call  .     already    silent`

const CODES: Readonly<Record<string, string>> = {
  '.': 'ok',
  'no-call': 'not-in-call',
  early: 'not-connected',
  others: 'not-your-call',
  held: 'already-held',
  running: 'transfer-running',
  nobody: 'no-transfer',
  rings: 'transfer-ringing',
  merged: 'transfer-merged',
  busy: 'seat-busy',
  'not-after': 'not-in-wrap-up',
  already: 'already-extended',
  silent: 'not-ringing',
}

const seatIn = (state: SeatState, more: Partial<Seat> = {}): Seat => ({
  number: MINE,
  agent: { staff: asId('staff'), number: asId('1001'), name: '林晓岚', skills: {} },
  phone: 'browser',
  registered: true,
  deskConnected: true,
  autoAnswer: false,
  answered: 0,
  lastAnsweredAt: null,
  serving: null,
  state,
  ...more,
})

const callIn = (state: CallState): Call => exampleCall(state, { id: CALL })

function codeOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'ok' : outcome.refusal.code
}

testMatrix(TABLE, SITUATIONS, ACTS, ({ state, signal, says }) => {
  const call = state.call === null ? undefined : callIn(state.call)
  expect(codeOf(signal(seatIn(state.seat), call))).toBe(CODES[says] ?? says)
})

describe('what a seat must have', () => {
  const ready: SeatState = { name: 'ready', since: 1, idleSince: 1, deadlineAt: null }
  test('to dial: a phone and a page', () => {
    expect(codeOf(mayDial(seatIn(ready, { registered: false })))).toBe('phone-not-registered')
    expect(codeOf(mayDial(seatIn(ready, { deskConnected: false })))).toBe('desk-not-connected')
  })

  test('to be told to answer: the phone of the page', () => {
    const ringing = SITUATIONS.ringing?.seat ?? ready
    expect(codeOf(mayAnswer(seatIn(ringing, { phone: 'sip' })))).toBe('answer-on-phone')
    expect(codeOf(mayAnswer(seatIn(ringing, { deskConnected: false })))).toBe('desk-not-connected')
  })

  test('to be asked: to be ready and within reach, and another than who asks', () => {
    const other = seatIn(ready, { number: OTHER })
    expect(codeOf(mayBeAsked(MINE, OTHER, other))).toBe('ok')
    expect(codeOf(mayBeAsked(MINE, OTHER, undefined))).toBe('seat-unknown')
    expect(codeOf(mayBeAsked(MINE, MINE, seatIn(ready)))).toBe('transfer-target-self')
    for (const lacks of [{ registered: false }, { deskConnected: false }, { state: inCall('talking') }]) {
      expect(codeOf(mayBeAsked(MINE, OTHER, { ...other, ...lacks }))).toBe('transfer-target-unavailable')
    }
  })
})

test('a transfer has begun when a third party is there, or the call is no longer ours', () => {
  expect(isTransferBegun(MINE, callIn(TALK), 'blind')).toBe(false)
  expect(isTransferBegun(MINE, callIn(TALK), 'consult')).toBe(false)
  expect(isTransferBegun(MINE, callIn(aside('consult', 'ringing')), 'consult')).toBe(true)
  expect(isTransferBegun(MINE, callIn({ ...TALK, to: legOf(OTHER) }), 'blind')).toBe(true)
  expect(isTransferBegun(MINE, undefined, 'blind')).toBe(true)
})
