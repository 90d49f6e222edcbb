import { expect, test } from 'vitest'
import type { AgentHistory, Sitting, Spell } from '../../insight/seat-history/schema.ts'
import { hoursOf, pathsOf, placeOf, scaleOf, spellAt, timeIn } from './day-scale.ts'

const at = (time: string) => `2026-11-21T${time}.000Z`
const spell = (state: Spell['state'], from: string, to: string): Spell => ({
  state,
  reason: null,
  from: at(from),
  to: at(to),
  ms: Date.parse(at(to)) - Date.parse(at(from)),
  call: null,
})

const SPELLS = [
  spell('ready', '01:10:00', '01:30:00'),
  spell('talking', '01:30:00', '01:30:00'),
  spell('talking', '01:30:00', '02:30:00'),
  spell('ready', '02:30:00', '02:45:00'),
]
const SITTING: Sitting = {
  seat: '1001',
  from: at('01:10:00'),
  to: at('02:45:00'),
  began: 'signed-in',
  ended: 'signed-out',
  spells: SPELLS,
}
const AGENT: AgentHistory = {
  staff: '',
  name: '',
  agentNumber: null,
  sittings: [SITTING],
  sums: [
    { state: 'ready', reason: null, ms: 100, times: 2 },
    { state: 'ringing', reason: null, ms: 20, times: 1 },
    { state: 'talking', reason: null, ms: 3, times: 1 },
  ],
  signedInMs: 123,
  occupancy: { part: 3, whole: 123, value: 3 / 123 },
}

test('the scale is whole hours round what happened', () => {
  const scale = scaleOf([AGENT])
  expect(scale).toEqual({ from: Date.parse(at('01:00:00')), to: Date.parse(at('03:00:00')) })
  expect(scaleOf([])).toBeNull()
  if (scale === null) return
  expect(placeOf(Date.parse(at('01:30:00')), scale)).toBe(0.25)
  expect(hoursOf(scale, 12)).toHaveLength(3)
  expect(hoursOf({ from: 0, to: 24 * 3_600_000 }, 12)).toHaveLength(13)
})

test('one path a state; what lasted no time is not drawn', () => {
  const scale = { from: Date.parse(at('01:00:00')), to: Date.parse(at('03:00:00')) }
  const paths = pathsOf(SPELLS, scale)
  expect([...paths.keys()]).toEqual(['ready', 'talking'])
  expect(paths.get('talking')).toBe('M250.00 0H750.00V1H250.00z')
  expect(paths.get('ready')).toBe('M83.33 0H250.00V1H83.33zM750.00 0H875.00V1H750.00z')
})

test('the spell at an instant begins with it and is over at its end', () => {
  expect(spellAt([SITTING], Date.parse(at('01:30:00')))).toEqual({ seat: '1001', spell: SPELLS[2] })
  expect(spellAt([SITTING], Date.parse(at('02:45:00')))).toBeNull()
})

test('times are added up as the occupancy takes them', () => {
  expect([timeIn(AGENT, 'available'), timeIn(AGENT, 'talking'), timeIn(AGENT, 'not-ready')]).toEqual([
    120, 3, 0,
  ])
})
