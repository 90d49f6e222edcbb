import { describe, expect, test } from 'vitest'
import { asId, outsideLegId, snoopLegId } from '#kernel/ids.ts'
import { CALL, callIn, LINE, queueRules, RULES, seatLeg } from '../../../tests/support/center.ts'
import { testMatrix } from '../../../tests/support/matrix.ts'
import type { CallNote, Effect, OutsideTarget } from '../events.ts'
import type { IvrTree } from '../ivr/tree.ts'
import { enterTree } from '../ivr/walk.ts'
import { placeIn } from '../queue/place.ts'
import type { QueueBook } from '../queue/queue-rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, CallState } from './call.ts'
import { openCall } from './opening.ts'
import { transitionCall } from './transition.ts'

const NOW = 1_000_000
const LEG = asId<never>('caller-leg')
const [TO, OTHER] = [seatLeg(1), seatLeg(2)]
const OUT = outsideLegId(CALL, 1)
const PLAN = { first: 'agent', tries: 3, retryAfterMs: 60_000, withinMs: 600_000 } as const
const BOOK: QueueBook = new Map([[LINE.queue, queueRules({ callBack: PLAN })]])
const PLAYBACK = asId<never>('playback')
const BUREAU: OutsideTarget = { kind: 'outside', number: '089868700000', name: '水务局', emergency: false }
const NEW = { call: asId<never>('new-call'), draft: asId<never>('new-draft') }
const SUMMARY = {
  call: CALL,
  arrivedAt: 0,
  queuedAt: null,
  answeredAt: null,
  bridgedAt: null,
  talkMs: null,
  endedAt: 1,
  leg: LEG,
  seat: null,
  staff: null,
  offers: 0,
  records: true,
  result: 'completed',
  reason: 'hung-up',
  endedBy: 'caller',
} as const
const DONE = { result: 'completed', reason: 'hung-up', by: 'agent' } as const
const TALK = {
  name: 'talking',
  to: TO,
  since: 1,
  held: false,
  muted: false,
  aside: null,
  deadlineAt: null,
} as const
const RATING = {
  name: 'rating',
  termination: DONE,
  by: TO,
  grade: null,
  playback: PLAYBACK,
  deadlineAt: NOW + 30_000,
} as const

/** 2 is the other queue; whoever presses nothing goes to an agent. */
const TREE: IvrTree = {
  id: 'tree',
  version: 3,
  start: 'menu',
  nodes: {
    menu: {
      kind: 'menu',
      name: '主菜单',
      says: { zh: 'menu' },
      keys: { 2: 'other' },
      waitMs: 5_000,
      repeat: 0,
      silence: null,
    },
    other: { kind: 'queue', name: '其他', says: {}, queue: asId('other') },
  },
}
const SAID = enterTree(TREE, true).position

const STATES: Record<string, CallState> = {
  refusing: { name: 'refusing', why: 'unknown-number', playback: PLAYBACK, deadlineAt: 2 },
  greeting: { name: 'greeting', playback: PLAYBACK, deadlineAt: 2 },
  'menu-said': { name: 'in-menu', tree: TREE, position: SAID, playback: PLAYBACK, deadlineAt: 2 },
  'menu-waits': {
    name: 'in-menu',
    tree: TREE,
    position: { ...SAID, speaking: false },
    playback: PLAYBACK,
    deadlineAt: 2,
  },
  queued: { name: 'queued', since: 1, deadlineAt: null },
  offered: { name: 'offered', ring: [TO], since: 1 },
  'ring-all': { name: 'offered', ring: [TO, OTHER], since: 1 },
  announcing: { name: 'announcing', to: TO, others: [], playback: PLAYBACK, deadlineAt: 2 },
  first: { name: 'announcing', to: TO, others: [OTHER], playback: PLAYBACK, deadlineAt: 2 },
  joining: { name: 'joining', to: TO, others: [], callerIn: true, seatIn: false, deadlineAt: 2 },
  talking: TALK,
  holding: { ...TALK, held: true },
  forwarding: { name: 'forwarding', target: BUREAU, leg: OUT, from: TO, playing: null, deadlineAt: 2 },
  forwarded: { name: 'forwarded', target: BUREAU, leg: OUT, since: 1 },
  rating: RATING,
  thanking: { ...RATING, grade: 1 },
  ending: { name: 'ending', summary: SUMMARY, deadlineAt: 2, tries: 1 },
}

