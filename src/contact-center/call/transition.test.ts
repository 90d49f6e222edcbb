import { describe, expect, test } from 'vitest'
import { asId, seatLegId } from '#kernel/ids.ts'
import { testMatrix } from '../../../tests/support/matrix.ts'
import type { CallNote, Effect } from '../events.ts'
import { placeIn } from '../queue/place.ts'
import type { QueueBook } from '../queue/queue-rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, CallState } from './call.ts'
import { openCall, transitionCall } from './transition.ts'

const NOW = 1_000_000
const ID = asId<never>('call')
const LEG = asId<never>('caller-leg')
const TO = { seat: asId<never>('1001'), staff: asId<never>('staff'), leg: seatLegId(ID, 1) }
const LINE = { number: asId<never>('12345'), name: '12345', queue: asId<never>('general'), greets: true }
const BOOK: QueueBook = new Map()
const PLAYBACK = asId<never>('playback')
const SUMMARY = {
  call: ID,
  arrivedAt: 0,
  queuedAt: null,
  answeredAt: null,
  bridgedAt: null,
  endedAt: 1,
  seat: null,
  staff: null,
  offers: 0,
  result: 'completed',
  reason: 'hung-up',
  endedBy: 'caller',
} as const

const STATES: Record<string, CallState> = {
  refusing: { name: 'refusing', why: 'unknown-number', playback: PLAYBACK, deadlineAt: 2 },
  greeting: { name: 'greeting', playback: PLAYBACK, deadlineAt: 2 },
  queued: { name: 'queued', since: 1, deadlineAt: null },
  offered: { name: 'offered', to: TO, since: 1 },
  announcing: { name: 'announcing', to: TO, playback: PLAYBACK, deadlineAt: 2 },
  joining: { name: 'joining', to: TO, callerIn: true, seatIn: false, deadlineAt: 2 },
  talking: { name: 'talking', to: TO, since: 1 },
  ending: { name: 'ending', summary: SUMMARY, deadlineAt: 2, tries: 1 },
}

const SIGNALS: Record<string, CallSignal> = {
  prompt: { type: 'prompt-finished', playback: PLAYBACK, played: true },
  offered: { type: 'offered', to: TO },
  popped: { type: 'seat-popped' },
  rings: { type: 'seat-ringing' },
  answered: { type: 'seat-answered', leg: TO.leg, agent: asId('1001') },
  'seat-gone': { type: 'seat-gone', leg: TO.leg, reason: 'no-answer' },
  bridged: { type: 'leg-bridged', leg: TO.leg },
  held: { type: 'leg-held', leg: TO.leg },
  unheld: { type: 'leg-unheld', leg: TO.leg },
  'caller-gone': { type: 'caller-gone', blame: 'caller' },
  'hang-up': { type: 'hang-up-requested' },
  'play-failed': { type: 'command-failed', command: 'play', leg: LEG, reason: 'refused' },
  'leg-404': { type: 'command-failed', command: 'stop-music', leg: LEG, reason: 'gone' },
  'no-bridge': { type: 'command-failed', command: 'bridge', leg: null, reason: 'refused' },
  deadline: { type: 'deadline-passed' },
  rules: { type: 'queues-configured' },
  full: { type: 'queue-found-full' },
  unbridged: { type: 'found-unbridged' },
  alive: { type: 'found-alive' },
  unanswered: { type: 'found-unanswered' },
}

/** `=`: stays. `gone`: nothing is left of the call. `>seat`: the seat is told that the call is over. */
const MATRIX = `
  state       prompt   offered  popped  rings  answered    seat-gone    bridged  held  unheld  caller-gone  hang-up      play-failed  leg-404    no-bridge    deadline     rules  full      unbridged  alive    unanswered
  refusing    ending   =        =       =      =           =            =        =     =       gone         =            ending       gone       =            ending       =      =         =          ending   =
  greeting    queued   =        =       =      =           =            =        =     =       gone         =            queued       gone       =            queued       =      =         =          queued   =
  queued      =        offered  =       =      =           =            =        =     =       gone         =            =            gone       =            =            =      refusing  =          =        =
  offered     =        =        =       =      announcing  queued       =        =     =       gone>seat    =            =            gone>seat  =            =            =      =         =          =        =
  announcing  joining  =        =       =      =           queued       =        =     =       gone>seat    queued>seat  joining      gone>seat  =            joining      =      =         =          joining  =
  joining     =        =        =       =      =           queued       talking  =     =       gone>seat    queued>seat  =            gone>seat  queued>seat  queued>seat  =      =         =          =        =
  talking     =        =        =       =      =           ending>seat  =        =     =       gone>seat    ending>seat  =            gone>seat  =            =            =      =         =          =        =
  ending      =        =        =       =      =           =            =        =     =       gone         =            =            gone       =            ending       =      =         =          ending   =`

function callIn(state: CallState): Call {
  const line = state.name === 'refusing' ? null : LINE
  const place = state.name === 'refusing' || state.name === 'greeting' ? null : placeIn(LINE.queue, 1, 1)
  return {
    id: ID,
    leg: LEG,
    caller: '13800000000',
    dialled: '12345',
    line,
    draft: asId('draft'),
    arrivedAt: 0,
    place,
    answeredAt: null,
    bridgedAt: null,
    answeredBy: null,
    offers: 1,
    state,
  }
}

