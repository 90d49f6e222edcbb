import { describe, expect, test } from 'vitest'
import { asId, outsideLegId } from '#kernel/ids.ts'
import { CALL, callIn, LINE, queueRules, RULES } from '../../../tests/support/center.ts'
import { testMatrix } from '../../../tests/support/matrix.ts'
import type { CallNote, Digit, Effect, MaskAnswer, MaskedRoute, PbxCommand } from '../events.ts'
import type { QueueBook } from '../queue/queue-rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, CallState } from './call.ts'
import { openCall, openMasked } from './opening.ts'
import type { CallStep } from './steps.ts'
import { transitionCall, withMovements } from './transition.ts'

const NOW = 1_000_000
const LEG = asId<never>('caller-leg')
const OUT = outsideLegId(CALL, 1)
const BOOK: QueueBook = new Map([[LINE.queue, queueRules()]])
const PLAYBACK = asId<never>('playback')
const NEW = { call: asId<never>('new-call'), draft: asId<never>('new-draft') }
const SHORT = asId<never>('95012')
const CITIZEN = '13876543210'
const UNIT = '089866001122'
const ROUTE: MaskedRoute = {
  binding: asId('binding'),
  order: asId('order'),
  short: SHORT,
  from: 'unit',
  number: CITIZEN,
  shows: '12345',
  records: true,
  mostTalkMs: 600_000,
  staff: null,
}
const FROM_CITIZEN: MaskedRoute = { ...ROUTE, from: 'citizen', number: UNIT }
const REFUSED: MaskAnswer = {
  answer: 'refuse',
  why: 'mask-expired',
  binding: ROUTE.binding,
  order: ROUTE.order,
}

const KEYING = {
  name: 'mask-keying',
  key: 'short-number',
  short: null,
  digits: '',
  tries: 1,
  playback: PLAYBACK,
  deadlineAt: 2,
} as const
const STATES: Record<string, CallState> = {
  asked: KEYING,
  silent: { ...KEYING, playback: null },
  keying: { ...KEYING, playback: null, digits: '9501' },
  'pin-almost': { ...KEYING, key: 'pin', short: SHORT, playback: null, digits: '13524' },
  'last-try': { ...KEYING, playback: null, tries: 3 },
  asking: { name: 'mask-asking', short: SHORT, pin: null, tries: 1, deadlineAt: 2 },
  offering: {
    name: 'mask-offering',
    route: FROM_CITIZEN,
    menu: null,
    playback: PLAYBACK,
    deadlineAt: NOW + 30_000,
  },
  confirming: { name: 'mask-confirming', route: ROUTE, menu: null, deadlineAt: 2 },
  calling: { name: 'mask-calling', deadlineAt: 2 },
  ringing: { name: 'mask-ringing', leg: OUT, playing: PLAYBACK, deadlineAt: 2 },
  masked: { name: 'masked', leg: OUT, since: 1, deadlineAt: 2 },
}
const key = (digit: Digit): CallSignal => ({ type: 'digit-pressed', digit, callBack: NEW })
const answer = (answer: MaskAnswer): CallSignal => ({ type: 'mask-answered', answer })
const SIGNALS: Record<string, CallSignal> = {
  prompt: { type: 'prompt-finished', playback: PLAYBACK, played: true },
  one: key('1'),
  star: key('*'),
  pound: key('#'),
  route: answer({ answer: 'route', route: ROUTE }),
  ask: answer({ answer: 'ask', key: 'pin', short: SHORT }),
  refuse: answer(REFUSED),
  'caller-up': { type: 'caller-answered' },
  'caller-gone': { type: 'caller-gone', blame: 'caller', cause: 'normal' },
  'out-up': { type: 'outside-answered', leg: OUT },
  'out-gone': { type: 'outside-gone', leg: OUT, cause: 'busy' },
  'play-failed': { type: 'command-failed', command: 'play', leg: LEG, reason: 'refused' },
  'leg-404': { type: 'command-failed', command: 'play', leg: LEG, reason: 'gone' },
  deadline: { type: 'deadline-passed', outlook: null },
  alive: { type: 'found-alive' },
  misplaced: { type: 'found-misplaced', into: [], outOf: [] },
  unanswered: { type: 'found-unanswered' },
  rules: { type: 'queues-configured' },
}

