import { describe, expect, test } from 'vitest'
import type { AlarmKind } from '#database/types.ts'
import { asId } from '#kernel/ids.ts'
import type { FloorView } from '../supervision/index.ts'
import type { AlarmFigures, FloorNow } from './measures.ts'
import { type AlarmState, checkLimits, inOrder, type Limit, NO_ALARMS, nextAlarms } from './rules.ts'

type FloorSeat = FloorView['seats'][number]
type FloorQueue = FloorView['queues'][number]

const S = 1_000
const MIN = 60 * S
const T0 = Date.parse('2026-11-21T10:00:00.000Z')
const iso = (at: number) => new Date(at).toISOString()

function limit(kind: AlarmKind, given: Partial<Limit> = {}): Limit {
  const none = { queue: null, reason: null, notice: null, warning: null, serious: null, leastCalls: null }
  return { kind, ...none, active: true, ...given }
}

function seat(given: Partial<FloorSeat> = {}): FloorSeat {
  return {
    number: '1001',
    agentName: '林晓岚',
    agentNumber: '1001',
    state: 'ready',
    reason: null,
    since: iso(T0),
    phone: 'browser',
    registered: true,
    deskConnected: true,
    after: null,
    call: null,
    skills: {},
    whyNotOffered: [],
    ...given,
  }
}

/** Callers who came at these instants. */
function queue(cameAt: readonly number[], at: number, given: Partial<FloorQueue> = {}): FloorQueue {
  const callers = cameAt.map(came => ({
    callId: `call-${came - T0}`,
    callerNumber: '13907551234',
    lineName: null,
    waitedMs: at - came,
    priority: 0,
  }))
  const longestWaitMs = Math.max(0, ...callers.map(({ waitedMs }) => waitedMs))
  const names = { id: 'general', nameZh: '综合', nameEn: 'General', priority: 0 }
  return { ...names, waiting: callers.length, longestWaitMs, readySeats: 1, callers, ...given }
}

const QUIET: AlarmFigures = {
  serviceLevel15: { percent: null, calls: 0 },
  serviceLevel30: { percent: null, calls: 0 },
  serviceLevelToday: { percent: null, calls: 0 },
  answerRate24: { percent: null, calls: 0 },
  noAnswers: new Map(),
}

interface Scene {
  readonly seats?: readonly FloorSeat[]
  readonly queues?: readonly FloorQueue[]
  readonly figures?: Partial<AlarmFigures>
  readonly holds?: ReadonlyMap<string, number>
}

function floorAt(at: number, { seats = [], queues = [], figures = {}, holds = new Map() }: Scene): FloorNow {
  const view: FloorView = { at: iso(at), seats: [...seats], queues: [...queues], today: null }
  return { at, view, figures: { ...QUIET, ...figures }, holds }
}

/** The state after looking at each of the scenes, in their order. */
function looked(
  limits: readonly Limit[],
  looks: readonly (readonly [at: number, scene: Scene])[],
  from: AlarmState = NO_ALARMS,
): AlarmState {
  return looks.reduce((state, [at, scene]) => nextAlarms(state, floorAt(at, scene), limits), from)
}
const shown = (state: AlarmState) => [...state.active.values()].map(({ key, level }) => `${key} ${level}`)