const SIGNALS: Record<string, CallSignal> = {
  prompt: { type: 'prompt-finished', playback: PLAYBACK, played: true },
  key: { type: 'digit-pressed', digit: '2', callBack: NEW },
  offered: { type: 'offered', ring: [TO] },
  popped: { type: 'seat-popped', leg: TO.leg },
  rings: { type: 'seat-ringing', leg: TO.leg },
  answered: { type: 'seat-answered', leg: TO.leg, agent: asId('1001') },
  'other-answers': { type: 'seat-answered', leg: OTHER.leg, agent: asId('1002') },
  'seat-gone': { type: 'seat-gone', leg: TO.leg, reason: 'no-answer' },
  'other-gone': { type: 'seat-gone', leg: OTHER.leg, reason: 'no-answer' },
  bridged: { type: 'leg-bridged', leg: TO.leg },
  'phone-hold': { type: 'leg-held', leg: TO.leg },
  'caller-up': { type: 'caller-answered' },
  'caller-gone': { type: 'caller-gone', blame: 'caller', cause: 'normal' },
  'out-up': { type: 'outside-answered', leg: OUT },
  'out-gone': { type: 'outside-gone', leg: OUT, cause: 'busy' },
  'hang-up': { type: 'hang-up-requested', leg: TO.leg },
  hold: { type: 'hold-requested', leg: TO.leg },
  resume: { type: 'resume-requested', leg: TO.leg },
  mute: { type: 'mute-requested', leg: TO.leg, muted: true },
  digits: { type: 'digits-requested', leg: TO.leg, digits: '1' },
  transfer: { type: 'transfer-requested', leg: TO.leg, target: BUREAU, how: 'blind', to: null },
  act: { type: 'transfer-act-requested', leg: TO.leg, act: 'complete' },
  watch: { type: 'watch-requested', by: seatLeg(9), mode: 'listen' },
  'take-over': { type: 'take-over-requested', leg: seatLeg(9).leg },
  'play-failed': { type: 'command-failed', command: 'play', leg: LEG, reason: 'refused' },
  'leg-404': { type: 'command-failed', command: 'stop-music', leg: LEG, reason: 'gone' },
  'no-bridge': { type: 'command-failed', command: 'bridge', leg: null, reason: 'refused' },
  deadline: { type: 'deadline-passed', outlook: null },
  turn: { type: 'turn-came' },
  rules: { type: 'queues-configured' },
  full: { type: 'queue-found-full' },
  unstaffed: { type: 'queue-found-unstaffed' },
  misplaced: { type: 'found-misplaced', into: [], outOf: [] },
  alive: { type: 'found-alive' },
  unanswered: { type: 'found-unanswered' },
}

/**
 * `=`: the state stays. `+`: it keeps its name and changes. `gone`: nothing is left of the call. `>n`: so many
 * seats are told something.
 */
