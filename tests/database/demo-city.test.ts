import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HOUR_MS } from '#kernel/time.ts'
import { listUnits, oneUnit, saveUnit } from '../../src/casework/units/service.ts'
import { seedDemoCity } from '../../src/demo-city/index.ts'
import { checkQueue, overflowOf } from '../../src/floor/queues/rules.ts'
import { QueueForm } from '../../src/floor/queues/schema.ts'
import { listQueues } from '../../src/floor/queues/service.ts'
import { queueRules } from '../../src/floor/queues/store.ts'
import { skills, staffList } from '../../src/people/skills/store.ts'
import { SETTINGS } from '../../src/settings.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let secrets: string
const founded = new Date()
beforeAll(async () => {
  database = await freshDatabase()
  secrets = await mkdtemp(join(tmpdir(), 'hotline-secrets-'))
  expect(await seedDemoCity(database.db, secrets)).toBe(true)
})
afterAll(async () => {
  await database.close()
  await rm(secrets, { recursive: true })
})

test('its queues are as a form would have them', async () => {
  const queues = await queueRules(database.db)
  const overflows = new Map<string, string | null>(queues.map(({ id, steps }) => [id, overflowOf(steps)]))
  const known = { skills: new Set((await skills(database.db)).map(skill => skill.id)), overflows }
  expect(queues.map(queue => queue.id).sort()).toEqual([
    'dialect',
    'enterprise',
    'foreign',
    'general',
    'leader',
    'resident',
  ])
  for (const { id, ...view } of await listQueues(database.db)) {
    const { version: _, ...form } = view
    if (!Value.Check(QueueForm, form)) throw new Error(`${id} is no form`)
    expect(checkQueue(id, form, known), id).toMatchObject({ ok: true })
  }
})

test('somebody can serve each queue, and each ends with everybody', async () => {
  const people = await staffList(database.db)
  for (const { id, needs, steps } of await queueRules(database.db)) {
    const able = people.filter(person =>
      needs.every(need => person.skills.some(had => had.skill === need.skill && had.level >= need.level)),
    )
    expect(able.length, id).toBeGreaterThan(0)
    if (id === 'general') expect(needs).toEqual([])
    else expect(steps.at(-1), id).toMatchObject({ queue: 'general' })
  }
})

test('a line leads to each queue', async () => {
  const lines = await database.db.selectFrom('lines').select('queue_id').distinct().execute()
  expect(lines).toHaveLength(6)
})

test('every shift to the end of next week has its lead and its agents, and nobody works two at once', async () => {
  const entries = await database.db.selectFrom('roster_entries').selectAll().execute()
  const shifts = Map.groupBy(entries, entry => `${entry.day} ${entry.shift_id}`)
  // Founded on a Sunday evening, it has next week's shifts and the one that runs.
  expect(shifts.size).toBeGreaterThanOrEqual(22)
  expect(shifts.size).toBeLessThanOrEqual(42)
  expect(entries.filter(entry => entry.ends_at < founded)).toEqual([])
  for (const [shift, staff] of shifts) {
    expect(staff.filter(({ duty }) => duty === 'shift-lead').length, shift).toBe(1)
    expect(staff.filter(({ duty }) => duty === 'agent').length, shift).toBe(3)
  }
  for (const own of Map.groupBy(entries, entry => entry.staff_id).values()) {
    const spans = own.toSorted((a, b) => a.starts_at.getTime() - b.starts_at.getTime())
    const clash = spans.some((span, i) => i > 0 && span.starts_at < (spans[i - 1]?.ends_at ?? 0))
    expect(clash).toBe(false)
  }
  const duties = await database.db.selectFrom('day_duties').select('day').execute()
  expect(duties).toHaveLength(28)
})

test('its handover note keeps nobody from going ready', async () => {
  const notes = await database.db.selectFrom('handovers').select('published_at').orderBy('id').execute()
  const [published, draft] = notes
  const hours = Number(SETTINGS.HOTLINE_HANDOVER_HOURS.default)
  expect(Date.now() - (published?.published_at?.getTime() ?? Date.now())).toBeGreaterThan(hours * HOUR_MS)
  expect(draft).toEqual({ published_at: null })
  expect(notes).toHaveLength(2)
})

test('a database with people is left alone', async () => {
  expect(await seedDemoCity(database.db, secrets)).toBe(false)
})

test('its units are one tree of at least 110, each with somebody for every duty', async () => {
  const units = await database.db.selectFrom('units').selectAll().execute()
  const byId = new Map(units.map(unit => [unit.id, unit]))
  expect(units.length).toBeGreaterThanOrEqual(110)
  expect(units.filter(unit => unit.parent_id === null).map(unit => unit.id)).toEqual(['hotline'])
  for (const { id, parent_id, path } of units) {
    const above = parent_id === null ? [] : byId.get(parent_id)?.path
    expect(path, id).toEqual([...(above ?? ['none']), id])
  }
  const contacts = await database.db.selectFrom('unit_contacts').select(['unit_id', 'duty']).execute()
  for (const duty of ['leader', 'liaison', 'handler'] as const) {
    const having = new Set(contacts.filter(contact => contact.duty === duty).map(contact => contact.unit_id))
    expect(
      units.filter(unit => !having.has(unit.id)),
      duty,
    ).toEqual([])
  }
  const fields = contacts.filter(({ duty }) => duty === 'expert' || duty === 'mediator')
  expect(fields.length).toBeGreaterThan(40)
})

test('every area lies in the one that its code begins with, and no two units govern the same place', async () => {
  const areas = await database.db.selectFrom('areas').selectAll().execute()
  expect(areas.length).toBeGreaterThanOrEqual(1 + 4 + 20 + 80)
  for (const { code, parent_code } of areas) {
    if (parent_code !== null && parent_code !== '460900')
      expect(code.startsWith(parent_code), code).toBe(true)
  }
  const governing = await database.db
    .selectFrom('units')
    .select(['area_code', 'id'])
    .where('kind', 'in', ['district', 'street', 'community'])
    .execute()
  expect(new Set(governing.map(unit => unit.area_code)).size).toBe(areas.length - 1)
  expect(governing.length).toBe(areas.length - 1)
})

test('each of its units can be saved as it stands', async () => {
  const { db } = database
  const rules = {
    reserved: [SETTINGS.HOTLINE_MAIN_LINE.default, SETTINGS.HOTLINE_MASK_ACCESS_NUMBER.default],
    deniedPrefixes: SETTINGS.HOTLINE_DENIED_PREFIXES.default.split(','),
  }
  const admin = await db
    .selectFrom('staff')
    .select(['id', 'login', 'name', 'role'])
    .where('role', '=', 'admin')
    .executeTakeFirstOrThrow()
  const units = await listUnits(db, {})
  expect(units.length).toBeGreaterThan(100)
  for (const { id } of units) {
    const unit = await oneUnit(db, id)
    if (!unit.ok) throw new Error(id)
    const { name, aliases, kind, area, phones, dutyHours, takesOrders, contacts, version } = unit.value
    const form = { name, aliases, kind, area, phones, dutyHours, takesOrders, contacts }
    const saved = await saveUnit(db, { ...admin, agentNumber: null }, id, version, form, rules)
    expect(saved, id).toMatchObject({ ok: true })
  }
})
