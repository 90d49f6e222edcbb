import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { erlangB, erlangC, type Load, performance } from './erlang.ts'
import { agentsNeeded, around, type Goal } from './staffing.ts'

const HOUR_S = 3_600

function hourly(calls: number, ahtS: number, patienceS: number | null = null): Load {
  return { arrivalRate: calls / HOUR_S, ahtS, patienceS }
}

function goal(serviceLevel: number, withinS: number, maxOccupancy = 1): Goal {
  return { serviceLevel, withinS, maxOccupancy }
}

describe('Erlang C', () => {
  test('known values', () => {
    expect(erlangB(10, 12)).toBeCloseTo(0.1197, 4)
    expect(erlangC(10, 12)).toBeCloseTo(0.4494, 4)
    expect(erlangC(12, 12)).toBe(1)
  })

  // The traffic alone does not settle the service level: how fast a queue moves depends on the handling time.
  test.each([
    ['40 E: 600 calls an hour of 240 s', hourly(600, 240), [46, 50, 54]],
    ['583⅓ E: 7,000 calls an hour of 300 s', hourly(7_000, 300), [597, 611, 623]],
  ])('%s at 80/20, 95/15 and 99/15', (_, load, agents) => {
    const goals = [goal(0.8, 20), goal(0.95, 15), goal(0.99, 15)]
    expect(goals.map(wanted => agentsNeeded(load, wanted))).toEqual(agents)
  })

  test('100 E, 2,400 calls an hour of 150 s, at 95/15', () => {
    expect(agentsNeeded(hourly(2_400, 150), goal(0.95, 15))).toBe(113)
  })

  test('48 calls a minute of a minute each, 50 agents', () => {
    const { asaS, serviceLevel, occupancy } = performance(hourly(48 * 60, 60), 50, 58.1)
    expect(asaS).toBeCloseTo(20.8, 1)
    expect(serviceLevel).toBeCloseTo(0.9, 3)
    expect(occupancy).toBe(0.96)
  })

  test('a queue that grows without end', () => {
    expect(performance(hourly(600, 240), 40, 15)).toEqual({
      waitProbability: 1,
      serviceLevel: 0,
      asaS: null,
      occupancy: 1,
      abandonment: 0,
    })
  })
})

describe('Erlang A', () => {
  test('48 calls a minute of a minute each, 50 agents, patience of two minutes', () => {
    const found = performance(hourly(48 * 60, 60, 120), 50, 15)
    expect(found.abandonment).toBeCloseTo(0.031, 3)
    expect(found.occupancy).toBeCloseTo(0.93, 3)
    // The mean wait of all, those that leave included: each leaves at the rate 1/patience while waiting.
    expect(found.abandonment * 120).toBeCloseTo(3.7, 1)
  })

  test('one agent, worked out by states: λ = μ = θ makes the number present Poisson(1)', () => {
    const found = performance({ arrivalRate: 0.01, ahtS: 100, patienceS: 100 }, 1, 0)
    expect(found.waitProbability).toBeCloseTo(1 - Math.exp(-1), 12)
    expect(found.serviceLevel).toBeCloseTo(Math.exp(-1), 12)
    // Served as long as somebody is there.
    expect(found.abandonment).toBeCloseTo(Math.exp(-1), 12)
    expect(found.occupancy).toBeCloseTo(1 - Math.exp(-1), 12)
  })

  test.each([0, 5, 15, 60, 200])('answered within %i s is what numerical integration finds', withinS => {
    const load = hourly(700, 240, 90)
    const found = performance(load, 44, withinS)
    const by = integrated(load, 90, 44, withinS)
    expect(found.serviceLevel).toBeCloseTo(by.serviceLevel, 6)
    expect(found.asaS).toBeCloseTo(by.asaS, 4)
  })

  test('an overload that no number could hold', () => {
    const found = performance({ arrivalRate: 100, ahtS: 20, patienceS: 3_600 }, 100, 15)
    expect(found).toMatchObject({ waitProbability: 1, serviceLevel: 0 })
    expect(found.abandonment).toBeCloseTo(0.95, 10)
    expect(found.occupancy).toBeCloseTo(1, 10)
  })
})

/** The same from the density of the virtual wait, by Simpson's rule. */
function integrated(load: Load, patienceS: number, agents: number, withinS: number) {
  const { arrivalRate, ahtS } = load
  const left = (x: number) => Math.exp(-x / patienceS)
  const density = (x: number) => Math.exp(arrivalRate * patienceS * (1 - left(x)) - (agents / ahtS) * x)
  const free = 1 / erlangB(arrivalRate * ahtS, agents - 1)
  const all = free + arrivalRate * simpson(density, 4_000)
  const served = (from: (x: number) => number, upTo: number) =>
    (arrivalRate * simpson(x => density(x) * left(x) * from(x), upTo)) / all
  const ever = free / all + served(() => 1, 4_000)
  return {
    serviceLevel: free / all + served(() => 1, withinS),
    asaS: served(x => x, 4_000) / ever,
  }
}