const MATRIX = `
  state       prompt   key     offered    popped  rings  answered      other-answers  seat-gone  other-gone  bridged  phone-hold  caller-up  caller-gone  out-up     out-gone  hang-up    hold  resume  mute  digits  transfer      act  watch  take-over  play-failed  leg-404  no-bridge  deadline  turn  rules  full      unstaffed  misplaced  alive    unanswered
  refusing    ending   =       =          =       =      =             =              =          =           =        =           =          gone         =          =         =          =     =       =     =       =             =    =      =          ending       gone     =          ending    =     =      =         =          =          ending   =
  greeting    queued   =       =          =       =      =             =              =          =           =        =           =          gone         =          =         =          =     =       =     =       =             =    =      =          queued       gone     =          queued    =     =      =         =          =          queued   =
  menu-said   +        queued  =          =       =      =             =              =          =           =        =           =          gone         =          =         =          =     =       =     =       =             =    =      =          +            gone     =          +         =     =      =         =          =          +        =
  menu-waits  =        queued  =          =       =      =             =              =          =           =        =           =          gone         =          =         =          =     =       =     =       =             =    =      =          queued       gone     =          queued    =     =      =         =          =          =        =
  queued      =        =       offered>1  =       =      =             =              =          =           =        =           =          gone         =          =         =          =     =       =     =       =             =    =      =          =            gone     =          =         =     =      refusing  refusing   =          =        =
  offered     =        =       =          =       =      announcing>1  =              queued>1   =           =        =           =          gone>1       =          =         =          =     =       =     =       =             =    =      =          =            gone>1   =          =         =     =      =         =          =          =        =
  ring-all    =        =       =          =       =      announcing>1  announcing>1   +>1        +>1         =        =           =          gone>2       =          =         =          =     =       =     =       =             =    =      =          =            gone>2   =          =         =     =      =         =          =          =        =
  announcing  joining  =       =          =       =      =             =              queued>1   =           =        =           =          gone>1       =          =         queued>1   =     =       =     =       =             =    =      =          joining      gone>1   =          joining   =     =      =         =          =          joining  =
  first       joining  =       =          =       =      =             +>1            offered>1  +>1         =        =           =          gone>2       =          =         offered>1  =     =       =     =       =             =    =      =          joining      gone>2   =          joining   =     =      =         =          =          joining  =
  joining     =        =       =          =       =      =             =              queued>1   =           talking  =           =          gone>1       =          =         queued>1   =     =       =     =       =             =    =      =          =            gone>1   queued>1   queued>1  =     =      =         =          =          =        =
  talking     =        =       =          =       =      =             =              ending>1   =           =        =           =          gone>1       =          =         ending>1   +>1   =       +     =       forwarding>1  =    =>1    =          =            gone>1   =          =         =     =      =         =          =          =        =
  holding     =        =       =          =       =      =             =              ending>1   =           =        =           =          gone>1       =          =         ending>1   =     +>1     +     =       forwarding>1  =    =>1    =          =            gone>1   =          =         =     =      =         =          =          =        =
  forwarding  =        =       =          =       =      =             =              =          =           =        =           =          gone         forwarded  queued    =          =     =       =     =       =             =    =      =          =            gone     =          queued    =     =      =         =          =          =        =
  forwarded   =        =       =          =       =      =             =              =          =           =        =           =          gone         =          ending    =          =     =       =     =       =             =    =      =          =            gone     =          =         =     =      =         =          =          =        =
  rating      +        +       =          =       =      =             =              =          =           =        =           =          gone         =          =         =          =     =       =     =       =             =    =      =          ending       gone     =          ending    =     =      =         =          =          =        =
  thanking    ending   =       =          =       =      =             =              =          =           =        =           =          gone         =          =         =          =     =       =     =       =             =    =      =          ending       gone     =          ending    =     =      =         =          =          =        =
  ending      =        =       =          =       =      =             =              =          =           =        =           =          gone         =          =         =          =     =       =     =       =             =    =      =          =            gone     =          +         =     =      =         =          =          +        =`

testMatrix(MATRIX, STATES, SIGNALS, ({ stateName, state, signal, says }) => {
  const step = transitionCall(callIn(state), signal, NOW, BOOK, RULES)
  const [next, told = '0'] = says.split('>')
  expect(step.toSeat.length).toBe(Number(told))
  if (next === '=') expect(step.next?.state).toEqual(state)
  else if (next === '+') {
    expect(step.next?.state.name).toBe(state.name)
    expect(step.next?.state).not.toEqual(state)
  } else expect(step.next?.state.name ?? 'gone').toBe(next)
  // However it ends, it ends once, with one closing note and one summary.
  const ends = stateName !== 'ending' && (next === 'gone' || next === 'ending')
  expect(notes(step.effects).filter(note => note.kind === 'ended')).toHaveLength(ends ? 1 : 0)
  expect(step.effects.filter(effect => isClosing(effect))).toHaveLength(ends ? 1 : 0)
})