/** `=`: the state stays. `+`: it keeps its name and changes. `gone`: nothing is left of the call. */
const MATRIX = `
  state       prompt  one              star      pound        route         ask          refuse    caller-up        caller-gone  out-up  out-gone  play-failed  leg-404  deadline     alive        misplaced  unanswered  rules
  asked       +       +                +         +            =             =            =         =                gone         =       =         +            gone     +            +            =          =           =
  silent      =       +                +         +            =             =            =         =                gone         =       =         +            gone     +            +            =          =           =
  keying      =       +                +         mask-asking  =             =            =         =                gone         =       =         mask-asking  gone     mask-asking  mask-asking  =          =           =
  pin-almost  =       mask-asking      +         mask-asking  =             =            =         =                gone         =       =         mask-asking  gone     mask-asking  mask-asking  =          =           =
  last-try    =       +                refusing  refusing     =             =            =         =                gone         =       =         refusing     gone     refusing     refusing     =          =           =
  asking      =       =                =         =            mask-ringing  mask-keying  refusing  =                gone         =       =         =            gone     +            +            =          =           =
  offering    +       mask-confirming  greeting  greeting     =             =            =         =                gone         =       =         greeting     gone     greeting     greeting     =          =           =
  confirming  =       =                =         =            mask-ringing  =            refusing  =                gone         =       =         =            gone     +            +            =          =           =
  calling     =       =                =         =            =             =            =         mask-confirming  gone         =       =         =            gone     gone         =            =          =           =
  ringing     +       =                =         =            =             =            =         =                gone         masked  refusing  +            gone     refusing     +            =          =           =
  masked      =       =                =         =            =             =            =         =                gone         =       ending    =            gone     ending       =            =          =           =`

const masked = (state: CallState, change: Partial<Call> = {}): Call =>
  callIn(state, {
    direction: 'masked',
    caller: UNIT,
    dialled: SHORT,
    line: state.name === 'mask-offering' ? LINE : null,
    place: null,
    dials: 1,
    bridgedAt: state.name === 'masked' ? 1 : null,
    talk: { ms: 0, since: state.name === 'masked' ? 1 : null },
    answeredAt: null,
    answeredBy: null,
    mask: ['mask-calling', 'mask-ringing', 'masked'].includes(state.name) ? ROUTE : null,
    ...change,
  })

testMatrix(MATRIX, STATES, SIGNALS, ({ state, signal, says }) => {
  const step = transitionCall(masked(state), signal, NOW, BOOK, RULES)
  if (says === '=') expect(step.next?.state).toEqual(state)
  else if (says === '+') {
    expect(step.next?.state.name).toBe(state.name)
    expect(step.next?.state).not.toEqual(state)
  } else expect(step.next?.state.name ?? 'gone').toBe(says)
  const ends = says === 'gone' || says === 'ending'
  expect(notes(step).filter(({ kind }) => kind === 'ended')).toHaveLength(ends ? 1 : 0)
  // No seat ever hears of a masked call.
  expect(step.toSeat).toEqual([])
  if (step.next !== null && 'deadlineAt' in step.next.state) expect(step.next.state.deadlineAt).not.toBeNull()
})