function simpson(f: (x: number) => number, upTo: number): number {
  const steps = 40_000
  const width = upTo / steps
  let sum = f(0) + f(upTo)
  for (let i = 1; i < steps; i++) sum += f(i * width) * (i % 2 === 0 ? 2 : 4)
  return (sum * width) / 3
}

describe('any load', () => {
  const anyLoad = fc.record({
    arrivalRate: fc.double({ min: 0.0001, max: 5, noNaN: true }),
    ahtS: fc.double({ min: 10, max: 400, noNaN: true }),
    patienceS: fc.option(fc.double({ min: 1, max: 3_600, noNaN: true })),
  })
  const agents = fc.integer({ min: 1, max: 1_000 })
  const withinS = fc.double({ min: 0, max: 600, noNaN: true })

  test('probabilities are probabilities, and waits are not negative', () => {
    fc.assert(
      fc.property(anyLoad, agents, withinS, (load, n, within) => {
        const { asaS, ...probabilities } = performance(load, n, within)
        for (const value of Object.values(probabilities)) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
        if (asaS !== null) expect(asaS).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('one agent more is never worse', () => {
    fc.assert(
      fc.property(anyLoad, agents, withinS, (load, n, within) => {
        const few = performance(load, n, within)
        const more = performance(load, n + 1, within)
        const rounding = 1e-9
        expect(more.serviceLevel).toBeGreaterThanOrEqual(few.serviceLevel - rounding)
        expect(more.waitProbability).toBeLessThanOrEqual(few.waitProbability + rounding)
        expect(more.abandonment).toBeLessThanOrEqual(few.abandonment + rounding)
        expect(more.occupancy).toBeLessThanOrEqual(few.occupancy + rounding)
        if (few.asaS !== null) expect(more.asaS).toBeLessThanOrEqual(few.asaS * (1 + rounding))
      }),
    )
  })

  test('with patience without end, A is C', () => {
    const stable = fc.record({
      traffic: fc.double({ min: 0.5, max: 900, noNaN: true }),
      ahtS: fc.double({ min: 10, max: 400, noNaN: true }),
      spare: fc.double({ min: 0.02, max: 0.5, noNaN: true }),
    })
    fc.assert(
      fc.property(stable, withinS, ({ traffic, ahtS, spare }, within) => {
        const n = Math.ceil(traffic * (1 + spare))
        const load = { arrivalRate: traffic / ahtS, ahtS }
        const a = performance({ ...load, patienceS: 1e12 }, n, within)
        const c = performance({ ...load, patienceS: null }, n, within)
        expect(a.waitProbability).toBeCloseTo(c.waitProbability, 6)
        expect(a.serviceLevel).toBeCloseTo(c.serviceLevel, 6)
        expect(a.occupancy).toBeCloseTo(c.occupancy, 6)
        // A long wait in seconds leaves fewer decimals than a probability.
        expect((a.asaS ?? Number.NaN) / load.ahtS).toBeCloseTo((c.asaS ?? Number.NaN) / load.ahtS, 4)
      }),
    )
  })

  test('the answer meets the goal, and one agent fewer does not', () => {
    const anyGoal = fc.record({
      serviceLevel: fc.double({ min: 0.5, max: 0.999, noNaN: true }),
      withinS: fc.double({ min: 0, max: 60, noNaN: true }),
      maxOccupancy: fc.double({ min: 0.5, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(anyLoad, anyGoal, (load, wanted) => {
        const found = agentsNeeded(load, wanted)
        if (load.arrivalRate * load.ahtS < 900) expect(found).not.toBeNull()
        if (found === null) return
        const meets = (n: number) => {
          const { serviceLevel, occupancy } = performance(load, n, wanted.withinS)
          return serviceLevel >= wanted.serviceLevel && occupancy <= wanted.maxOccupancy
        }
        expect(meets(found)).toBe(true)
        if (found > 1) expect(meets(found - 1)).toBe(false)
      }),
    )
  })
})

describe('staffing', () => {
  test('a limit of occupancy asks for more agents than the service level alone', () => {
    expect(agentsNeeded(hourly(7_000, 300), goal(0.95, 15, 0.85))).toBe(Math.ceil(7_000 / 12 / 0.85))
  })

  test('what cannot be met has no answer', () => {
    expect(agentsNeeded(hourly(7_000, 300), goal(0.95, 15, 0.1))).toBeNull()
  })

  test('the table around the answer begins at one agent', () => {
    expect(around(hourly(10, 60), 2, 15).map(row => row.agents)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(around(hourly(600, 240), 50, 15).map(row => row.agents)).toEqual([
      45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55,
    ])
  })
})
