import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cityDate,
  cityInstant,
  DAY_MS,
  daysAfter,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  weekdayOf,
} from '#kernel/time.ts'
import type { Clock, Limit } from './clock.ts'
import { balanceOf, earliestDue, instantsOf, stagesOf } from './instants.ts'
import { extend, pauseClocks, relimit, resumeClocks, startClock, stopClock } from './operations.ts'
import type { WorkTime } from './working-time.ts'

/** 国庆 2026: off from 1 to 7 October, Saturday the 10th worked in its stead. */
const time: WorkTime = {
  calendar: new Map([
    ...['01', '02', '05', '06', '07'].map((day): [string, { works: boolean }] => [
      `2026-10-${day}`,
      { works: false },
    ]),
    ['2026-10-10', { works: true }],
  ]),
  hours: [
    { from: '08:30', to: '12:00' },
    { from: '14:30', to: '17:30' },
  ],
}
const name = { kind: 'handle', unit: null } as const
const days = (count: number): Limit => ({ unit: 'working-days', days: count })
const wall = (ms: number): Limit => ({ unit: 'wall', ms })
/** `09-30 17:30` of 2026, on the city's clock. */
const at = (text: string): Instant => cityInstant(`2026-${text.slice(0, 5)}`, text.slice(6))
const started = (from: string, limit: Limit): readonly Clock[] => startClock([], name, limit, at(from))
const paused = (clocks: readonly Clock[], from: string, to: string) =>
  resumeClocks(pauseClocks(clocks, at(from), ['handle']), at(to))

function only(clocks: readonly Clock[]): Clock {
  const [clock] = clocks
  if (clock === undefined) throw new Error('no clock')
  return clock
}
const due = (clocks: readonly Clock[]) => instantsOf(only(clocks), time).due

describe('a limit in working days', () => {
  test.each([
    ['begins the day after; ends at close of business', '09-21 09:00', 1, '09-22 17:30'],
    ['a start late in the evening counts no otherwise', '09-21 23:59', 1, '09-22 17:30'],
    ['over a weekend', '09-25 09:00', 1, '09-28 17:30'],
    ['over the holiday, with the Saturday that is worked', '09-30 10:00', 3, '10-10 17:30'],
    ['from a day off', '10-03 12:00', 1, '10-08 17:30'],
  ])('%s', (_, start, count, end) => expect(due(started(start, days(count)))).toBe(at(end)))

  test('has a yellow card a working day before and a red one on the first after', () => {
    expect(instantsOf(only(started('09-24 18:00', days(5))), time)).toEqual({
      planned: at('10-08 17:30'),
      half: at('09-29 11:45'),
      most: at('09-30 17:30'),
      yellow: at('09-30 17:30'),
      due: at('10-08 17:30'),
      red: at('10-09 08:30'),
    })
  })

  test('of one day, begun after hours, has no day before', () => {
    expect(instantsOf(only(started('09-21 18:00', days(1))), time).yellow).toBeNull()
    expect(instantsOf(only(started('09-21 16:30', days(1))), time).yellow).toBe(at('09-21 17:30'))
  })
})

test('a limit on the wall runs through nights and holidays, turns red when it is due, and has no yellow', () => {
  expect(instantsOf(only(started('09-30 20:00', wall(24 * HOUR_MS))), time)).toEqual({
    planned: at('10-01 20:00'),
    half: at('10-01 08:00'),
    most: at('10-01 15:12'),
    yellow: null,
    due: at('10-01 20:00'),
    red: at('10-01 20:00'),
  })
})

