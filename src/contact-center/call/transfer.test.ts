import { describe, expect, test } from 'vitest'
import { asId, bridgeId, outsideLegId, playbackId, sideBridgeId } from '#kernel/ids.ts'
import { CALL, callIn, queueRules, RULES, seatLeg } from '../../../tests/support/center.ts'
import { testMatrix } from '../../../tests/support/matrix.ts'
import type { CallNote, Effect, OutsideTarget } from '../events.ts'
import type { QueueBook } from '../queue/queue-rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Aside, CallState } from './call.ts'
import { transitionCall } from './transition.ts'

const NOW = 1_000_000
const LEG = asId<never>('caller-leg')
const [TO, THIRD] = [seatLeg(1), seatLeg(2)]
const OUT = outsideLegId(CALL, 1)
const SAYING = playbackId(CALL, 'transferring')
const BOOK: QueueBook = new Map([[asId<never>('general'), queueRules()]])
const SEAT = { kind: 'seat', seat: THIRD.seat } as const
const BUREAU: OutsideTarget = { kind: 'outside', number: '089868700000', name: '水务局', emergency: false }

type Talking = Extract<CallState, { name: 'talking' }>
function talking(aside: Aside | null, deadlineAt: number | null = null): Talking {
  return { name: 'talking', to: TO, since: 1, held: false, muted: false, aside, deadlineAt }
}
function withSeat(stage: Aside['stage'], how: Aside['how'] = 'consult'): Talking {
  return talking({ target: SEAT, to: THIRD, leg: THIRD.leg, how, stage })
}
function withBureau(stage: Aside['stage'], how: Aside['how'] = 'consult'): Talking {
  return talking({ target: BUREAU, to: null, leg: OUT, how, stage }, stage === 'ringing' ? 2 : null)
}

const STATES: Record<string, CallState> = {
  alone: talking(null),
  'seat-rings': withSeat('ringing'),
  'seat-rings-3way': withSeat('ringing', 'conference'),
  'with-seat': withSeat('consulting'),
  'seat-waits': withSeat('swapped'),
  'seat-3way': withSeat('merged'),
  'out-rings': withBureau('ringing'),
  'out-rings-3way': withBureau('ringing', 'conference'),
  'with-out': withBureau('consulting'),
  'out-waits': withBureau('swapped'),
  'out-3way': withBureau('merged', 'conference'),
  forwarding: { name: 'forwarding', target: BUREAU, leg: OUT, from: TO, playing: SAYING, deadlineAt: 2 },
  forwarded: { name: 'forwarded', target: BUREAU, leg: OUT, since: 1 },
}

const asks = (target: typeof SEAT | OutsideTarget, how: 'blind' | 'consult' | 'conference'): CallSignal => ({
  type: 'transfer-requested',
  leg: TO.leg,
  target,
  how,
  to: target.kind === 'seat' && how !== 'blind' ? THIRD : null,
})

const SIGNALS: Record<string, CallSignal> = {
  'blind-seat': asks(SEAT, 'blind'),
  'blind-out': asks(BUREAU, 'blind'),
  'consult-seat': asks(SEAT, 'consult'),
  'consult-out': asks(BUREAU, 'consult'),
  '3way-out': asks(BUREAU, 'conference'),
  'seat-up': { type: 'seat-answered', leg: THIRD.leg, agent: asId('1002') },
  'seat-gone': { type: 'seat-gone', leg: THIRD.leg, reason: 'no-answer' },
  'seat-hangs-up': { type: 'hang-up-requested', leg: THIRD.leg },
  'out-up': { type: 'outside-answered', leg: OUT },
  'out-gone': { type: 'outside-gone', leg: OUT, cause: 'busy' },
  swap: { type: 'transfer-act-requested', leg: TO.leg, act: 'swap' },
  merge: { type: 'transfer-act-requested', leg: TO.leg, act: 'merge' },
  complete: { type: 'transfer-act-requested', leg: TO.leg, act: 'complete' },
  cancel: { type: 'transfer-act-requested', leg: TO.leg, act: 'cancel' },
  'agent-leaves': { type: 'hang-up-requested', leg: TO.leg },
  'agent-gone': { type: 'seat-gone', leg: TO.leg, reason: 'dropped' },
  hold: { type: 'hold-requested', leg: TO.leg },
  deadline: { type: 'deadline-passed', outlook: null },
  'caller-gone': { type: 'caller-gone', blame: 'caller', cause: 'normal' },
}

