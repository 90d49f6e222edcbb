import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anchorTrail, appendAudit } from '../../src/casework/trail/index.ts'
import type { StaffId } from '../../src/kernel/ids.ts'
import { cityDate, DAY_MS, daysAfter } from '../../src/kernel/time.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { holder, seedOrder } from '../support/roles.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
let agent: StaffId
let admin: Browser
let office: Browser
/** The secret order that the office has looked behind. */
let order: string
beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  await oneLine(db)
  service = await startService(db)
  agent = await person(db, 'a8001')
  await person(db, 'admin-1', 'admin')
  await holder(db, 'office-1', [{ role: 'hotline-office', unit: null }])
  admin = await Browser.signIn(service, 'admin-1')
  office = await Browser.signIn(service, 'office-1')
  order = await seedOrder(db, { by: agent, secret: true })
})
afterAll(async () => {
  await service.close()
  await database.close()
})

const audit = async (query: Record<string, string> = {}) => {
  const { status, body } = await admin.ask('GET', `/api/audit?${new URLSearchParams(query)}`)
  expect(status).toBe(200)
  return body
}
const write = (key: string, act = 'edit') =>
  database.db.transaction().execute(trx =>
    appendAudit(trx, {
      ...{
        subject: 'staff',
        key,
        act,
        why: '例行',
        detail: { before: { name: '甲' }, after: { name: '乙' } },
      },
      by: { kind: 'staff', staff: agent, name: '姓名a8001' },
    }),
  )

describe('who did what', () => {
  test('is read page by page, the newest first, none twice and none left out', async () => {
    const keys = Array.from({ length: 120 }, (_, i) => `login-${i}`)
    for (const key of keys) await write(key)
    const found: string[] = []
    let cursor: string | null = null
    let pages = 0
    do {
      const page = await audit({ key: 'LOGIN-', ...(cursor === null ? {} : { cursor }) })
      found.push(...page.items.map((row: { key: string }) => row.key))
      cursor = page.next
      pages += 1
    } while (cursor !== null)
    expect(pages).toBe(3)
    expect(found).toEqual(keys.toReversed())
  })

  test('is found by person, by what it was done to, by kind and by day', async () => {
    await write('unusual', 'close')
    const { items } = await audit({ key: 'unusual' })
    expect(items).toMatchObject([
      {
        subject: 'staff',
        act: 'close',
        login: 'a8001',
        actorName: '姓名a8001',
        why: '例行',
        orderId: null,
        detail: { before: { name: '甲' }, after: { name: '乙' } },
      },
    ])
    const count = async (query: Record<string, string>) =>
      (await audit({ key: 'unusual', ...query })).items.length
    expect(await count({ who: 'a8001' })).toBe(1)
    expect(await count({ who: '名a80' })).toBe(1)
    expect(await count({ who: 'a800%' })).toBe(0)
    expect(await count({ subject: 'roles' })).toBe(0)
    const now = Date.now()
    const at = (ms: number) => new Date(now + ms).toISOString()
    expect(await count({ from: at(-DAY_MS), to: at(DAY_MS) })).toBe(1)
    expect(await count({ from: at(DAY_MS) })).toBe(0)
    expect(await count({ to: at(-DAY_MS) })).toBe(0)
  })

  test('a cursor that was made up is refused, and a kind that is not there', async () => {
    for (const query of ['cursor=nonsense', 'subject=weather', 'from=yesterday']) {
      const reply = await admin.ask('GET', `/api/audit?${query}`)
      expect(reply, query).toMatchObject({ status: 400, body: { code: 'bad-input' } })
    }
  })

  test('is nothing for others', async () => {
    const other = await Browser.signIn(service, 'a8001')
    for (const path of ['/api/audit', '/api/audit/chain', '/api/audit/export?format=csv']) {
      expect((await other.ask('GET', path)).status, path).toBe(403)
    }
    // Whoever reads it takes it away only with the right to that.
    expect((await admin.ask('GET', '/api/audit/export?format=csv')).status).toBe(403)
  })
})

describe('a look at who is behind an order', () => {
  test('is found with its reason and its order, and counted by whoever looked', async () => {
    const path = `/api/work-orders/${order}/identity`
    for (const reason of ['核对举报人联系方式', '回访需要联系本人']) {
      expect((await office.ask('POST', path, { reason })).status).toBe(200)
    }
    const { items } = await audit({ subject: 'identity' })
    expect(items).toMatchObject([
      { act: 'look', why: '回访需要联系本人', orderId: order, login: 'office-1' },
      { act: 'look', why: '核对举报人联系方式', orderId: order },
    ])
    const day = new URLSearchParams({
      from: new Date(Date.now() - DAY_MS).toISOString(),
      to: new Date(Date.now() + DAY_MS).toISOString(),
    })
    const lookers = await admin.ask('GET', `/api/audit/lookers?${day}`)
    expect(lookers.body).toMatchObject([{ login: 'office-1', looks: 2, orders: 1 }])
  })
})

test('the log is taken away as a file, which is on record itself', async () => {
  const { app } = service
  const headers = { cookie: office.cookie }
  const url = '/api/audit/export?format=csv&subject=staff&key=unusual'
  const file = await app.inject({ url, headers })
  expect(file.statusCode).toBe(200)
  const lines = file.body.trim().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain('unusual')
  const { items } = await audit({ subject: 'exports' })
  expect(items[0]).toMatchObject({ key: 'audit-log', detail: { filter: { key: 'unusual' } } })
})

test('the state of the chains names the last anchor, what is due and what is open', async () => {
  const before = await admin.ask('GET', '/api/audit/chain')
  expect(before.body).toMatchObject({ anchors: [], due: 0 })
  expect(before.body.open).toBeGreaterThan(120)
  const today = cityDate(Date.now())
  await anchorTrail(database.db, daysAfter(today, 1))
  const { digest } = await database.db
    .selectFrom('trail_anchors')
    .select('digest')
    .where('day', '=', today)
    .executeTakeFirstOrThrow()
  const { body } = await admin.ask('GET', '/api/audit/chain')
  expect(body).toMatchObject({ open: 0, due: 0, anchors: [{ day: today, digest: digest.toString('hex') }] })
})
