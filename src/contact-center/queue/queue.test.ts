import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asId, type QueueId, type SkillId } from '#kernel/ids.ts'
import { callIn, queueRules } from '../../../tests/support/center.ts'
import type { Call } from '../call/call.ts'
import type { Seat } from '../seat/seat.ts'
import { newSeat } from '../seat/transition.ts'
import { headBefore, mayServe, pickSeats } from './pick.ts'
import { afterStep, dueStep, nextDueAt, placeIn, priorityOf } from './place.ts'
import type { EscalationStep, QueueBook, QueueRules, Strategy } from './queue-rules.ts'

const MINUTE = 60_000
const QUEUE = asId<QueueId>('general')
const OTHER = asId<QueueId>('other')
const DIALECT = asId<SkillId>('dialect')

const rules = queueRules
const book = (...queues: QueueRules[]): QueueBook => new Map(queues.map(queue => [queue.id, queue]))

function seat(number: number, change: Partial<Seat> & { level?: number; idleSince?: number } = {}): Seat {
  const { level = 0, idleSince = 0, ...rest } = change
  return {
    ...newSeat(asId(String(number)), 0),
    agent: {
      staff: asId(`s${number}`),
      number: asId(String(number)),
      name: '',
      skills: { [DIALECT]: level },
    },
    registered: true,
    deskConnected: true,
    state: { name: 'ready', since: idleSince, idleSince, deadlineAt: null },
    ...rest,
  }
}

function call(id = 'call'): Call {
  return callIn({ name: 'queued', since: 0, deadlineAt: null }, { id: asId(id), offers: 0 })
}

const PLACE = placeIn(QUEUE, 0, 0)

describe('strategies', () => {
  const seats = [
    seat(1003, { idleSince: 10, answered: 1, lastAnsweredAt: 5 }),
    seat(1001, { idleSince: 30, answered: 0, lastAnsweredAt: 9 }),
    seat(1002, { idleSince: 20, answered: 4, lastAnsweredAt: 1 }),
  ]
  const given = (strategy: Strategy, last: string | null = null) =>
    pickSeats(call(), PLACE, book(rules({ strategy })), seats, last === null ? null : asId(last))[0]?.number

  test.each([
    ['longest-idle', '1003'],
    ['least-recent', '1002'],
    ['fewest-calls', '1001'],
    ['linear', '1001'],
  ] as const)('%s gives the call to %s', (strategy, expected) => {
    expect(given(strategy)).toBe(expected)
  })

  test('rr-memory goes round, beginning behind the seat offered last', () => {
    expect(given('rr-memory')).toBe('1001')
    expect(given('rr-memory', '1001')).toBe('1002')
    expect(given('rr-memory', '1002')).toBe('1003')
    expect(given('rr-memory', '1003')).toBe('1001')
  })

  test('random is fair, and the same again when the journal is replayed', () => {
    const counts = new Map<string, number>()
    for (let index = 0; index < 3_000; index++) {
      const drawn = () =>
        pickSeats(call(`call-${index}`), PLACE, book(rules({ strategy: 'random' })), seats, null)[0]
          ?.number ?? ''
      expect(drawn()).toBe(drawn())
      counts.set(drawn(), (counts.get(drawn()) ?? 0) + 1)
    }
    for (const count of counts.values()) expect(count).toBeGreaterThan(850)
    expect(counts.size).toBe(3)
  })
})

describe('skills', () => {
  const needing = book(rules({ needs: [{ skill: DIALECT, level: 6 }] }), rules({ id: OTHER }))

  test('only who can is offered the caller', () => {
    const seats = [seat(1001), seat(1002, { level: 5 }), seat(1003, { level: 6 })]
    expect(pickSeats(call(), PLACE, needing, seats, null)[0]?.number).toBe('1003')
    expect(pickSeats(call(), PLACE, needing, seats.slice(0, 2), null)).toEqual([])
  })

  test('lowered levels let more serve, but never one without the skill', () => {
    expect(mayServe(seat(1002, { level: 5 }), { ...PLACE, lowered: 1 }, needing)).toBe(true)
    expect(mayServe(seat(1002, { level: 1 }), { ...PLACE, lowered: 99 }, needing)).toBe(true)
    expect(mayServe(seat(1001, { level: 0 }), { ...PLACE, lowered: 99 }, needing)).toBe(false)
  })

  test('an added queue brings its agents', () => {
    expect(mayServe(seat(1001), { ...PLACE, also: [OTHER] }, needing)).toBe(true)
  })

  test('nobody is offered a call whose phone or page is away', () => {
    expect(mayServe(seat(1001, { registered: false }), PLACE, book())).toBe(false)
    expect(mayServe(seat(1001, { deskConnected: false }), PLACE, book())).toBe(false)
  })
})

describe('priority', () => {
  test('waiting raises it: the longer wait passes a more urgent queue in time', () => {
    const patient = { place: placeIn(QUEUE, 0, 0), rules: rules({ ageingPerMinute: 1 }) }
    const urgent = { place: placeIn(OTHER, 5 * MINUTE, 5 * MINUTE), rules: rules({ id: OTHER, priority: 6 }) }
    expect(headBefore(urgent, patient, 5 * MINUTE)).toBeLessThan(0)
    const quick = { ...patient, rules: rules({ ageingPerMinute: 2 }) }
    expect(headBefore(quick, urgent, 8 * MINUTE)).toBeLessThan(0)
  })

  test('with the same ageing, the order of two callers never turns round', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.nat(20), fc.nat(20), fc.nat(1e7), (a, b, pa, pb, later) => {
        const one = { place: placeIn(QUEUE, a, a), rules: rules({ priority: pa }) }
        const two = { place: placeIn(OTHER, b, b), rules: rules({ priority: pb }) }
        const now = Math.max(a, b)
        expect(Math.sign(headBefore(one, two, now + later))).toBe(Math.sign(headBefore(one, two, now)))
      }),
    )
  })
})

describe('escalation', () => {
  const steps: readonly EscalationStep[] = [
    { afterMs: 10_000, do: 'lower-levels', by: 2 },
    { afterMs: 20_000, do: 'raise-priority', by: 5 },
    { afterMs: 30_000, do: 'add-queue', queue: OTHER },
    { afterMs: 40_000, do: 'overflow', queue: OTHER },
  ]
  const escalating = rules({ steps })

  test('each step falls due in its turn, counted from when the caller came into the queue', () => {
    let place = placeIn(QUEUE, 0, 1_000)
    expect(nextDueAt(place, escalating)).toBe(11_000)
    expect(dueStep(place, escalating, 10_999)).toBeNull()
    for (const step of steps) {
      const at = 1_000 + step.afterMs
      expect(dueStep(place, escalating, at)).toBe(step)
      place = afterStep(place, step, at)
    }
    // In the other queue the steps begin anew, and nothing of the wait is lost.
    expect(place).toEqual({ ...placeIn(OTHER, 0, 41_000), raised: 5 })
    expect(priorityOf(place, rules({ id: OTHER }), MINUTE)).toBe(6)
  })

  test('a queue that is added twice is added once', () => {
    const step = { afterMs: 0, do: 'add-queue', queue: OTHER } as const
    expect(afterStep(afterStep(PLACE, step, 0), step, 0).also).toEqual([OTHER])
  })
})
