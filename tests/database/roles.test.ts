import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { StaffId, UnitId, WorkOrderId } from '#kernel/ids.ts'
import { asId } from '#kernel/ids.ts'
import { hasRight } from '../../src/cases/actor.ts'
import { RIGHTS } from '../../src/cases/rights.ts'
import { ordersReadBy } from '../../src/casework/life/index.ts'
import { actorOf, roles } from '../../src/people/roles/index.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { holder, seedOrder, sixUnits } from '../support/roles.ts'
import { Browser, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
beforeAll(async () => {
  database = await freshDatabase()
  await sixUnits(database.db)
  service = await startService(database.db)
})
afterAll(async () => {
  await service.close()
  await database.close()
})

const unit = (id: string) => asId<UnitId>(id)
const actor = (id: StaffId) => actorOf(database.db, { id, name: 'x' })

test('every right of a role is one that the code knows', async () => {
  const all = await roles(database.db)
  expect(all.length).toBeGreaterThan(25)
  for (const { code, rights } of all) {
    for (const right of rights) expect(RIGHTS, code).toContain(right)
    expect(new Set(rights).size, code).toBe(rights.length)
  }
})

test('a right over a unit holds for all below it and for nothing beside it', async () => {
  const east = await actor(await holder(database.db, 'east', [{ role: 'unit-handler', unit: 'east' }]))
  for (const id of ['east', 'quay', 'pier']) expect(hasRight(east, 'unit.handle', unit(id)), id).toBe(true)
  for (const id of ['city', 'west', 'water']) expect(hasRight(east, 'unit.handle', unit(id)), id).toBe(false)
  expect(hasRight(east, 'unit.handle')).toBe(false)
  expect(hasRight(east, 'unit.lead', unit('east'))).toBe(false)
})

test('several roles add up, each over its own units', async () => {
  const both = await actor(
    await holder(database.db, 'both', [
      { role: 'unit-leader', unit: 'quay' },
      { role: 'unit-handler', unit: 'water' },
      { role: 'analyst', unit: null },
    ]),
  )
  expect(hasRight(both, 'unit.lead', unit('pier'))).toBe(true)
  expect(hasRight(both, 'unit.lead', unit('water'))).toBe(false)
  expect(hasRight(both, 'unit.handle', unit('water'))).toBe(true)
  expect(hasRight(both, 'order.read-all')).toBe(true)
})

test('a role over units gives nothing without one, and one of the city nothing with one', async () => {
  const { db } = database
  const odd = await holder(db, 'odd', [
    { role: 'unit-leader', unit: null },
    { role: 'dispatcher', unit: 'east' },
  ])
  const { city, overUnits } = await actor(odd)
  expect([...city]).toEqual([])
  expect([...overUnits]).toEqual([])
})

test('the page is told rights and units', async () => {
  await holder(database.db, 'street', [{ role: 'unit-handler', unit: 'quay' }])
  const me = (await (await Browser.signIn(service, 'street')).ask('GET', '/api/session')).body
  expect(me).toMatchObject({
    role: 'caseworker',
    rights: ['order.read-unit', 'unit.handle'],
    units: [{ id: 'quay', nameZh: '码头街道' }],
  })
})

test('whoever has a desk has its role', async () => {
  const lead = await actor(await person(database.db, 'lead', 'shift-lead'))
  expect(hasRight(lead, 'order.dispatch')).toBe(true)
  expect(hasRight(lead, 'staff.edit')).toBe(false)
  const admin = await actor(await person(database.db, 'admin', 'admin'))
  expect(hasRight(admin, 'staff.edit')).toBe(true)
})

test('whoever worked here before has the role of their desk from the migration on', async () => {
  const old = await freshDatabase(inject('postgresUrl'), 'template0')
  const names = [
    ...['2026-11-21-first-call', '2026-11-23-config-changes', '2026-11-25-units', '2026-11-26-roles'],
  ]
  for (const name of names.slice(0, 3)) await migration(name).then(({ up }) => up(old.db))
  await sql`insert into staff (id, login, name, password_hash, role) values
    (gen_random_uuid(), 'a', 'a', '', 'agent'), (gen_random_uuid(), 'q', 'q', '', 'quality')`.execute(old.db)
  await migration('2026-11-26-roles').then(({ up }) => up(old.db))
  const granted = await old.db.selectFrom('role_grants').select('role_code').orderBy('role_code').execute()
  expect(granted.map(row => row.role_code)).toEqual(['agent', 'quality'])
  await old.close()
})

const migration = (name: string) =>
  import(new URL(`../../src/database/migrations/${name}.ts`, import.meta.url).href)

describe('whose rows', () => {
  const orders: Record<string, WorkOrderId> = {}
  beforeAll(async () => {
    const { db } = database
    const by = await person(db, 'a1001')
    await person(db, 'a1002')
    await holder(db, 'row-dispatcher', [{ role: 'dispatcher', unit: null }])
    await holder(db, 'row-discipline', [{ role: 'discipline', unit: null }])
    await holder(db, 'row-editor', [{ role: 'knowledge-editor', unit: null }])
    for (const id of ['city', 'east', 'west', 'quay', 'water']) {
      await holder(db, `row-${id}`, [{ role: 'unit-handler', unit: id }])
    }
    orders.undispatched = await seedOrder(db, { by })
    orders.quay = await seedOrder(db, { by, with: { quay: 'working', east: 'passed-down' } })
    orders.pier = await seedOrder(db, { by, with: { pier: 'to-sign' } })
    orders.west = await seedOrder(db, {
      by,
      with: { west: 'answered', quay: 'returned', water: 'withdrawn' },
    })
    orders.secret = await seedOrder(db, { by, secret: true, with: { water: 'working' } })
    orders.referred = await seedOrder(db, { by, secret: true, supervision: 5, with: { west: 'working' } })
  })

  test.each([
    ['a1001', ['undispatched', 'quay', 'pier', 'west', 'secret', 'referred']],
    ['a1002', ['undispatched', 'quay', 'pier', 'west']],
    ['row-dispatcher', ['undispatched', 'quay', 'pier', 'west', 'secret', 'referred']],
    ['row-discipline', ['referred']],
    ['row-editor', []],
    ['row-city', ['quay', 'pier', 'west', 'secret', 'referred']],
    ['row-east', ['quay', 'pier']],
    ['row-quay', ['quay', 'pier']],
    ['row-west', ['west', 'referred']],
    ['row-water', ['secret']],
  ])('%s reads %j, from the list and one by one', async (login, names) => {
    const { db } = database
    const staff = await db
      .selectFrom('staff')
      .select(['id', 'name'])
      .where('login', '=', login)
      .executeTakeFirstOrThrow()
    const rows = await db
      .selectFrom('work_orders')
      .select('id')
      .where(ordersReadBy(await actorOf(db, staff)))
      .execute()
    const nameOf = new Map(Object.entries(orders).map(([name, id]) => [id, name]))
    expect(rows.map(row => nameOf.get(row.id)).sort()).toEqual([...names].sort())
    const browser = await Browser.signIn(service, login)
    const open: string[] = []
    for (const [name, id] of Object.entries(orders)) {
      if ((await browser.ask('GET', `/api/work-orders/${id}`)).status === 200) open.push(name)
    }
    expect(open.sort()).toEqual([...names].sort())
  })
})
