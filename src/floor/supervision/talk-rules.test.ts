import { describe, expect, test } from 'vitest'
import { asId, type CallId, type LegId, type QueueId, type SeatNumber } from '#kernel/ids.ts'
import type { Outcome } from '#kernel/outcome.ts'
import { callIn as exampleCall } from '../../../tests/support/center.ts'
import { testMatrix } from '../../../tests/support/matrix.ts'
import type { Call, CallState, SeatLeg, Watch } from '../../contact-center/call/call.ts'
import type { SeatPurpose, WatchMode } from '../../contact-center/events.ts'
import { placeIn } from '../../contact-center/queue/place.ts'
import type { Seat, SeatState } from '../../contact-center/seat/seat.ts'
import { mayPick, mayWatch, talkSentence } from './rules.ts'

/** What a shift lead at seat 1009 may do to the talk of seat 1001, and to callers who wait. */
const AGENT = asId<SeatNumber>('1001')
const OTHER = asId<SeatNumber>('1002')
const LEAD = asId<SeatNumber>('1009')
const GENERAL = asId<QueueId>('general')
const after = { name: 'ready' } as const
const busy = { since: 1, call: asId<CallId>('call'), leg: asId<LegId>('leg'), idleSince: 1, after } as const
const READY: SeatState = { name: 'ready', since: 1, idleSince: 1, deadlineAt: null }
const NOT_READY: SeatState = { name: 'not-ready', since: 1, reason: 'meal', resumes: false }
const WRAP_UP: SeatState = {
  name: 'wrap-up',
  since: 1,
  call: busy.call,
  deadlineAt: 2,
  extended: false,
  after,
}
const RINGING: SeatState = { ...busy, name: 'ringing', purpose: 'watch', caller: '', deadlineAt: 2 }
const inCall = (purpose: SeatPurpose, name: 'talking' | 'holding' | 'consulting' = 'talking'): SeatState => ({
  ...busy,
  name,
  purpose,
  answeredAt: 1,
})
const legOf = (seat: SeatNumber): SeatLeg => ({ seat, staff: asId('staff'), leg: asId(seat), attempt: 1 })
const TALK: Extract<CallState, { name: 'talking' }> = {
  name: 'talking',
  to: legOf(AGENT),
  since: 1,
  held: false,
  muted: false,
  aside: null,
  deadlineAt: null,
}
const CONSULTED: CallState = {
  ...TALK,
  aside: {
    target: { kind: 'seat', seat: OTHER },
    leg: asId('other'),
    to: legOf(OTHER),
    how: 'consult',
    stage: 'consulting',
  },
}
const JOINING: CallState = {
  name: 'joining',
  to: legOf(AGENT),
  others: [],
  callerIn: true,
  seatIn: false,
  deadlineAt: 2,
}
const watchedBy = (seat: SeatNumber, mode: WatchMode, answered = true): Watch => ({
  by: legOf(seat),
  on: legOf(AGENT),
  mode,
  snoop: asId('snoop'),
  answered,
})
const seatAt = (number: SeatNumber, state: SeatState, more: Partial<Seat> = {}): Seat => ({
  number,
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
const callIn = (state: CallState, more: Partial<Call> = {}): Call =>
  exampleCall(state, { id: busy.call, ...more })
const codeOf = (outcome: Outcome<unknown>) => (outcome.ok ? 'ok' : outcome.refusal.code)

interface Situation {
  readonly own?: Seat
  readonly seat?: Seat
  readonly call?: Call
}
const own = seatAt(LEAD, NOT_READY)
const seat = seatAt(AGENT, inCall('call'))
const call = callIn(TALK)
const ownInTalk = seatAt(LEAD, inCall('watch'))
const watching = (mode: WatchMode) => ({
  own: ownInTalk,
  seat,
  call: callIn(TALK, { watch: watchedBy(LEAD, mode) }),
})

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'no-own-seat': { seat, call },
  'no-such-seat': { own },
  'nobody-there': { own, seat: { ...seatAt(AGENT, NOT_READY), agent: null } },
  'my-own': { own: seatAt(LEAD, inCall('call')), seat: seatAt(LEAD, inCall('call')), call },
  ready: { own, seat: seatAt(AGENT, READY) },
  'agent-rings': { own, seat: seatAt(AGENT, RINGING), call: callIn({ name: 'offered', ring: [], since: 1 }) },
  'wraps-up': { own, seat: seatAt(AGENT, WRAP_UP) },
  joining: { own, seat, call: callIn(JOINING) },
  'lost-call': { own, seat },
  'is-asked': { own, seat: seatAt(OTHER, inCall('consult', 'consulting')), call: callIn(CONSULTED) },
  'other-lead': { own, seat: seatAt(OTHER, inCall('watch')), call },
  talking: { own, seat, call },
  'lead-ready': { own: seatAt(LEAD, READY), seat, call },
  'lead-wraps-up': { own: seatAt(LEAD, WRAP_UP), seat, call },
  dialled: { own, seat: seatAt(AGENT, inCall('dial')), call },
  holding: { own, seat: seatAt(AGENT, inCall('call', 'holding')), call: callIn({ ...TALK, held: true }) },
  consulting: { own, seat: seatAt(AGENT, inCall('call', 'consulting')), call: callIn(CONSULTED) },
  'lead-in-call': { own: seatAt(LEAD, inCall('call')), seat, call },
  'lead-no-phone': { own: { ...own, registered: false }, seat, call },
  'watched-by-other': { own, seat, call: callIn(TALK, { watch: watchedBy(OTHER, 'listen') }) },
  'lead-rings': {
    own: seatAt(LEAD, RINGING),
    seat,
    call: callIn(TALK, { watch: watchedBy(LEAD, 'listen', false) }),
  },
  listening: watching('listen'),
  whispering: watching('whisper'),
  barged: watching('barge'),
  'listens-consult': {
    own: ownInTalk,
    seat: seatAt(AGENT, inCall('call', 'consulting')),
    call: callIn(CONSULTED, { watch: watchedBy(LEAD, 'listen') }),
  },
}

const act =
  (what: Parameters<typeof mayWatch>[0]) =>
  ({ own, seat, call }: Situation) =>
    mayWatch(what, own, seat, call)
const ACTS = {
  listen: act('listen'),
  whisper: act('whisper'),
  barge: act('barge'),
  'take-over': act('take-over'),
} as const

/** `.`: possible. Shortened: early not-connected, asked not-agent-of-call, already watching-already, first not-watching. */
const TABLE = `
  situation         listen            whisper           barge             take-over
  no-own-seat       no-seat           no-seat           no-seat           no-seat
  no-such-seat      seat-unknown      seat-unknown      seat-unknown      seat-unknown
  nobody-there      no-agent          no-agent          no-agent          no-agent
  my-own            own-seat          own-seat          own-seat          own-seat
  ready             no-call           no-call           no-call           no-call
  agent-rings       no-call           no-call           no-call           no-call
  wraps-up          no-call           no-call           no-call           no-call
  joining           early             early             early             early
  lost-call         no-call           no-call           no-call           no-call
  is-asked          asked             asked             asked             asked
  other-lead        asked             asked             asked             asked
  talking           .                 .                 .                 first
  lead-ready        .                 .                 .                 first
  lead-wraps-up     .                 .                 .                 first
  dialled           .                 .                 .                 first
  holding           .                 .                 .                 first
  consulting        .                 .                 .                 first
  lead-in-call      own-seat-busy     own-seat-busy     own-seat-busy     first
  lead-no-phone     own-phone-lost    own-phone-lost    own-phone-lost    first
  watched-by-other  watched-by-other  watched-by-other  watched-by-other  first
  lead-rings        already           .                 .                 not-in-call
  listening         already           .                 .                 .
  whispering        .                 already           .                 .
  barged            .                 .                 already           .
  listens-consult   already           .                 .                 transfer-running`

const CODES: Readonly<Record<string, string>> = {
  '.': 'ok',
  early: 'not-connected',
  asked: 'not-agent-of-call',
  already: 'watching-already',
  first: 'not-watching',
}

testMatrix(TABLE, SITUATIONS, ACTS, ({ state, signal, says }) => {
  expect(codeOf(signal(state))).toBe(CODES[says] ?? says)
})

describe('giving a caller to a seat', () => {
  const waits = callIn({ name: 'queued', since: 1, deadlineAt: null }, { place: placeIn(GENERAL, 1, 1) })
  const elsewhere = { ...waits, place: placeIn(asId('dialect'), 1, 1) }
  const free = seatAt(AGENT, READY)
  test.each<[string, Call | undefined, Seat | undefined, string]>([
    ['who waits, to who is ready', waits, free, 'ok'],
    ['who has left', undefined, free, 'caller-left'],
    ['who waits elsewhere', elsewhere, free, 'caller-left'],
    [
      'for whom a seat rings',
      { ...waits, state: { name: 'offered', ring: [], since: 1 } },
      free,
      'caller-being-offered',
    ],
    ['who speaks with somebody', { ...waits, state: TALK }, free, 'caller-left'],
    ['who is to be called back', { ...waits, leg: null }, free, 'caller-not-on-line'],
    ['to no seat', waits, undefined, 'seat-unknown'],
    ['to an empty seat', waits, { ...free, agent: null }, 'no-agent'],
    ['to one who is busy', waits, seatAt(AGENT, inCall('call')), 'seat-not-ready'],
    ['to one who is not ready', waits, seatAt(AGENT, NOT_READY), 'seat-not-ready'],
    ['to one whose phone is lost', waits, { ...free, registered: false }, 'seat-not-ready'],
    ['to one whose page is away', waits, { ...free, deskConnected: false }, 'seat-not-ready'],
  ])('%s: %#', (_who, given, to, code) => {
    expect(codeOf(mayPick('general', given, to))).toBe(code)
  })
})

test('the agent reads how the shift lead is there', () => {
  expect(talkSentence('listen', '许明珠')).toBe('班长 许明珠 正在监听您的通话')
  expect(talkSentence('whisper', '许明珠')).toContain('市民听不到')
  expect(talkSentence('pick', '许明珠')).toContain('指派')
})