/** What it comes to: who speaks with whom. `with-…` the agent, `2:` the citizen with the third party. */
function told(state: CallState | undefined): string {
  if (state === undefined) return 'gone'
  if (state.name !== 'talking')
    return state.name === 'offered' ? `offered-${state.ring[0]?.seat}` : state.name
  if (state.to.leg === THIRD.leg) return 'handed-on'
  const { aside, held } = state
  if (aside === null) return held ? 'holding' : 'alone'
  const who = aside.to === null ? 'out' : 'seat'
  switch (aside.stage) {
    case 'ringing':
      return aside.how === 'consult' ? `${who}-rings` : `${who}-rings-3way`
    case 'consulting':
      return `with-${who}`
    case 'swapped':
      return `${who}-waits`
    case 'merged':
      return `${who}-3way`
  }
}

/** `=`: nothing changes. */
const MATRIX = `
  state            blind-seat  blind-out   consult-seat  consult-out  3way-out        seat-up    seat-gone  seat-hangs-up  out-up     out-gone  swap        merge      complete      cancel  agent-leaves  agent-gone    hold     deadline  caller-gone
  alone            queued      forwarding  seat-rings    out-rings    out-rings-3way  =          =          =              =          =         =           =          =             =       ending        ending        holding  =         gone
  seat-rings       =           =           =             =            =               with-seat  alone      alone          =          =         =           =          offered-1002  alone   offered-1002  offered-1002  =        alone     gone
  seat-rings-3way  =           =           =             =            =               seat-3way  alone      alone          =          =         =           =          offered-1002  alone   offered-1002  offered-1002  =        alone     gone
  with-seat        =           =           =             =            =               =          alone      alone          =          =         seat-waits  seat-3way  handed-on     alone   handed-on     handed-on     =        =         gone
  seat-waits       =           =           =             =            =               =          alone      alone          =          =         with-seat   seat-3way  handed-on     alone   ending        ending        =        =         gone
  seat-3way        =           =           =             =            =               =          alone      alone          =          =         =           =          handed-on     alone   handed-on     handed-on     =        =         gone
  out-rings        =           =           =             =            =               =          =          =              with-out   alone     =           =          forwarding    alone   forwarding    forwarding    =        alone     gone
  out-rings-3way   =           =           =             =            =               =          =          =              out-3way   alone     =           =          forwarding    alone   forwarding    forwarding    =        alone     gone
  with-out         =           =           =             =            =               =          =          =              =          alone     out-waits   out-3way   forwarded     alone   forwarded     forwarded     =        =         gone
  out-waits        =           =           =             =            =               =          =          =              =          alone     with-out    out-3way   forwarded     alone   ending        ending        =        =         gone
  out-3way         =           =           =             =            =               =          =          =              =          alone     =           =          forwarded     alone   forwarded     forwarded     =        =         gone
  forwarding       =           =           =             =            =               =          =          =              forwarded  queued    =           =          =             =       =             =             =        queued    gone
  forwarded        =           =           =             =            =               =          =          =              =          ending    =           =          =             =       =             =             =        =         gone`

testMatrix(MATRIX, STATES, SIGNALS, ({ state, signal, says }) => {
  const step = transitionCall(callIn(state), signal, NOW, BOOK, RULES)
  if (says === '=') expect(step.next?.state).toEqual(state)
  else expect(told(step.next?.state)).toBe(says)
})