describe('what the table cannot say', () => {
  const at = (state: string, signal: CallSignal, change: Partial<Call> = {}) => {
    const found = STATES[state]
    if (found === undefined) throw new Error(state)
    return transitionCall(callIn(found, change), signal, NOW, BOOK, RULES)
  }

  test('the agent is announced digit by digit', () => {
    const step = at('offered', { type: 'seat-answered', leg: TO.leg, agent: asId('1027') })
    const play = commands(step.effects).find(command => command.do === 'play')
    expect(play).toMatchObject({
      prompts: ['agent-number', 'digit-1', 'digit-0', 'digit-2', 'digit-7', 'serves-you'],
    })
  })

  test('an agent who is there is not kept waiting by an announcement of the queue', () => {
    const place = { ...placeIn(LINE.queue, 1, 1), playing: asId<never>('position') }
    const answered: CallSignal = { type: 'seat-answered', leg: TO.leg, agent: asId('7') }
    const step = at('offered', answered, { place })
    expect(commands(step.effects).map(command => command.do)).toEqual(['stop-play', 'stop-music', 'play'])
    expect(step.next?.place?.playing).toBeNull()
  })

  test('a caller whose seat did not answer keeps the place in the queue', () => {
    const step = at('offered', { type: 'seat-gone', leg: TO.leg, reason: 'no-answer' })
    expect(step.next).toMatchObject({ place: { since: 1 }, state: { name: 'queued', since: NOW } })
  })

  test('both legs must be in the bridge before it is a talk', () => {
    const joining: CallState = {
      name: 'joining',
      to: TO,
      others: [],
      callerIn: false,
      seatIn: false,
      deadlineAt: 2,
    }
    const one = transitionCall(callIn(joining), { type: 'leg-bridged', leg: LEG }, NOW, BOOK, RULES)
    expect(one.next?.state.name).toBe('joining')
    if (one.next === null) throw new Error('gone')
    const two = transitionCall(one.next, { type: 'leg-bridged', leg: TO.leg }, NOW + 1, BOOK, RULES)
    expect(two.next).toMatchObject({ bridgedAt: NOW + 1, state: { name: 'talking' } })
  })

  test('seats that ring beside the one that answered ring until both are connected', () => {
    const joining: CallState = {
      name: 'joining',
      to: TO,
      others: [OTHER],
      callerIn: true,
      seatIn: false,
      deadlineAt: 2,
    }
    const answered = transitionCall(
      callIn(joining, { answeredAt: 5 }),
      { type: 'leg-bridged', leg: TO.leg },
      NOW,
      BOOK,
      RULES,
    )
    expect(answered.toSeat).toEqual([
      { to: OTHER, signal: { type: 'call-over', call: CALL, elsewhere: true } },
    ])
  })

  test('an agent who answers and drops before the talk leaves the others ringing', () => {
    const step = at('first', { type: 'seat-gone', leg: TO.leg, reason: 'dropped' })
    expect(step.next?.state).toMatchObject({ name: 'offered', ring: [OTHER] })
  })

  test('a greeting that breaks off is mostly a caller who leaves: it is waited a moment to hear so', () => {
    const call = callIn({ name: 'greeting', playback: PLAYBACK, deadlineAt: NOW + 30_000 })
    const broken: CallSignal = { type: 'prompt-finished', playback: PLAYBACK, played: false }
    const waiting = transitionCall(call, broken, NOW, BOOK, RULES)
    expect(waiting.next?.state).toMatchObject({ name: 'greeting', deadlineAt: NOW + 500 })
    if (waiting.next === null) throw new Error('gone')
    // No word of it: the file was missing, and the caller is taken on.
    const due: CallSignal = { type: 'deadline-passed', outlook: null }
    expect(transitionCall(waiting.next, due, NOW + 500, BOOK, RULES).next?.state.name).toBe('queued')
  })

  test('leaving is blamed by where the call was', () => {
    const gone: CallSignal = { type: 'caller-gone', blame: 'caller', cause: 'normal' }
    const reasons = Object.keys(STATES).flatMap(state =>
      notes(at(state, gone).effects).flatMap(note =>
        note.kind === 'ended' ? [`${state}: ${note.result}, ${note.reason}, ${note.by}`] : [],
      ),
    )
    expect(reasons).toEqual([
      'refusing: caller-side, unknown-number, caller',
      'greeting: caller-side, left-in-greeting, caller',
      'menu-said: caller-side, left-in-menu, caller',
      'menu-waits: caller-side, left-in-menu, caller',
      'queued: abandoned, left-in-queue, caller',
      'offered: abandoned, left-while-ringing, caller',
      'ring-all: abandoned, left-while-ringing, caller',
      'announcing: caller-side, left-before-bridge, caller',
      'first: caller-side, left-before-bridge, caller',
      'joining: caller-side, left-before-bridge, caller',
      'talking: completed, hung-up, caller',
      'holding: completed, hung-up, caller',
      'forwarding: completed, hung-up, caller',
      'forwarded: completed, hung-up, caller',
      'rating: completed, hung-up, agent',
      'thanking: completed, hung-up, agent',
    ])
    const handedOn = at('queued', gone, { bridgedAt: 3, answeredAt: 2 })
    expect(notes(handedOn.effects)).toMatchObject([{ result: 'caller-side', reason: 'left-in-transfer' }])
  })

  test('a bridge that was asked for is removed however the joining fails', () => {
    for (const name of ['deadline', 'seat-gone', 'caller-gone', 'no-bridge']) {
      const signal = SIGNALS[name]
      if (signal === undefined) throw new Error('not in the table')
      expect(commands(at('joining', signal).effects).map(command => command.do)).toContain('destroy-bridge')
    }
  })

  test('a number that is no line of ours is answered with a sentence and kept as a call', () => {
    const arrival = {
      id: CALL,
      leg: LEG,
      caller: '',
      dialled: '99',
      line: null,
      draft: asId<never>('d'),
      arrivedAt: 0,
    }
    const step = openCall(arrival, { refusal: null, menu: null }, BOOK)
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
      const step = transitionCall(call, { type: 'deadline-passed', outlook: null }, NOW + tries, BOOK, RULES)
      hangUps += commands(step.effects).length
      call = step.next
    }
    expect(call).toBeNull()
    expect(hangUps).toBe(14)
  })

  test('on hold the citizen stays in the bridge, alone with the music, so that the recording has no gap', () => {
    const held = at('talking', { type: 'hold-requested', leg: TO.leg })
    const bridge = asId<never>('call-bridge')
    expect(commands(held.effects)).toEqual([
      { do: 'unbridge', call: CALL, bridge, leg: TO.leg },
      { do: 'start-music', call: CALL, leg: LEG },
    ])
    const resumed = at('holding', { type: 'resume-requested', leg: TO.leg })
    expect(commands(resumed.effects)).toEqual([
      { do: 'stop-music', call: CALL, leg: LEG },
      { do: 'bridge', call: CALL, bridge, legs: [TO.leg] },
    ])
  })

  test('the talk is as long as the citizen was in one: waiting to be put through is not counted', () => {
    const handedOn = at('talking', {
      type: 'transfer-requested',
      leg: TO.leg,
      target: { kind: 'queue', queue: asId('other') },
      how: 'blind',
      to: null,
    })
    expect(handedOn.next).toMatchObject({ state: { name: 'queued' }, talk: { ms: NOW - 3, since: null } })
  })

  test('a citizen whose agent hangs up is asked for a grade, and leaving is no answer', () => {
    const rules = { ...RULES, asksRating: true }
    const asked = transitionCall(callIn(TALK), { type: 'hang-up-requested', leg: TO.leg }, NOW, BOOK, rules)
    expect(asked.next?.state).toMatchObject({ name: 'rating', termination: DONE })
    expect(asked.toSeat).toMatchObject([{ to: TO, signal: { type: 'call-over' } }])
    const graded = at('rating', { type: 'digit-pressed', digit: '4', callBack: NEW })
    expect(graded.effects).toContainEqual({
      to: 'record',
      fact: { fact: 'call-rated', call: CALL, at: NOW, rating: { grade: 4, seat: TO.seat, staff: TO.staff } },
    })
    const silent = at('rating', { type: 'deadline-passed', outlook: null })
    expect(notes(silent.effects).map(({ kind }) => kind)).toEqual(['not-rated', 'ended'])
    // A key that is no grade is waited beyond, and a second grade changes nothing.
    expect(at('rating', { type: 'digit-pressed', digit: '9', callBack: NEW }).effects).toEqual([])
    expect(at('thanking', { type: 'digit-pressed', digit: '5', callBack: NEW }).effects).toEqual([])
  })
})

