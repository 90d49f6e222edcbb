import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedDemoCity } from '../../src/demo-city/index.ts'
import { checkQueue, overflowOf } from '../../src/floor/queues/rules.ts'
import { QueueForm } from '../../src/floor/queues/schema.ts'
import { listQueues } from '../../src/floor/queues/service.ts'
import { queueRules } from '../../src/floor/queues/store.ts'
import { skills, staffList } from '../../src/people/skills/store.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let secrets: string
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

test('a database with people is left alone', async () => {
  expect(await seedDemoCity(database.db, secrets)).toBe(false)
})