describe('a pause', () => {
  test('moves the due by the working time in it', () => {
    expect(due(paused(started('09-21 09:00', days(2)), '09-22 11:00', '09-22 15:30'))).toBe(at('09-24 10:30'))
  })

  test('on the wall moves it by all of it', () => {
    expect(due(paused(started('09-21 09:00', wall(HOUR_MS)), '09-21 09:30', '09-22 09:30'))).toBe(
      at('09-22 10:00'),
    )
  })

  test.each([
    ['of no length', '09-22 11:00', '09-22 11:00'],
    ['over noon', '09-22 12:00', '09-22 14:30'],
    ['at night', '09-21 17:30', '09-22 08:30'],
    ['after the due', '09-24 09:00', '09-24 11:00'],
  ])('%s changes nothing', (_, from, to) => {
    const clocks = started('09-21 09:00', days(2))
    expect(instantsOf(only(paused(clocks, from, to)), time)).toEqual(instantsOf(only(clocks), time))
  })

  test('that stands: what lies behind it is not known; told what time it is, it is as if it went on now', () => {
    const clock = only(pauseClocks(started('09-21 18:00', days(4)), at('09-24 09:30'), ['handle']))
    expect(instantsOf(clock, time)).toEqual({
      planned: at('09-25 17:30'),
      half: at('09-23 17:30'),
      most: null,
      yellow: null,
      due: null,
      red: null,
    })
    expect(instantsOf(clock, time, at('09-25 09:30')).due).toBe(at('09-28 17:30'))
    expect(earliestDue([clock], time)).toBeNull()
  })
})

describe('an extension', () => {
  test('adds its days to those of the limit; planned stays', () => {
    const clock = only(extend(started('09-21 09:00', days(2)), name, days(3)))
    expect(instantsOf(clock, time)).toMatchObject({ planned: at('09-23 17:30'), due: at('09-28 17:30') })
  })

  test('granted in the other unit counts day for day', () => {
    expect(due(extend(started('09-21 09:00', days(1)), name, wall(24 * HOUR_MS)))).toBe(at('09-23 17:30'))
    expect(due(extend(started('09-21 09:00', wall(HOUR_MS)), name, days(1)))).toBe(at('09-22 10:00'))
  })
})

describe('stages', () => {
  test('come in order, the due before the red; escalation counts from the start', () => {
    const sign = only(startClock([], { kind: 'sign', unit: null }, wall(30 * MINUTE_MS), at('09-21 22:30')))
    expect(stagesOf(sign, time, [30 * MINUTE_MS, 60 * MINUTE_MS])).toEqual([
      { stage: 'half', at: at('09-21 22:45') },
      { stage: 'most', at: at('09-21 22:54') },
      { stage: 'due', at: at('09-21 23:00') },
      { stage: 'red', at: at('09-21 23:00') },
      { stage: 'escalate-1', at: at('09-21 23:00') },
      { stage: 'escalate-2', at: at('09-21 23:30') },
    ])
  })

  test('end with the clock: one stopped in the instant of its due was in time', () => {
    const stopped = stopClock(started('09-21 09:00', wall(HOUR_MS)), name, at('09-21 10:00'))
    expect(stagesOf(only(stopped), time, []).map(({ stage }) => stage)).toEqual(['half', 'most'])
  })
})