describe('who hears whom', () => {
  const MAIN = bridgeId(CALL)
  const SIDE = sideBridgeId(CALL)
  const commandsOf = (state: string, signal: string) => {
    const [from, by] = [STATES[state], SIGNALS[signal]]
    if (from === undefined || by === undefined) throw new Error('not in the table')
    return commands(transitionCall(callIn(from), by, NOW, BOOK, RULES).effects)
  }

  test('while the third party rings the citizen hears music and the agent the ringing', () => {
    expect(commandsOf('alone', 'consult-out')).toMatchObject([
      { do: 'unbridge', bridge: MAIN, leg: TO.leg },
      { do: 'start-music', leg: LEG },
      { do: 'start-ringback', leg: TO.leg },
      { do: 'dial-out', leg: OUT, number: BUREAU.number, shows: '12345', records: false },
    ])
  })

  test('in a three-way call the talk goes on while the third party rings', () => {
    expect(commandsOf('alone', '3way-out')).toMatchObject([{ do: 'dial-out' }])
    expect(commandsOf('out-rings-3way', 'out-up')).toMatchObject([
      { do: 'bridge', bridge: MAIN, legs: [OUT] },
    ])
  })

  test('the consultation is apart from the citizen', () => {
    expect(commandsOf('out-rings', 'out-up')).toMatchObject([
      { do: 'stop-ringback', leg: TO.leg },
      { do: 'bridge', bridge: SIDE, legs: [TO.leg, OUT] },
    ])
  })

  test('swapping, merging and completing move legs, and the citizen never leaves the bridge', () => {
    expect(commandsOf('with-out', 'swap')).toMatchObject([
      { do: 'stop-music', leg: LEG },
      { do: 'bridge', bridge: MAIN, legs: [TO.leg] },
      { do: 'start-music', leg: OUT },
    ])
    expect(commandsOf('with-out', 'merge')).toMatchObject([
      { do: 'stop-music', leg: LEG },
      { do: 'bridge', bridge: MAIN, legs: [TO.leg, OUT] },
      { do: 'destroy-bridge', bridge: SIDE },
    ])
    expect(commandsOf('with-out', 'complete')).toMatchObject([
      { do: 'stop-music', leg: LEG },
      { do: 'bridge', bridge: MAIN, legs: [OUT] },
      { do: 'destroy-bridge', bridge: SIDE },
    ])
  })

  test('a third party that is not needed is hung up', () => {
    expect(commandsOf('with-out', 'cancel')).toContainEqual({
      do: 'hang-up',
      call: CALL,
      leg: OUT,
      cause: 'normal',
    })
    expect(commandsOf('out-3way', 'caller-gone')).toContainEqual(
      expect.objectContaining({ do: 'hang-up', leg: OUT }),
    )
  })

  test('a citizen whom nobody outside answers hears so and is in the queue again', () => {
    const from = STATES.forwarding
    if (from === undefined) throw new Error('not in the table')
    const back = transitionCall(
      callIn(from),
      { type: 'outside-gone', leg: OUT, cause: 'busy' },
      NOW,
      BOOK,
      RULES,
    )
    expect(commands(back.effects)).toContainEqual(
      expect.objectContaining({ do: 'play', prompts: ['transfer-failed'] }),
    )
    expect(back.next).toMatchObject({ state: { name: 'queued' }, place: { since: 1 } })
    expect(notes(back.effects)).toContainEqual({ kind: 'transfer-failed', target: '水务局', reason: 'busy' })
  })

  test('the sentence on the way outside ends with the way: a PBX keeps a leg in its bridge until it is over', () => {
    const stop = { do: 'stop-play', call: CALL, leg: LEG, playback: SAYING }
    expect(commandsOf('forwarding', 'out-up')).toContainEqual(stop)
    expect(commandsOf('forwarding', 'deadline')).toContainEqual(stop)
    const from = STATES.forwarding
    if (from === undefined) throw new Error('not in the table')
    const said = { type: 'prompt-finished', playback: SAYING, played: true } as const
    const { next, effects } = transitionCall(callIn(from), said, NOW, BOOK, RULES)
    expect(commands(effects)).toEqual([{ do: 'start-music', call: CALL, leg: LEG }])
    expect(next?.state).toEqual({ ...from, playing: null })
  })

  test('heard again after a gap, what is to be silent is silenced before music or ringing begins', () => {
    const sounds = (state: CallState, leg: string) =>
      commands(transitionCall(callIn(state), { type: 'found-alive' }, NOW, BOOK, RULES).effects)
        .filter(command => 'leg' in command && command.leg === leg)
        .map(command => command.do)
    const held = { ...talking(null), held: true }
    expect(sounds(held, LEG)).toEqual(['stop-ringback', 'start-music', 'unmute'])
    expect(sounds(withBureau('ringing'), TO.leg)).toEqual(['stop-music', 'start-ringback', 'unmute'])
    expect(sounds(withBureau('swapped'), OUT)).toEqual(['stop-ringback', 'start-music', 'unmute'])
    expect(sounds(talking(null), LEG)).toEqual(['stop-music', 'stop-ringback', 'unmute'])
  })

  test('an emergency is marked on the timeline', () => {
    const police: OutsideTarget = { kind: 'outside', number: '110', name: '110', emergency: true }
    const step = transitionCall(callIn(talking(null)), asks(police, 'conference'), NOW, BOOK, RULES)
    expect(notes(step.effects)).toContainEqual({
      kind: 'transfer-started',
      seat: TO.seat,
      how: 'conference',
      target: '110',
      emergency: true,
    })
  })

  test('only the agent of the call may do any of it', () => {
    for (const signal of Object.values(SIGNALS)) {
      if (!signal.type.endsWith('-requested') || signal.type === 'hang-up-requested') continue
      const stranger = { ...signal, leg: asId<never>('call-seat-7') } as CallSignal
      for (const state of Object.values(STATES)) {
        expect(transitionCall(callIn(state), stranger, NOW, BOOK, RULES).next?.state).toEqual(state)
      }
    }
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
