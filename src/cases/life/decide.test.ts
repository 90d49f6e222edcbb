import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asId, type StaffId, type UnitId, type WorkOrderId } from '#kernel/ids.ts'
import { HOUR_MS, MINUTE_MS } from '#kernel/time.ts'
import type { Actor } from '../actor.ts'
import { RIGHTS, type Right } from '../rights.ts'
import type { Act } from './acts.ts'
import { newOrder } from './begin.ts'
import type { Context } from './context.ts'
import { decide } from './decide.ts'
import { ACT_NAMES, targetsOf } from './effect-needs.ts'
import { FIRST_TABLE } from './first-table.ts'
import { brokenIn } from './invariants.ts'
import { GRADES, ORDER_STATUSES, type Order, PRIORITIES } from './order.ts'

/** district > street > community, and two bureaus. */
const UPPER: Readonly<Record<string, string>> = { street: 'district', community: 'street' }
const UNITS = ['district', 'street', 'community', 'fire', 'police']
const unit = (name: string) => asId<UnitId>(name)
const staff = (name: string) => asId<StaffId>(name)

function person(name: string, city: readonly Right[], over: readonly string[] = []): Actor {
  const units = new Set(over.map(unit))
  const overUnits = new Map<Right, ReadonlySet<UnitId>>(
    over.length === 0
      ? []
      : [
          ['unit.handle', units],
          ['unit.lead', units],
        ],
  )
  return { kind: 'staff', staff: staff(name), name, city: new Set(city), overUnits }
}

const ACTORS = {
  agent: person('agent', ['order.register', 'order.dispatch']),
  dispatcher: person('dispatcher', ['order.read-all', 'order.dispatch', 'order.lead', 'order.override']),
  office: person('office', ['order.rule', 'order.grant', 'order.override', 'order.supervise', 'order.refer']),
  reviewer: person('reviewer', ['order.review', 'order.call-back']),
  district: person('district', [], ['district', 'street', 'community']),
  community: person('community', [], ['community']),
  fire: person('fire', [], ['fire']),
  police: person('police', [], ['police']),
  job: { kind: 'service', job: 'sweep' },
} as const satisfies Record<string, Actor>

function context(at: number, more: Partial<Context> = {}): Context {
  return {
    at,
    table: FIRST_TABLE,
    tookPart: true,
    isBelow(below, above) {
      for (let one = UPPER[below]; one !== undefined; one = UPPER[one]) if (one === above) return true
      return false
    },
    mergeTarget: 'in-hand',
    limitOf: kind => ({ unit: 'wall', ms: kind === 'sign' ? 30 * MINUTE_MS : 24 * HOUR_MS }),
    extensionOf: () => ({ times: 2, most: { unit: 'working-days', days: 7 }, leaderFrom: 2 }),
    dueOf: clock => clock.startedAt + 24 * HOUR_MS,
    afterWorkingDays: (from, days) => from + days * 24 * HOUR_MS,
    ...more,
  }
}

/** Acts one after another, each a minute later; the refusal of the first that is refused. */
function live(acts: readonly (readonly [Act, Actor])[], from?: Order, startAt = 0) {
  let order = from ?? newOrder(asId<WorkOrderId>('order'), { life: 1, limits: 1 })
  let at = startAt
  for (const [act, actor] of acts) {
    at += MINUTE_MS
    const outcome = decide(order, act, actor, context(at))
    if (!outcome.ok) return { order, at, refused: `${act.do}: ${outcome.refusal.code}` }
    order = outcome.value
  }
  return { order, at, refused: null }
}

const register: Act = { do: 'register', type: 'COMPLAINT', priority: 'P3', secret: false }
const to = (...names: string[]): Act => ({
  do: 'dispatch',
  reason: '目录第一条',
  to: names.map((name, index) => ({ unit: unit(name), role: index === 0 ? 'lead' : 'co', person: null })),
})
const sign = (name: string): Act => ({ do: 'sign', unit: unit(name) })
const giveBack = (name: string): Act => ({
  do: 'return',
  unit: unit(name),
  reason: '非本单位职责',
  duty: '三定方案第四条',
})
const accept = (name: string): Act => ({ do: 'accept-return', unit: unit(name), reason: '同意' })
const answer = (name: string): Act => ({ do: 'answer', unit: unit(name), text: '已清理', solved: true })
const { agent, dispatcher, office, reviewer, district, community, fire, police } = ACTORS
const BEGUN = [
  [register, agent],
  [to('fire'), dispatcher],
  [sign('fire'), fire],
] as const