describe('each kind', () => {
  const talking = (talkedMs: number, at: number) =>
    seat({
      state: 'talking',
      since: iso(T0 - MIN),
      call: {
        id: 'c',
        direction: 'inbound',
        callerNumber: '139',
        lineName: null,
        since: iso(at - talkedMs),
        purpose: 'call',
        watch: null,
      },
    })
  const at = T0 + 100 * MIN
  test.each<[AlarmKind, Partial<Limit>, Scene, Scene, string]>([
    [
      'caller-waits',
      { warning: MIN },
      { queues: [queue([at - MIN + 1], at)] },
      { queues: [queue([T0 + 99 * MIN], at)] },
      'caller-waits.call-5940000',
    ],
    [
      'longest-wait',
      { warning: MIN },
      { queues: [queue([at - MIN + 1], at)] },
      { queues: [queue([at - MIN, at - S], at)] },
      'longest-wait.general',
    ],
    [
      'callers-waiting',
      { warning: 2 },
      { queues: [queue([at], at)] },
      { queues: [queue([at, at - 1], at)] },
      'callers-waiting.general',
    ],
    [
      'nobody-ready',
      { warning: 0 },
      { queues: [queue([at], at)] },
      { queues: [queue([at], at, { readySeats: 0 })] },
      'nobody-ready.general',
    ],
    [
      'service-level-15-min',
      { warning: 90 },
      { figures: { serviceLevel15: { percent: 90, calls: 9 } } },
      { figures: { serviceLevel15: { percent: 89.9, calls: 9 } } },
      'service-level-15-min',
    ],
    [
      'service-level-30-min',
      { warning: 90 },
      { figures: { serviceLevel15: { percent: 1, calls: 9 } } },
      { figures: { serviceLevel30: { percent: 1, calls: 9 } } },
      'service-level-30-min',
    ],
    [
      'service-level-today',
      { warning: 90, leastCalls: 20 },
      { figures: { serviceLevelToday: { percent: 1, calls: 19 } } },
      { figures: { serviceLevelToday: { percent: 1, calls: 20 } } },
      'service-level-today',
    ],
    [
      'answer-rate-24-h',
      { warning: 95 },
      { figures: { answerRate24: { percent: null, calls: 0 } } },
      { figures: { answerRate24: { percent: 94, calls: 100 } } },
      'answer-rate-24-h',
    ],
    [
      'long-talk',
      { warning: 20 * MIN },
      // A long time at the seat, a short talk.
      { seats: [talking(20 * MIN - 1, at)] },
      { seats: [talking(20 * MIN, at)] },
      'long-talk.1001',
    ],
    [
      'long-hold',
      { warning: 2 * MIN },
      { seats: [talking(9 * MIN, at)], holds: new Map([['1001', at - 2 * MIN + 1]]) },
      { seats: [talking(9 * MIN, at)], holds: new Map([['1001', at - 2 * MIN]]) },
      'long-hold.1001',
    ],
    [
      'long-hold',
      { warning: 2 * MIN },
      { seats: [seat({ state: 'holding', since: iso(at - 2 * MIN + 1) })] },
      { seats: [seat({ state: 'holding', since: iso(at - 2 * MIN) })] },
      'long-hold.1001',
    ],
    [
      'long-talk',
      { warning: 20 * MIN },
      { seats: [{ ...talking(20 * MIN - 1, at), state: 'consulting' }] },
      { seats: [{ ...talking(20 * MIN, at), state: 'consulting' }] },
      'long-talk.1001',
    ],
    [
      'long-wrap-up',
      { warning: 5 * MIN },
      { seats: [seat({ state: 'wrap-up', since: iso(at - 5 * MIN + 1) })] },
      { seats: [seat({ state: 'wrap-up', since: iso(at - 5 * MIN) })] },
      'long-wrap-up.1001',
    ],
    [
      'long-not-ready',
      { warning: 15 * MIN },
      { seats: [seat({ state: 'not-ready', reason: 'break', since: iso(at - 15 * MIN + 1) })] },
      { seats: [seat({ state: 'not-ready', reason: 'break', since: iso(at - 15 * MIN) })] },
      'long-not-ready.1001',
    ],
    [
      'no-answers',
      { warning: 2 },
      { seats: [seat()], figures: { noAnswers: new Map([['1001', 1]]) } },
      { seats: [seat()], figures: { noAnswers: new Map([['1001', 2]]) } },
      'no-answers.1001',
    ],
    [
      'not-offered',
      { warning: 0 },
      // On a break the machine may be off.
      { seats: [seat({ state: 'not-ready', reason: 'break', whyNotOffered: ['desk-not-connected'] })] },
      { seats: [seat({ whyNotOffered: ['desk-not-connected'] })] },
      'not-offered.1001',
    ],
  ])('%s: none short of the limit, one at it', (kind, given, short, reached, key) => {
    expect(shown(looked([limit(kind, given)], [[at, short]]))).toEqual([])
    expect(shown(looked([limit(kind, given)], [[at, reached]]))).toEqual([`${key} warning`])
    expect(shown(looked([limit(kind, { ...given, active: false })], [[at, reached]]))).toEqual([])
  })

  test('unreachable and unserved count from when they began, and what passes by itself is none', () => {
    const limits = [limit('not-offered', { warning: 10 * S }), limit('nobody-ready', { warning: 60 * S })]
    const lost = (when: number): Scene => ({
      seats: [seat({ whyNotOffered: ['phone-not-registered'] })],
      queues: [queue([T0], when, { readySeats: 0 })],
    })
    expect(
      shown(
        looked(limits, [
          [at, lost(at)],
          [at + 9 * S, lost(at + 9 * S)],
        ]),
      ),
    ).toEqual([])
    const raised = looked(limits, [
      [at, lost(at)],
      [at + 60 * S, lost(at + 60 * S)],
    ])
    expect(shown(raised)).toEqual(['nobody-ready.general warning', 'not-offered.1001 warning'])
    expect([...raised.active.values()].map(({ since }) => since)).toEqual([at, at])
    const again = looked(limits, [
      [at, lost(at)],
      [at + 9 * S, { seats: [seat()] }],
      [at + 12 * S, lost(at + 12 * S)],
    ])
    expect(shown(again)).toEqual([])
  })
})