describe('a handler who dials a short number', () => {
  const arrival = {
    id: CALL,
    leg: LEG,
    caller: UNIT,
    dialled: SHORT,
    line: null,
    draft: asId<never>('draft'),
    arrivedAt: NOW,
  }
  const open = (mask: MaskAnswer) =>
    withMovements(null, openCall(arrival, { refusal: null, menu: null, mask }, BOOK), NOW)

  test('is answered, told, and the citizen is called from the hotline’s number', () => {
    const step = open({ answer: 'route', route: ROUTE })
    expect(commands(step)).toMatchObject([
      { do: 'answer', leg: LEG },
      { do: 'dial-out', number: CITIZEN, shows: '12345', records: false },
      { do: 'play', leg: LEG, prompts: ['mask-calling-citizen'] },
    ])
    expect(notes(step)).toMatchObject([
      { kind: 'arrived', dialled: SHORT, line: null },
      { kind: 'mask-routed', binding: 'binding', order: 'order', from: 'unit' },
      { kind: 'mask-dialled', side: 'citizen' },
    ])
  })

  test('and what is told for the record has nobody’s number in full', () => {
    const said = JSON.stringify(
      open({ answer: 'route', route: ROUTE }).effects.filter(({ to }) => to === 'record'),
    )
    expect(said).not.toContain(CITIZEN)
    expect(said).not.toContain(UNIT)
    expect(said).toContain(SHORT)
  })

  test('hears the ringing tone when the sentence is over, and silence before the citizen speaks', () => {
    const told = transitionCall(
      masked(STATES.ringing ?? KEYING),
      SIGNALS.prompt ?? key('1'),
      NOW,
      BOOK,
      RULES,
    )
    expect(commands(told)).toEqual([{ do: 'start-ringback', call: CALL, leg: LEG }])
    const up: CallSignal = { type: 'outside-answered', leg: OUT }
    const cut = transitionCall(masked(STATES.ringing ?? KEYING), up, NOW, BOOK, RULES)
    expect(commands(cut).map(command => command.do)).toEqual(['stop-play', 'bridge'])
  })

  test.each([
    ['busy', 'mask-busy'],
    ['no-answer', 'mask-not-reached'],
    ['rejected', 'mask-not-reached'],
  ] as const)('hears why the citizen is not reached: %s', (cause, prompt) => {
    const gone: CallSignal = { type: 'outside-gone', leg: OUT, cause }
    const step = transitionCall(masked(STATES.ringing ?? KEYING), gone, NOW, BOOK, RULES)
    expect(commands(step)).toContainEqual(expect.objectContaining({ do: 'play', prompts: [prompt] }))
    expect(notes(step)).toContainEqual({ kind: 'mask-not-reached', side: 'citizen', cause })
  })

  test('whose PIN is wrong is asked again, three times in all', () => {
    const wrong = answer({ answer: 'refuse', why: 'mask-wrong-pin', binding: null, order: null })
    const asking = { name: 'mask-asking', short: SHORT, pin: '000000', deadlineAt: 2 } as const
    const second = transitionCall(masked({ ...asking, tries: 2 }), wrong, NOW, BOOK, RULES)
    expect(second.next?.state).toMatchObject({ name: 'mask-keying', key: 'pin', tries: 3 })
    const last = transitionCall(masked({ ...asking, tries: 3 }), wrong, NOW, BOOK, RULES)
    expect(last.next?.state).toMatchObject({ name: 'refusing', why: 'mask-wrong-pin' })
  })

  test('keys a PIN of which nothing is put on record', () => {
    let call = masked({ ...KEYING, key: 'pin', short: SHORT, digits: '' })
    const recorded: unknown[] = []
    for (const digit of ['9', '7', '5', '3', '1', '8'] as const) {
      const step = transitionCall(call, key(digit), NOW, BOOK, RULES)
      recorded.push(...step.effects.filter(({ to }) => to === 'record'))
      call = step.next ?? call
    }
    expect(call.state).toMatchObject({ name: 'mask-asking', pin: '975318' })
    expect(recorded).toEqual([])
    const wrong = answer({ answer: 'refuse', why: 'mask-wrong-pin', binding: null, order: null })
    const said = notes(transitionCall(call, wrong, NOW, BOOK, RULES))
    expect(said).toEqual([{ kind: 'mask-asked', key: 'pin' }])
  })

  test('may begin anew with the star, and not for ever', () => {
    const star = key('*')
    const once = transitionCall(masked(STATES.keying ?? KEYING), star, NOW, BOOK, RULES)
    expect(once.next?.state).toMatchObject({ name: 'mask-keying', digits: '', tries: 2 })
    expect(commands(once)).toMatchObject([{ do: 'play', prompts: ['mask-key-short-number'] }])
    const twice = transitionCall(once.next ?? masked(KEYING), star, NOW + 1, BOOK, RULES)
    const third = transitionCall(twice.next ?? masked(KEYING), star, NOW + 2, BOOK, RULES)
    expect(third.next?.state).toMatchObject({ name: 'refusing', why: 'mask-unbound' })
  })

  test('whose talk is as long as the binding allows is parted by us, both legs hung up', () => {
    const step = transitionCall(
      masked(STATES.masked ?? KEYING),
      { type: 'deadline-passed', outlook: null },
      NOW,
      BOOK,
      RULES,
    )
    expect(notes(step)).toMatchObject([{ kind: 'ended', reason: 'mask-talk-limit', by: 'system' }])
    const gone = commands(step)
      .filter(command => command.do === 'hang-up')
      .map(command => command.leg)
    expect(gone.toSorted()).toEqual([LEG, OUT].toSorted())
  })
})