describe('a line with a menu', () => {
  const arrival = {
    id: CALL,
    leg: LEG,
    caller: '',
    dialled: '12345',
    line: LINE,
    draft: asId<never>('d'),
    arrivedAt: 0,
  }

  test('is heard before any queue, and every node is on the timeline', () => {
    const opened = openCall(arrival, { refusal: null, menu: { tree: TREE, open: true } }, BOOK)
    expect(opened.next?.state).toMatchObject({ name: 'in-menu', deadlineAt: expect.any(Number) })
    expect(commands(opened.effects)).toMatchObject([
      { do: 'answer' },
      { do: 'play', prompts: ['announcement-menu'] },
    ])
    expect(notes(opened.effects)).toContainEqual(
      expect.objectContaining({ kind: 'menu', node: 'menu', by: null }),
    )
  })

  test('a key over the prompt breaks it off and leads on', () => {
    const pressed = transitionCall(
      callIn(STATES['menu-said'] ?? TALK),
      { type: 'digit-pressed', digit: '2', callBack: NEW },
      NOW,
      BOOK,
      RULES,
    )
    expect(commands(pressed.effects)).toMatchObject([
      { do: 'stop-play', playback: PLAYBACK },
      { do: 'start-music' },
    ])
    expect(pressed.next).toMatchObject({ state: { name: 'queued' }, place: { queue: 'other' } })
    expect(notes(pressed.effects)).toMatchObject([
      { kind: 'menu', node: 'other', by: '2' },
      { kind: 'queued', reason: 'menu-chosen' },
    ])
  })
})