describe('hysteresis', () => {
  const limits = [limit('service-level-15-min', { notice: 95, warning: 90, serious: 80 })]
  const level = (percent: number): Scene => ({ figures: { serviceLevel15: { percent, calls: 50 } } })
  const alarmOf = (state: AlarmState) => [...state.active.values()][0]

  test('a value that trembles about its limit is one alarm with one id', () => {
    const looks = Array.from({ length: 120 }, (_, i) => [T0 + i * S, level(i % 2 ? 90.9 : 89.9)] as const)
    const ids = new Set<string>()
    let state = NO_ALARMS
    for (const look of looks) {
      state = looked(limits, [look], state)
      for (const { id, level: at } of state.active.values()) ids.add(`${id} ${at}`)
    }
    expect([...ids]).toEqual([`service-level-15-min.${T0} warning`])
  })

  test('back beyond the margin for the whole time: down a level, then gone', () => {
    const down = looked(limits, [
      [T0, level(89)],
      [T0 + S, level(93)],
      [T0 + 30 * S, level(93)],
    ])
    expect(alarmOf(down)?.level).toBe('warning')
    const eased = looked(limits, [[T0 + 31 * S, level(93)]], down)
    expect(alarmOf(eased)).toMatchObject({ level: 'notice', worst: 'warning', threshold: 95, peak: 89 })
    const relapsed = looked(
      limits,
      [
        [T0 + 40 * S, level(99)],
        [T0 + 60 * S, level(94)],
        [T0 + 75 * S, level(99)],
      ],
      eased,
    )
    expect(shown(relapsed)).toHaveLength(1)
    expect(shown(looked(limits, [[T0 + 104 * S, level(99)]], relapsed))).toHaveLength(1)
    expect(shown(looked(limits, [[T0 + 105 * S, level(99)]], relapsed))).toEqual([])
  })

  test('a limit of 100 percent can clear', () => {
    const all = [limit('answer-rate-24-h', { warning: 100 })]
    const rate = (percent: number): Scene => ({ figures: { answerRate24: { percent, calls: 50 } } })
    const looks = [
      [T0, rate(99.9)],
      [T0 + S, rate(100)],
      [T0 + 31 * S, rate(100)],
    ] as const
    expect(shown(looked(all, looks))).toEqual([])
  })

  test("a person's own time is over when it is over, and a queue's longest wait is not at once", () => {
    const both = [limit('caller-waits', { warning: MIN }), limit('longest-wait', { warning: MIN })]
    const at = T0 + 2 * MIN
    const raised = looked(both, [[at, { queues: [queue([T0], at)] }]])
    expect(shown(raised)).toHaveLength(2)
    const next = (when: number) => ({ queues: [queue([at - 40 * S], when)] })
    expect(shown(looked(both, [[at + S, next(at + S)]], raised))).toEqual(['longest-wait.general warning'])
    expect(
      shown(
        looked(
          both,
          [
            [at + S, {}],
            [at + 16 * S, {}],
          ],
          raised,
        ),
      ),
    ).toEqual([])
  })

  test('a higher level is taken at once and asks to be acknowledged anew', () => {
    const raised = looked(limits, [[T0, level(89)]])
    const by = { by: asId<never>('x'), name: '许明珠', at: T0, note: '' }
    const seen = new Map([...raised.active].map(([key, one]) => [key, { ...one, acknowledged: by }]))
    const same = looked(limits, [[T0 + S, level(88)]], { ...raised, active: seen })
    expect(alarmOf(same)?.acknowledged).toEqual(by)
    const worse = looked(limits, [[T0 + 2 * S, level(70)]], same)
    expect(alarmOf(worse)).toMatchObject({
      id: alarmOf(raised)?.id,
      level: 'serious',
      acknowledged: null,
      peak: 70,
    })
  })

  test('an edited limit clears what it no longer covers', () => {
    const waits = (warning: number) => [limit('caller-waits', { warning })]
    const at = T0 + 2 * MIN
    const scene = { queues: [queue([T0], at)] }
    const raised = looked(waits(MIN), [[at, scene]])
    expect(shown(looked(waits(5 * MIN), [[at, scene]], raised))).toEqual([])
    expect(shown(looked([], [[at, scene]], raised))).toEqual([])
  })
})