/** What went wrong elsewhere, told by those who use it; only what happened is taken from the reports. */
describe('bugs of others', () => {
  test('GLPI #6902, #15605, #16383: waiting time is forgotten when another priority brings another limit', () => {
    const waited = paused(started('09-21 09:00', wall(4 * HOUR_MS)), '09-21 10:00', '09-23 10:00')
    const urgent = relimit(waited, () => wall(2 * HOUR_MS))
    expect(due(urgent)).toBe(at('09-23 11:00'))
    expect(balanceOf(only(urgent), time, at('09-23 10:30'))).toMatchObject({ used: 1.5 * HOUR_MS })
  })

  test('GLPI #10594, #14937: waiting over a weekend lengthens a limit in days by the weekend', () => {
    const clocks = paused(started('09-24 09:00', days(2)), '09-25 17:00', '09-28 09:00')
    expect(due(clocks)).toBe(at('09-29 09:30'))
  })

  test('GLPI #9082: after waiting it is due outside working hours', () => {
    const clocks = paused(started('09-21 09:00', days(1)), '09-22 14:30', '09-22 17:30')
    expect(due(clocks)).toBe(at('09-23 11:30'))
  })

  test('GLPI #24481: it is violated while it waits', () => {
    const waiting = pauseClocks(started('09-21 09:00', wall(HOUR_MS)), at('09-21 09:59'), ['handle'])
    expect(instantsOf(only(waiting), time)).toMatchObject({ due: null, red: null })
    expect(stagesOf(only(waiting), time, []).map(({ stage }) => stage)).toEqual(['half', 'most'])
  })

  test('GLPI #15948: the share that has run grows while it waits', () => {
    const waiting = only(pauseClocks(started('09-21 09:00', wall(HOUR_MS)), at('09-21 09:15'), ['handle']))
    const share = (now: string) =>
      balanceOf(waiting, time, at(now)).used / balanceOf(waiting, time, at(now)).allowed
    expect([share('09-21 09:15'), share('09-21 12:00')]).toEqual([0.25, 0.25])
  })

  test('GLPI #687: begun outside the hours, no time is counted at all', () => {
    const clock = only(started('09-26 20:00', days(2)))
    expect(balanceOf(clock, time, at('09-28 12:00'))).toEqual({
      allowed: 13 * HOUR_MS,
      used: 3.5 * HOUR_MS,
      left: 9.5 * HOUR_MS,
    })
  })

  test('GLPI #15429: what should be told before the due is told at the start', () => {
    const [first] = stagesOf(only(started('09-21 09:00', days(10))), time, [])
    expect(first).toEqual({ stage: 'half', at: at('09-28 12:00') })
  })

  test('Frappe Helpdesk #1554: paused on the screen, it runs on underneath', () => {
    const clocks = paused(started('09-21 09:00', wall(HOUR_MS)), '09-21 09:20', '09-21 15:20')
    expect(balanceOf(only(clocks), time, at('09-21 15:20')).left).toBe(40 * MINUTE_MS)
  })

  test('Frappe Helpdesk #2449: the time held is put before the start, which misses holidays', () => {
    const clocks = paused(started('09-29 18:00', days(1)), '09-30 08:30', '09-30 17:30')
    expect(due(clocks)).toBe(at('10-08 17:30'))
  })

  test('Frappe Helpdesk #2212: it runs over the rest at noon', () => {
    const clock = only(started('09-21 11:59', days(1)))
    expect(balanceOf(clock, time, at('09-21 14:31')).used).toBe(2 * MINUTE_MS)
  })

  test('ERPNext #28995: due while it is held; ERPNext #49414: held at night, due later', () => {
    const clocks = started('09-21 09:00', days(1))
    expect(due(pauseClocks(clocks, at('09-21 17:30'), ['handle']))).toBeNull()
    expect(due(paused(clocks, '09-21 17:30', '09-22 08:30'))).toBe(at('09-22 17:30'))
  })

  test('ERPNext #28550: held and then closed, the time held counts; solved in time, it fails when opened again', () => {
    const held = pauseClocks(started('09-21 09:00', wall(HOUR_MS)), at('09-21 09:30'), ['handle'])
    const closed = stopClock(held, name, at('09-21 18:00'))
    const again = startClock(closed, name, wall(HOUR_MS), at('09-30 09:00'))
    expect(balanceOf(only(again), time, at('09-30 09:00'))).toMatchObject({ used: 30 * MINUTE_MS })
    expect(stagesOf(only(again), time, []).map(({ stage }) => stage)).toEqual(['half'])
  })
})