describe('a life', () => {
  test('from registering to the archive', () => {
    const { order, refused } = live([
      ...BEGUN,
      [{ do: 'arrive', unit: unit('fire'), point: null }, fire],
      [answer('fire'), fire],
      [{ do: 'approve', note: '属实' }, reviewer],
      [{ do: 'rate', grade: 'good', solved: true, text: '满意' }, reviewer],
    ])
    expect(refused).toBeNull()
    expect(order).toMatchObject({ status: 'closed', closing: 'solved', grade: 'good' })
    const later = context(order.closedAt ?? 0, {})
    expect(decide(order, { do: 'archive' }, ACTORS.job, later)).toMatchObject({
      refusal: { code: 'archive-too-early' },
    })
    const month = context((order.closedAt ?? 0) + 31 * 24 * HOUR_MS)
    expect(decide(order, { do: 'archive' }, ACTORS.job, month)).toMatchObject({
      value: { status: 'archived' },
    })
  })

  test('the lead waits for every unit that works with it', () => {
    const begun = live([
      [register, agent],
      [to('fire', 'police'), dispatcher],
      [sign('fire'), fire],
      [answer('fire'), fire],
    ])
    expect(begun.refused).toBe('answer: co-units-open')
    const both = live(
      [
        [sign('police'), police],
        [answer('police'), police],
        [answer('fire'), fire],
      ],
      begun.order,
      begun.at,
    )
    expect(both.refused).toBeNull()
    expect(both.order.status).toBe('to-review')
  })

  test('goes four levels down, and its answer comes up the same way', () => {
    const down = (from: string, below: string): Act => ({
      do: 'pass-down',
      unit: unit(from),
      to: unit(below),
      note: '请尽快处理',
    })
    const { order, refused } = live([
      [register, agent],
      [to('district'), dispatcher],
      [sign('district'), district],
      [down('district', 'street'), district],
      [sign('street'), district],
      [down('street', 'community'), district],
      [sign('community'), community],
      [answer('community'), community],
      [answer('street'), district],
      [answer('district'), district],
    ])
    expect(refused).toBeNull()
    expect(order.status).toBe('to-review')
  })

  test('a first return is the dispatcher’s to accept, a second the office’s, a third a meeting’s', () => {
    const first = live([...BEGUN, [giveBack('fire'), fire], [accept('fire'), dispatcher]])
    expect(first.refused).toBeNull()
    expect(first.order).toMatchObject({ status: 'to-dispatch', returnedBy: ['fire'] })
    expect(live([[to('fire'), dispatcher]], first.order, first.at).refused).toBe('dispatch: unit-returned-it')
    const asked = live(
      [
        [to('police'), dispatcher],
        [giveBack('police'), police],
      ],
      first.order,
      first.at,
    )
    expect(live([[accept('police'), dispatcher]], asked.order, asked.at).refused).toBe(
      'accept-return: return-needs-ruling',
    )
    const third = live(
      [
        [accept('police'), office],
        [to('district'), dispatcher],
        [giveBack('district'), district],
      ],
      asked.order,
      asked.at,
    )
    expect(live([[accept('district'), office]], third.order, third.at).refused).toBe(
      'accept-return: return-needs-meeting',
    )
    const meet: Act = {
      do: 'meet',
      minutes: '联席会议纪要',
      to: [{ unit: unit('fire'), role: 'lead', person: null }],
    }
    const met = live(
      [
        [meet, office],
        [giveBack('fire'), fire],
      ],
      third.order,
      third.at,
    )
    expect(met.refused).toBe('return: return-binding')
    expect(met.order.status).toBe('to-sign')
  })

  test('who is not satisfied is served again, twice; then somebody stands behind it', () => {
    const round: (readonly [Act, Actor])[] = [
      [answer('fire'), fire],
      [{ do: 'approve', note: '属实' }, reviewer],
      [{ do: 'rate', grade: 'bad', solved: false, text: '没解决' }, reviewer],
    ]
    const twice = live([...BEGUN, ...round, ...round])
    expect(twice.refused).toBeNull()
    expect(twice.order).toMatchObject({ status: 'in-hand', reworks: 2, supervision: 0 })
    const thrice = live(round, twice.order, twice.at)
    expect(thrice.order).toMatchObject({ status: 'in-hand', reworks: 3, supervision: 2 })
    expect(
      live([[{ do: 'close', solved: false, reason: '已尽力' }, office]], thrice.order).order.closing,
    ).toBe('not-solved')
  })

  test('nobody reached at three different hours is an end of its own', () => {
    const toCall = live([...BEGUN, [answer('fire'), fire], [{ do: 'approve', note: '属实' }, reviewer]])
    const miss: Act = { do: 'miss-call-back', note: '无人接听' }
    const once = live([[miss, reviewer]], toCall.order, toCall.at)
    expect(live([[miss, reviewer]], once.order, once.at).refused).toBe('miss-call-back: call-back-too-soon')
    let { order, at } = once
    for (let more = 0; more < 2; more++) ({ order, at } = live([[miss, reviewer]], order, at + 3 * HOUR_MS))
    expect(order).toMatchObject({ status: 'closed', closing: 'unreachable' })
  })

  test('a step outside the table takes two', () => {
    const ask: Act = { do: 'ask-override', to: 'to-dispatch', reason: '派错' }
    const asked = live([...BEGUN, [ask, dispatcher]])
    expect(live([[{ do: 'agree-override' }, dispatcher]], asked.order).refused).toBe(
      'agree-override: other-person-needed',
    )
    expect(live([[{ do: 'agree-override' }, office]], asked.order, asked.at).order.status).toBe('to-dispatch')
  })

  test('merging stands the clocks still, and taking apart lets them go on', () => {
    const begun = live(BEGUN)
    const merged = live(
      [[{ do: 'merge', into: asId<WorkOrderId>('other'), reason: '同一件事' }, dispatcher]],
      begun.order,
      begun.at,
    )
    expect(merged.order.clocks.filter(({ stoppedAt }) => stoppedAt === null)).toHaveLength(2)
    const apart = live([[{ do: 'unmerge', reason: '并错' }, dispatcher]], merged.order, merged.at)
    expect(apart.order.status).toBe('in-hand')
    const [handle] = apart.order.clocks.filter(({ kind }) => kind === 'handle')
    expect(handle).toMatchObject({ pauses: [{ from: merged.at, to: apart.at }], stoppedAt: null })
  })
})