test('the limit of its own queue or reason goes before that of all, also to say that there is none', () => {
  const at = T0 + 20 * MIN
  const resting = { seats: [seat({ state: 'not-ready', reason: 'meal', since: iso(T0) })] }
  const all = limit('long-not-ready', { warning: 15 * MIN })
  expect(shown(looked([all], [[at, resting]]))).toHaveLength(1)
  const meal = limit('long-not-ready', { reason: 'meal', warning: 40 * MIN })
  expect(shown(looked([all, meal], [[at, resting]]))).toEqual([])
  expect(shown(looked([all, { ...meal, warning: 1, active: false }], [[at, resting]]))).toEqual([])
  const other = limit('caller-waits', { queue: 'leader', warning: 1 })
  expect(shown(looked([other], [[at, { queues: [queue([T0], at)] }]]))).toEqual([])
})

test('the most serious first, what someone sees to behind what nobody does', () => {
  const limits = [
    limit('long-wrap-up', { warning: 1, serious: 30 * MIN }),
    limit('callers-waiting', { warning: 1 }),
  ]
  const at = T0 + 20 * MIN
  const scene = (when: number): Scene => ({
    seats: [
      seat({ number: '1001', state: 'wrap-up', since: iso(T0) }),
      seat({ number: '1002', state: 'wrap-up', since: iso(T0 - 20 * MIN) }),
    ],
    queues: when === at ? [] : [queue([when], when)],
  })
  const state = looked(limits, [
    [at, scene(at)],
    [at + S, scene(at + S)],
  ])
  const keys = (given: AlarmState) => inOrder(given.active.values()).map(({ key }) => key)
  expect(keys(state)).toEqual(['long-wrap-up.1002', 'long-wrap-up.1001', 'callers-waiting.general'])
  const by = { by: asId<never>('x'), name: '', at, note: '' }
  const active = new Map(
    [...state.active].map(([key, one]) => [key, { ...one, acknowledged: key.endsWith('1001') ? by : null }]),
  )
  expect(keys({ ...state, active })).toEqual([
    'long-wrap-up.1002',
    'callers-waiting.general',
    'long-wrap-up.1001',
  ])
})

describe('limits that can be saved', () => {
  const known = { queues: new Set(['general']), reasons: new Set(['break']) }
  const problems = (...limits: readonly Limit[]) => {
    const outcome = checkLimits(limits, known)
    return outcome.ok ? {} : outcome.refusal.fields
  }
  test('names of our own, levels that get worse, no subject twice', () => {
    expect(problems(limit('caller-waits', { queue: 'general', warning: 1, serious: 2 }))).toEqual({})
    expect(problems(limit('service-level-today', { notice: 95, serious: 80, leastCalls: 5 }))).toEqual({})
    expect(problems(limit('long-talk', { active: false }))).toEqual({})
    expect(problems(limit('caller-waits', { queue: 'nowhere', warning: 1 }))).toEqual({
      '0.queue': 'unknown',
    })
    expect(
      problems(limit('long-talk', { queue: 'general', reason: 'break', leastCalls: 1, warning: 1 })),
    ).toEqual({
      '0.queue': 'not-a-field',
      '0.reason': 'not-a-field',
      '0.leastCalls': 'not-a-field',
    })
    expect(problems(limit('long-not-ready', { reason: 'nap', warning: 1 }))).toEqual({
      '0.reason': 'unknown',
    })
    expect(problems(limit('long-talk'))).toEqual({ '0.warning': 'required' })
    expect(problems(limit('long-talk', { warning: 5, serious: 5 }))).toEqual({ '0.serious': 'not-worse' })
    expect(problems(limit('service-level-today', { warning: 80, serious: 90 }))).toEqual({
      '0.serious': 'not-worse',
    })
    expect(problems(limit('answer-rate-24-h', { warning: 101 }))).toEqual({ '0.warning': 'above-100' })
    expect(problems(limit('long-talk', { warning: 1 }), limit('long-talk', { warning: 2 }))).toEqual({
      '1.kind': 'twice',
    })
  })
})
