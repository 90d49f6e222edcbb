import { describe, expect, test } from 'vitest'
import { DIALLED } from '../../scripts/demo/citizens.ts'
import { matterFor, mattersOf } from '../../scripts/demo/matters.ts'
import { needDemoPeople, needDemoSettings } from '../../scripts/demo/only-demo-city.ts'
import { planFor } from '../../scripts/demo/plan.ts'
import { LONGEST } from '../../src/casework/work-orders/schema.ts'
import { readConfig } from '../../src/config.ts'
import { categoryRows } from '../../src/demo-city/categories.ts'
import { AGENT_NAMES, LINES, ORDER_TYPES, OTHER_STAFF, REASONS } from '../../src/demo-city/lists.ts'

const CHANCES = [0, 0.05, 0.3, 0.6, 0.95, 0.999]
const people = [
  ...AGENT_NAMES.map((name, i) => ({ login: `a${1001 + i}`, name })),
  ...OTHER_STAFF.map(([login, name]) => ({ login, name })),
]

describe('the demo runs in a demo city only', () => {
  test('whose people are all invented', () => {
    expect(() => needDemoPeople(people)).not.toThrow()
    expect(() => needDemoPeople([...people, { login: 'zhang', name: '张三' }])).toThrow(/zhang for one/)
    expect(() => needDemoPeople([{ login: 'a1001', name: '张三' }])).toThrow(/not of the demo city/)
  })

  test('and which the settings ask for', async () => {
    await expect(needDemoSettings(readConfig({ HOTLINE_DEMO_CITY: 'no' }))).rejects.toThrow(
      /HOTLINE_DEMO_CITY is no/,
    )
  })
})

test('what is written down fits the demo city: types, categories, lengths', () => {
  const parents = new Set(categoryRows().map(row => row.parent_code))
  const items = categoryRows()
    .filter(row => !parents.has(row.code))
    .map(row => row.name_zh)
  const types: readonly string[] = ORDER_TYPES.map(([code]) => code)
  for (const matter of mattersOf(LINES.map(({ number }) => number))) {
    expect(items).toContain(matter.category)
    expect(types).toContain(matter.type)
    expect(matter.title.length).toBeLessThanOrEqual(LONGEST.title)
  }
  for (const chance of CHANCES) expect(matterFor('12345', () => chance).title).not.toBe('')
})

test('only lines of the demo city are dialled', () => {
  const lines: readonly string[] = LINES.map(({ number }) => number)
  for (const dialled of Object.keys(DIALLED)) expect(lines).toContain(dialled)
})

describe('what an agent plans', () => {
  const plans = (state: Parameters<typeof planFor>[0]) => CHANCES.map(chance => planFor(state, () => chance))

  test('a talk ends by one side and, if that fails, by the agent; deeds are in order of time', () => {
    for (const plan of plans({ state: 'talking', reason: null })) {
      expect(plan.at(-1)?.deed).toEqual({ do: 'hang-up' })
      const times = plan.map(({ afterMs }) => afterMs)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    }
  })

  test('after wrap-up the order is saved; breaks have reasons that can be chosen', () => {
    const choosable: readonly string[] = REASONS.map(([code]) => code)
    const seen = plans({ state: 'wrap-up', reason: null })
    for (const plan of seen) {
      expect(plan[0]?.deed).toEqual({ do: 'save-order' })
      expect(plan.at(-1)?.deed).toEqual({ do: 'finish-wrap-up' })
    }
    const breaks = seen.flat().flatMap(({ deed }) => (deed.do === 'break' ? [deed.reason] : []))
    expect(breaks.length).toBeGreaterThan(0)
    for (const reason of breaks) expect(choosable).toContain(reason)
  })

  test('who is away comes back, whatever the reason; who has no seat takes one', () => {
    for (const reason of [...REASONS.map(([code]) => code), 'unheard of', null]) {
      for (const plan of plans({ state: 'not-ready', reason })) expect(plan[0]?.deed).toEqual({ do: 'ready' })
    }
    for (const plan of plans(null)) expect(plan[0]?.deed).toEqual({ do: 'take-seat' })
    for (const plan of plans({ state: 'ringing', reason: null })) expect(plan).toEqual([])
  })
})