describe('whatever happens', () => {
  const FROM = at('09-24 00:00')
  const minute = (most: number) => fc.integer({ min: 0, max: most }).map(count => count * MINUTE_MS)
  const instant = minute(12 * 24 * 60).map(ms => FROM + ms)
  const limit = fc.oneof(
    fc.integer({ min: 1, max: 5 }).map(days),
    fc.integer({ min: 1, max: 3_000 }).map(count => wall(count * MINUTE_MS)),
  )
  const pause = fc.record({ from: instant, length: minute(3 * 24 * 60) })
  const clock = fc
    .record({
      startedAt: instant,
      limit,
      extensions: fc.array(limit, { maxLength: 2 }),
      pauses: fc.array(pause, { maxLength: 3 }),
    })
    .map(
      ({ pauses, ...rest }): Clock => ({
        kind: 'handle',
        unit: null,
        ...rest,
        pauses: pauses.map(({ from, length }) => ({ from, to: from + length })),
        stoppedAt: null,
      }),
    )

  test('it is due when a count of single minutes says so', () => {
    fc.assert(
      fc.property(clock, one => {
        expect(instantsOf(one, time).due).toBe(countedDue(one))
      }),
      { numRuns: 60 },
    )
  })

  test('time used and time left are the time allowed; nothing is left when it is due', () => {
    fc.assert(
      fc.property(clock, instant, (one, now) => {
        const { allowed, used, left } = balanceOf(one, time, now)
        expect(used + left).toBe(allowed)
        expect(balanceOf(one, time, instantsOf(one, time).due ?? 0).left).toBe(0)
      }),
    )
  })

  test('another limit and back again is as if nothing had been; what ran stays what ran', () => {
    fc.assert(
      fc.property(clock, limit, instant, (one, other, now) => {
        const changed = relimit([one], () => other)
        expect(relimit(changed, () => one.limit)).toEqual([one])
        if (other.unit !== one.limit.unit) return
        expect(balanceOf(only(changed), time, now).used).toBe(balanceOf(one, time, now).used)
      }),
    )
  })

  test('one pause, two that touch, or the two the other way round are the same', () => {
    fc.assert(
      fc.property(clock, instant, minute(5_000), minute(5_000), (one, from, first, second) => {
        const [a, b] = [
          { from, to: from + first },
          { from: from + first, to: from + first + second },
        ]
        const whole = { ...one, pauses: [...one.pauses, { from, to: from + first + second }] }
        const expected = instantsOf(whole, time)
        expect(instantsOf({ ...one, pauses: [...one.pauses, a, b] }, time)).toEqual(expected)
        expect(instantsOf({ ...one, pauses: [b, a, ...one.pauses] }, time)).toEqual(expected)
      }),
    )
  })

  test('pausing, another limit and an extension come to the same in any order', () => {
    const step = fc.shuffledSubarray(['pause', 'relimit', 'extend'] as const, { minLength: 3 })
    fc.assert(
      fc.property(
        instant,
        limit,
        limit,
        limit,
        minute(5_000),
        minute(5_000),
        step,
        (start, first, other, by, wait, length, order) => {
          const act = {
            pause: (clocks: readonly Clock[]) =>
              resumeClocks(pauseClocks(clocks, start + wait, ['handle']), start + wait + length),
            relimit: (clocks: readonly Clock[]) => relimit(clocks, () => other),
            extend: (clocks: readonly Clock[]) => extend(clocks, name, by),
          }
          const begun = startClock([], name, first, start)
          const one = order.reduce((clocks, what) => act[what](clocks), begun)
          expect(one).toEqual(act.extend(act.relimit(act.pause(begun))))
        },
      ),
    )
  })

  test('one more pause never makes it due earlier', () => {
    fc.assert(
      fc.property(clock, instant, minute(5_000), (one, from, length) => {
        const before = instantsOf(one, time).due ?? 0
        const after =
          instantsOf({ ...one, pauses: [...one.pauses, { from, to: from + length }] }, time).due ?? 0
        expect(after).toBeGreaterThanOrEqual(before)
      }),
    )
  })
})

/** By counting minute after minute, with nothing taken from the code that it is held against. */
function countedDue({ startedAt, limit, extensions, pauses }: Clock): Instant {
  const works = (now: Instant) => {
    const day = cityDate(now)
    const minute = (now - cityInstant(day, '00:00')) / MINUTE_MS
    const open = time.calendar.get(day)?.works ?? weekdayOf(day) < 6
    return open && ((minute >= 510 && minute < 720) || (minute >= 870 && minute < 1_050))
  }
  const counts = (now: Instant) => limit.unit === 'wall' || works(now)
  let allowed = 0
  if (limit.unit === 'wall') {
    allowed = limit.ms / MINUTE_MS
    for (const by of extensions) allowed += by.unit === 'wall' ? by.ms / MINUTE_MS : by.days * 24 * 60
  } else {
    let left = limit.days
    let onWall = 0
    for (const by of extensions) {
      if (by.unit === 'wall') onWall += by.ms
      else left += by.days
    }
    left += Math.ceil(onWall / DAY_MS)
    let day = cityDate(startedAt)
    while (left > 0) {
      day = daysAfter(day, 1)
      if (works(cityInstant(day, '09:00'))) left -= 1
    }
    for (let now = startedAt; now < cityInstant(day, '23:59'); now += MINUTE_MS) if (works(now)) allowed += 1
  }
  const waits = (now: Instant) =>
    pauses.some(({ from, to }) => from <= now && now < (to ?? Number.POSITIVE_INFINITY))
  let now = startedAt
  for (let run = 0; run < allowed; now += MINUTE_MS) if (counts(now) && !waits(now)) run += 1
  return now
}