testMatrix(MATRIX, STATES, SIGNALS, ({ stateName, state, signal, says }) => {
  const step = transitionCall(callIn(state), signal, NOW, BOOK)
  const [next, told] = says.split('>')
  expect(step.toSeat.length).toBe(told === 'seat' ? 1 : 0)
  if (next === '=') expect(step.next?.state).toEqual(state)
  else expect(step.next?.state.name ?? 'gone').toBe(next)
  // However it ends, it ends once, with one closing note and one summary.
  const ends = stateName !== 'ending' && (next === 'gone' || next === 'ending')
  expect(notes(step.effects).filter(note => note.kind === 'ended')).toHaveLength(ends ? 1 : 0)
  expect(step.effects.filter(effect => isClosing(effect))).toHaveLength(ends ? 1 : 0)
})

describe('what the table cannot say', () => {
  const at = (state: string, signal: CallSignal) => {
    const found = STATES[state]
    if (found === undefined) throw new Error(state)
    return transitionCall(callIn(found), signal, NOW, BOOK)
  }

  test('the agent is announced digit by digit', () => {
    const step = at('offered', { type: 'seat-answered', leg: TO.leg, agent: asId('1027') })
    const play = commands(step.effects).find(command => command.do === 'play')
    expect(play).toMatchObject({
      prompts: ['agent-number', 'digit-1', 'digit-0', 'digit-2', 'digit-7', 'serves-you'],
    })
  })

  test('a caller whose seat did not answer keeps the place in the queue', () => {
    const step = at('offered', { type: 'seat-gone', leg: TO.leg, reason: 'no-answer' })
    expect(step.next).toMatchObject({ place: { since: 1 }, state: { name: 'queued', since: NOW } })
  })

  test('both legs must be in the bridge before it is a talk', () => {
    const joining = callIn({ name: 'joining', to: TO, callerIn: false, seatIn: false, deadlineAt: 2 })
    const one = transitionCall(joining, { type: 'leg-bridged', leg: LEG }, NOW, BOOK)
    expect(one.next?.state.name).toBe('joining')
    if (one.next === null) throw new Error('gone')
    const two = transitionCall(one.next, { type: 'leg-bridged', leg: TO.leg }, NOW + 1, BOOK)
    expect(two.next).toMatchObject({ bridgedAt: NOW + 1, state: { name: 'talking' } })
  })

  test('a greeting that breaks off is mostly a caller who leaves: it is waited a moment to hear so', () => {
    const broken = at('greeting', { type: 'prompt-finished', playback: PLAYBACK, played: false })
    expect(broken.next?.state.name).toBe('greeting')
    const call = callIn({ name: 'greeting', playback: PLAYBACK, deadlineAt: NOW + 30_000 })
    const waiting = transitionCall(
      call,
      { type: 'prompt-finished', playback: PLAYBACK, played: false },
      NOW,
      BOOK,
    )
    expect(waiting.next?.state).toMatchObject({ name: 'greeting', deadlineAt: NOW + 500 })
    if (waiting.next === null) throw new Error('gone')
    // No word of it: the file was missing, and the caller is taken on.
    expect(transitionCall(waiting.next, { type: 'deadline-passed' }, NOW + 500, BOOK).next?.state.name).toBe(
      'queued',
    )
  })

  test('leaving is blamed by where the call was', () => {
    const reasons = Object.keys(STATES).flatMap(state =>
      notes(at(state, { type: 'caller-gone', blame: 'caller' }).effects).flatMap(note =>
        note.kind === 'ended' ? [`${state}: ${note.result}, ${note.reason}`] : [],
      ),
    )
    expect(reasons).toEqual([
      'refusing: caller-side, unknown-number',
      'greeting: caller-side, left-in-greeting',
      'queued: abandoned, left-in-queue',
      'offered: abandoned, left-while-ringing',
      'announcing: caller-side, left-before-bridge',
      'joining: caller-side, left-before-bridge',
      'talking: completed, hung-up',
    ])
  })

  test('a bridge that was asked for is removed however the joining fails', () => {
    for (const signal of [
      SIGNALS.deadline,
      SIGNALS['seat-gone'],
      SIGNALS['caller-gone'],
      SIGNALS['no-bridge'],
    ]) {
      if (signal === undefined) throw new Error('not in the table')
      expect(commands(at('joining', signal).effects).map(command => command.do)).toContain('destroy-bridge')
    }
  })

  test('a number that is no line of ours is answered with a sentence and kept as a call', () => {
    const { state: _, ...call } = callIn({ name: 'queued', since: 1, deadlineAt: null })
    const step = openCall({ ...call, line: null, place: null, offers: 0 }, null, BOOK)
    expect(step.next?.state.name).toBe('refusing')
    expect(commands(step.effects)).toMatchObject([{ do: 'answer' }, { prompts: ['number-not-in-service'] }])
    expect(step.effects).toContainEqual(
      expect.objectContaining({ fact: expect.objectContaining({ fact: 'call-opened' }) }),
    )
  })

  test('a hang-up that is never confirmed is repeated, and not for ever', () => {
    let call: Call | null = callIn({ name: 'ending', summary: SUMMARY, deadlineAt: 2, tries: 1 })
    let hangUps = 0
    for (let tries = 0; call !== null && tries < 100; tries++) {
      const step = transitionCall(call, { type: 'deadline-passed' }, NOW + tries, BOOK)
      hangUps += commands(step.effects).length
      call = step.next
    }
    expect(call).toBeNull()
    expect(hangUps).toBe(14)
  })
})

function notes(effects: readonly Effect[]): CallNote[] {
  return effects.flatMap(effect =>
    effect.to === 'record' && effect.fact.fact === 'call-noted' ? [effect.fact.note] : [],
  )
}

function commands(effects: readonly Effect[]) {
  return effects.flatMap(effect => (effect.to === 'pbx' ? [effect.command] : []))
}

function isClosing(effect: Effect): boolean {
  return effect.to === 'record' && effect.fact.fact === 'call-closed'
}