describe('whatever anybody tries', () => {
  const name = fc.constantFrom(...UNITS).map(unit)
  const text = fc.constantFrom('因为', '核实', ' ')
  const assignee = fc.record({
    unit: name,
    role: fc.constantFrom('lead', 'co'),
    person: fc.constant(null),
  })
  const days = fc.integer({ min: 1, max: 9 })
  const acts: fc.Arbitrary<Act> = fc.oneof(
    { arbitrary: fc.constant(register), weight: 3 },
    fc.record({ do: fc.constant('answer-directly'), text }),
    fc.record({ do: fc.constant('hand-to-emergency'), number: fc.constantFrom('110', '119') }),
    fc.record({ do: fc.constant('tell-legal-route'), route: text }),
    fc.record({ do: fc.constant('void'), reason: text }),
    {
      arbitrary: fc.record({
        do: fc.constant('dispatch'),
        to: fc.array(assignee, { minLength: 1, maxLength: 3 }),
        reason: text,
      }),
      weight: 6,
    },
    fc.record({ do: fc.constant('recall'), reason: text }),
    { arbitrary: fc.record({ do: fc.constant('sign'), unit: name }), weight: 6 },
    { arbitrary: fc.record({ do: fc.constant('return'), unit: name, reason: text, duty: text }), weight: 3 },
    { arbitrary: fc.record({ do: fc.constant('accept-return'), unit: name, reason: text }), weight: 3 },
    fc.record({ do: fc.constant('refuse-return'), unit: name, reason: text }),
    {
      arbitrary: fc.record({
        do: fc.constant('meet'),
        minutes: text,
        to: fc.array(assignee, { minLength: 1, maxLength: 2 }),
      }),
      weight: 4,
    },
    { arbitrary: fc.record({ do: fc.constant('pass-down'), unit: name, to: name, note: text }), weight: 3 },
    fc.record({ do: fc.constant('add-unit'), unit: name, reason: text }),
    fc.record({ do: fc.constant('contact'), unit: name, channel: text, text }),
    fc.record({
      do: fc.constant('arrive'),
      unit: name,
      point: fc.constant(null),
    }),
    {
      arbitrary: fc.record({ do: fc.constant('answer'), unit: name, text, solved: fc.boolean() }),
      weight: 6,
    },
    { arbitrary: fc.record({ do: fc.constant('approve'), note: text }), weight: 4 },
    fc.record({ do: fc.constant('send-back'), reason: text }),
    fc.record({ do: fc.constant('ask-extension'), unit: name, days, reason: text }),
    fc.record({ do: fc.constant('grant-extension') }),
    fc.record({ do: fc.constant('refuse-extension'), reason: text }),
    fc.record({
      do: fc.constant('ask-hold'),
      unit: fc.option(name),
      kind: fc.constantFrom('need-info', 'legal-procedure'),
      reason: text,
    }),
    fc.record({ do: fc.constant('grant-hold') }),
    fc.record({ do: fc.constant('refuse-hold'), reason: text }),
    { arbitrary: fc.record({ do: fc.constant('resume'), reason: text }), weight: 2 },
    { arbitrary: fc.record({ do: fc.constant('miss-call-back'), note: text }), weight: 4 },
    {
      arbitrary: fc.record({
        do: fc.constant('rate'),
        grade: fc.constantFrom(...GRADES),
        solved: fc.boolean(),
        text,
      }),
      weight: 4,
    },
    fc.record({ do: fc.constant('close'), solved: fc.boolean(), reason: text }),
    { arbitrary: fc.record({ do: fc.constant('reopen'), reason: text }), weight: 2 },
    fc.record({ do: fc.constant('supervise'), level: fc.constantFrom(1, 2, 3, 4, 5), reason: text }),
    fc.record({ do: fc.constant('end-supervision'), reason: text }),
    fc.record({
      do: fc.constant('change-priority'),
      priority: fc.constantFrom(...PRIORITIES),
      reason: text,
    }),
    fc.record({
      do: fc.constant('merge'),
      into: fc.constantFrom('order', 'other').map(id => asId<WorkOrderId>(id)),
      reason: text,
    }),
    { arbitrary: fc.record({ do: fc.constant('unmerge'), reason: text }), weight: 2 },
    fc.record({ do: fc.constant('note'), text }),
    fc.record({ do: fc.constant('archive') }),
    fc.record({ do: fc.constant('ask-override'), to: fc.constantFrom(...ORDER_STATUSES), reason: text }),
    fc.record({ do: fc.constant('agree-override') }),
    fc.record({ do: fc.constant('refuse-override'), reason: text }),
  ) as fc.Arbitrary<Act>
  // Somebody with every right reaches what a crowd of specialists seldom does by chance.
  const all = person('all', RIGHTS, UNITS)
  const actors = fc.oneof(
    { arbitrary: fc.constant<Actor>(all), weight: 2 },
    { arbitrary: fc.constantFrom<Actor[]>(...Object.values(ACTORS)), weight: 1 },
  )
  const step = fc.tuple(acts, actors, fc.integer({ min: 0, max: 48 }))
  const beginnings = fc.constantFrom(
    live([]),
    live(BEGUN),
    live([...BEGUN, [answer('fire'), fire]]),
    live([...BEGUN.slice(0, 2), [giveBack('fire'), fire]]),
  )

  test('an order is always whole, and a refusal changes nothing', () => {
    const seen = new Set<string>()
    const led = new Set<string>()
    fc.assert(
      fc.property(beginnings, fc.array(step, { minLength: 30, maxLength: 120 }), (begun, steps) => {
        let { order, at } = begun
        for (const [act, actor, hours] of steps) {
          at += hours * HOUR_MS
          const frozen = JSON.stringify(order)
          const outcome = decide(order, act, actor, context(at))
          expect(JSON.stringify(order)).toBe(frozen)
          if (!outcome.ok) continue
          const allowed = FIRST_TABLE.moves[act.do]
          expect(allowed.from).toContain(order.status)
          expect([...allowed.to, order.status]).toContain(outcome.value.status)
          if (outcome.value.status !== order.status) {
            expect(targetsOf(act.do, FIRST_TABLE)).toContain(outcome.value.status)
            led.add(`${act.do} → ${outcome.value.status}`)
          }
          order = outcome.value
          seen.add(order.status)
          expect(brokenIn(order)).toEqual([])
        }
      }),
      { numRuns: 1_000, seed: 12_345 },
    )
    // A walk that never gets anywhere would prove nothing.
    expect([...seen].sort()).toEqual([...ORDER_STATUSES].sort())
    // … nor would a target that no act ever leads to.
    const fixed = ACT_NAMES.filter(act => act !== 'unmerge' && act !== 'agree-override')
    const targets = fixed.flatMap(act => targetsOf(act, FIRST_TABLE).map(to => `${act} → ${to}`))
    expect(targets.filter(one => !led.has(one))).toEqual([])
  }, 60_000)
})