describe('a handler who asks for the citizen on a page', () => {
  test('is called first, seen by the hotline’s number alone, and recorded', () => {
    const step = withMovements(null, openMasked(NEW, ROUTE, UNIT, NOW), NOW)
    expect(commands(step)).toMatchObject([{ do: 'dial-out', number: UNIT, shows: '12345', records: true }])
    expect(step.next).toMatchObject({ mask: ROUTE, state: { name: 'mask-calling' } })
  })

  test('and does not pick up: the citizen is never called', () => {
    const gone: CallSignal = { type: 'caller-gone', blame: 'caller', cause: 'no-answer' }
    const step = transitionCall(masked(STATES.calling ?? KEYING), gone, NOW, BOOK, RULES)
    expect(commands(step).some(command => command.do === 'dial-out')).toBe(false)
    expect(notes(step)).toMatchObject([
      { kind: 'mask-not-reached', side: 'unit', cause: 'no-answer' },
      { kind: 'ended', reason: 'mask-not-reached' },
    ])
  })
})

describe('whoever waited until they are put through', () => {
  const confirming: CallState = { name: 'mask-confirming', route: ROUTE, menu: null, deadlineAt: 2 }

  test('speaks with whom the binding ties them to by now; who asked for it stays known', () => {
    const asked = { ...ROUTE, staff: asId<never>('handler') }
    const moved = answer({ answer: 'route', route: { ...ROUTE, number: '13800000001' } })
    const call = masked({ ...confirming, route: asked }, { mask: asked })
    const step = transitionCall(call, moved, NOW, BOOK, RULES)
    expect(commands(step)).toContainEqual(
      expect.objectContaining({ do: 'dial-out', number: '13800000001', shows: '12345' }),
    )
    expect(step.next?.mask?.staff).toBe('handler')
    expect(notes(step).map(({ kind }) => kind)).toEqual(['mask-dialled'])
  })

  test('and whose binding has ended hears so; the other telephone never rings', () => {
    const step = transitionCall(masked(confirming, { mask: ROUTE }), answer(REFUSED), NOW, BOOK, RULES)
    expect(commands(step)).toContainEqual(expect.objectContaining({ do: 'play', prompts: ['mask-expired'] }))
    expect(commands(step).some(command => command.do === 'dial-out')).toBe(false)
    expect(notes(step)).toMatchObject([{ kind: 'mask-refused', why: 'mask-expired' }])
  })
})

describe('a citizen with an open case who calls the hotline', () => {
  const inbound = (state: CallState, mask: MaskedRoute | null): Call =>
    masked(state, { direction: 'inbound', caller: CITIZEN, dialled: '12345', line: LINE, mask })

  test('whose unit does not answer is next in the queue, not sent away', () => {
    const gone: CallSignal = { type: 'outside-gone', leg: OUT, cause: 'no-answer' }
    const step = transitionCall(inbound(STATES.ringing ?? KEYING, FROM_CITIZEN), gone, NOW, BOOK, RULES)
    expect(step.next).toMatchObject({ mask: null, state: { name: 'queued' }, place: { queue: LINE.queue } })
    expect(commands(step)).toContainEqual(
      expect.objectContaining({ do: 'play', prompts: ['transfer-failed'] }),
    )
  })

  test('who takes the offer of a binding that ended while it was said is taken on like anybody', () => {
    const confirming: CallState = {
      ...{ name: 'mask-confirming', route: FROM_CITIZEN, menu: null, deadlineAt: 2 },
    }
    const step = transitionCall(inbound(confirming, null), answer(REFUSED), NOW, BOOK, RULES)
    expect(step.next).toMatchObject({ mask: null, state: { name: 'greeting' } })
    expect(commands(step).some(command => command.do === 'dial-out')).toBe(false)
  })

  test('who says nothing is taken on like anybody', () => {
    const step = transitionCall(
      inbound(STATES.offering ?? KEYING, null),
      { type: 'deadline-passed', outlook: null },
      NOW,
      BOOK,
      RULES,
    )
    expect(step.next?.state.name).toBe('greeting')
  })
})

function commands({ effects }: Pick<CallStep, 'effects'>): PbxCommand[] {
  return effects.flatMap((effect: Effect) => (effect.to === 'pbx' ? [effect.command] : []))
}

function notes({ effects }: Pick<CallStep, 'effects'>): CallNote[] {
  return effects.flatMap(effect =>
    effect.to === 'record' && effect.fact.fact === 'call-noted' ? [effect.fact.note] : [],
  )
}