describe('a supervisor in the talk', () => {
  const BY = seatLeg(9)
  const SNOOP = snoopLegId(CALL, 9)
  const WATCH = { by: BY, on: TO, mode: 'listen', snoop: SNOOP, answered: true } as const
  const bridge = asId<never>('call-bridge')
  const watchBridge = asId<never>('call-watch')
  const watched = (signal: CallSignal, change: Partial<Call> = {}) =>
    transitionCall(callIn(TALK, { watch: WATCH, offers: 9, ...change }), signal, NOW, BOOK, RULES)

  test('the supervisor is called first, and nobody else notices', () => {
    const begun = transitionCall(
      callIn(TALK),
      { type: 'watch-requested', by: BY, mode: 'listen' },
      NOW,
      BOOK,
      RULES,
    )
    expect(begun.toSeat).toMatchObject([{ to: BY, signal: { type: 'called', purpose: 'watch' } }])
    expect(commands(begun.effects)).toEqual([])
  })

  test('who listens hears through a leg of its own and is heard by nobody', () => {
    const answered: CallSignal = { type: 'seat-answered', leg: BY.leg, agent: asId('9') }
    const step = watched(answered, { watch: { ...WATCH, answered: false } })
    expect(commands(step.effects)).toEqual([
      { do: 'snoop', call: CALL, leg: SNOOP, on: TO.leg },
      { do: 'bridge', call: CALL, bridge: watchBridge, legs: [BY.leg, SNOOP] },
      { do: 'mute', call: CALL, leg: BY.leg },
    ])
  })

  test('whispering is being heard by the agent alone', () => {
    const step = watched({ type: 'watch-requested', by: BY, mode: 'whisper' })
    expect(commands(step.effects)).toEqual([{ do: 'unmute', call: CALL, leg: BY.leg }])
  })

  test('barging is joining the talk', () => {
    const step = watched({ type: 'watch-requested', by: BY, mode: 'barge' })
    expect(commands(step.effects)).toEqual([
      { do: 'unmute', call: CALL, leg: BY.leg },
      { do: 'bridge', call: CALL, bridge, legs: [BY.leg] },
      { do: 'destroy-bridge', call: CALL, bridge: watchBridge },
      { do: 'hang-up', call: CALL, leg: SNOOP, cause: 'normal' },
    ])
  })

  test('taking over gives the call to the supervisor and the agent a wrap-up', () => {
    const step = watched({ type: 'take-over-requested', leg: BY.leg })
    expect(step.next).toMatchObject({ watch: null, state: { name: 'talking', to: BY } })
    expect(step.toSeat).toMatchObject([
      { to: TO, signal: { type: 'call-over' } },
      { to: BY, signal: { type: 'part-changed', purpose: 'call' } },
    ])
  })

  test('the supervisor leaves without a trace, and with the talk', () => {
    const left = watched({ type: 'seat-gone', leg: BY.leg, reason: 'dropped' })
    expect(left.next).toMatchObject({ watch: null, state: { name: 'talking' } })
    const over = watched({ type: 'caller-gone', blame: 'caller', cause: 'normal' })
    expect(over.toSeat.map(({ to }) => to)).toEqual([TO, BY])
    // The talk is another's now.
    const handedOn = watched({
      type: 'transfer-requested',
      leg: TO.leg,
      target: BUREAU,
      how: 'blind',
      to: null,
    })
    expect(handedOn.next?.watch).toBeNull()
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
