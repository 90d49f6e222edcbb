import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { io, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type Notice,
  type NoticeReplay,
  type NoticeToSend,
  notify,
  sweepNotices,
} from '../../src/casework/notices/index.ts'
import { asId, type StaffId, type UnitId, type WorkOrderId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

const DISTRICT = asId<UnitId>('meihua')
const STREET = asId<UnitId>('meihua-north')
const BUREAU = asId<UnitId>('urban')
const ORDER = asId<WorkOrderId>(randomUUID())

let database: TestDatabase
let service: Service
let ids: Record<'street' | 'district' | 'bureau' | 'reader' | 'agent', StaffId>
const pages: Page[] = []
const logged: string[] = []
beforeEach(async () => {
  database = await freshDatabase()
  const { db } = database
  await oneLine(db)
  ids = {
    street: await person(db, 'street', 'caseworker'),
    district: await person(db, 'district', 'caseworker'),
    bureau: await person(db, 'bureau', 'caseworker'),
    reader: await person(db, 'reader', 'caseworker'),
    agent: await person(db, 'a1001'),
  }
  await db
    .insertInto('units')
    .values([
      { id: DISTRICT, parent_id: null, path: [DISTRICT], name_zh: '梅花区', kind: 'district' },
      { id: STREET, parent_id: DISTRICT, path: [DISTRICT, STREET], name_zh: '梅北街道', kind: 'street' },
      { id: BUREAU, parent_id: null, path: [BUREAU], name_zh: '城管局', kind: 'bureau' },
    ])
    .execute()
  const role = { name_en: '', over_unit: true }
  await db
    .insertInto('roles')
    .values([
      { ...role, code: 'test-handler', name_zh: '办理', rights: ['order.read-unit', 'unit.handle'] },
      { ...role, code: 'test-reader', name_zh: '旁观', rights: ['order.read-unit'] },
    ])
    .execute()
  await db
    .insertInto('role_grants')
    .values([
      { staff_id: ids.street, role_code: 'test-handler', unit_id: STREET },
      { staff_id: ids.district, role_code: 'test-handler', unit_id: DISTRICT },
      { staff_id: ids.bureau, role_code: 'test-handler', unit_id: BUREAU },
      { staff_id: ids.reader, role_code: 'test-reader', unit_id: STREET },
    ])
    .execute()
  await db
    .insertInto('work_orders')
    .values({
      ...{ id: ORDER, number: '261122090000000001', status: 'to-sign', caller_number: '', title: '占道经营' },
      ...{ opened_by: ids.agent, opened_at: new Date() },
    })
    .execute()
  logged.length = 0
  service = await startService(db, { log: { write: line => void logged.push(line) } })
})
afterEach(async () => {
  for (const page of pages.splice(0)) page.socket.disconnect()
  await service.close()
  await database.close()
})

interface FromServer {
  snapshot(now: NoticeReplay): void
  notice(notice: Notice): void
  unread(count: number): void
}

/** A page that writes down what it is told. */
class Page {
  readonly socket: Socket<FromServer>
  readonly snapshots: NoticeReplay[] = []
  readonly notices: Notice[] = []
  readonly unread: number[] = []
  readonly refused: string[] = []

  constructor(cookie: string, cursor: number | null) {
    this.socket = io(`${service.url}/cases`, {
      transports: ['websocket'],
      extraHeaders: { cookie },
      auth: { cursor },
      forceNew: true,
      reconnection: false,
    })
    this.socket.on('snapshot', now => this.snapshots.push(now))
    this.socket.on('notice', notice => this.notices.push(notice))
    this.socket.on('unread', count => this.unread.push(count))
    this.socket.on('connect_error', error => this.refused.push(error.message))
    pages.push(this)
  }

  get heard(): readonly number[] {
    return this.notices.map(({ id }) => id)
  }
}

const signIn = (login: string) => Browser.signIn(service, login)
async function open(browser: Browser, cursor: number | null = null): Promise<Page> {
  const page = new Page(browser.cookie, cursor)
  await until(() => page.snapshots.length > 0)
  return page
}
const send = (...notices: readonly NoticeToSend[]) =>
  database.db.transaction().execute(trx => notify(trx, notices))
const toStreet: NoticeToSend = {
  order: ORDER,
  to: { unit: STREET },
  kind: 'dispatched',
  detail: { hours: 2 },
}
const toAgent = (): NoticeToSend => ({ order: ORDER, to: { staff: ids.agent }, kind: 'answered' })
const list = async (browser: Browser, query = '') => (await browser.ask('GET', `/api/notices${query}`)).body
const kinds = async (browser: Browser) => (await list(browser)).items.map(({ kind }: Notice) => kind)

describe('whom a notice concerns', () => {
  test('whoever handles orders for the unit or for one above it, or the one person', async () => {
    await send(toStreet, { order: ORDER, to: { unit: DISTRICT }, kind: 'urged' }, toAgent())
    expect(await kinds(await signIn('street'))).toEqual(['dispatched'])
    expect(await kinds(await signIn('district'))).toEqual(['urged', 'dispatched'])
    expect(await kinds(await signIn('bureau'))).toEqual([])
    expect(await kinds(await signIn('reader'))).toEqual([])
    expect(await kinds(await signIn('a1001'))).toEqual(['answered'])
  })

  test('is told them as they come, on every page of theirs, and nobody else is', async () => {
    const street = await signIn('street')
    const [first, second] = [await open(street), await open(street)]
    const district = await open(await signIn('district'))
    const bureau = await open(await signIn('bureau'))
    const reader = await open(await signIn('reader'))
    await send(toStreet)
    await until(() => [first, second, district].every(page => page.notices.length === 1))
    expect(first.notices[0]).toEqual({
      id: expect.any(Number),
      at: expect.stringMatching(/^20.+Z$/),
      kind: 'dispatched',
      orderId: ORDER,
      orderNumber: '261122090000000001',
      orderTitle: '占道经营',
      unit: STREET,
      unitName: '梅北街道',
      detail: { hours: 2 },
      readAt: null,
    })
    // Told after the other: what comes now would have come behind it.
    await send({ order: null, to: { unit: BUREAU }, kind: 'urged' })
    await until(() => bureau.notices.length === 1)
    expect(bureau.notices[0]).toMatchObject({ kind: 'urged', orderId: null, unitName: '城管局', detail: {} })
    expect([first.notices.length, reader.notices.length]).toEqual([1, 0])
  })

  test('nothing is told of an act that failed, and only what stands', async () => {
    const page = await open(await signIn('street'))
    const failed = database.db.transaction().execute(async trx => {
      await notify(trx, [toStreet])
      throw new Error('the act failed')
    })
    await expect(failed).rejects.toThrow('the act failed')
    await send({ ...toStreet, kind: 'urged' })
    await until(() => page.notices.length > 0)
    expect(page.notices.map(({ kind }) => kind)).toEqual(['urged'])
  })
})

describe('a page that was away', () => {
  test('is told what it missed since its cursor, oldest first, and not what was read elsewhere', async () => {
    const street = await signIn('street')
    const page = await open(street)
    expect(page.snapshots).toEqual([{ unread: 0, cursor: 0, missed: [] }])
    await send(toStreet)
    await until(() => page.notices.length === 1)
    const cursor = page.heard[0] ?? 0
    page.socket.disconnect()
    // The one that it heard was long ago.
    await sql`update notices set at = at - interval '1 hour'`.execute(database.db)
    await send({ ...toStreet, kind: 'urged' }, { ...toStreet, kind: 'clock-red' }, toAgent())
    await send({ ...toStreet, kind: 'supervised' })
    await street.ask('POST', `/api/notices/${cursor + 2}/read`)
    const again = await open(street, cursor)
    expect(again.snapshots[0]).toMatchObject({
      unread: 3,
      cursor: cursor + 4,
      missed: [{ kind: 'urged' }, { kind: 'supervised' }],
    })
    expect((await open(street)).snapshots[0]).toMatchObject({ unread: 3, missed: [] })
  })

  test('misses none that was written earlier and stood later, and one that is there hears it too', async () => {
    const street = await signIn('street')
    const stays = await open(street)
    const leaves = await open(street)
    let finish = () => {}
    const slow = database.db.transaction().execute(async trx => {
      await notify(trx, [{ ...toStreet, kind: 'urged' }])
      await new Promise<void>(resolve => {
        finish = resolve
      })
    })
    await until(async () => {
      const { rows } = await sql<{ used: boolean }>`select is_called as used from notices_id_seq`.execute(
        database.db,
      )
      return rows[0]?.used
    })
    await send(toStreet)
    await until(() => stays.notices.length === 1 && leaves.notices.length === 1)
    leaves.socket.disconnect()
    finish()
    await slow
    await until(() => stays.notices.length === 2)
    expect(stays.notices.map(({ id, kind }) => [id, kind])).toEqual([
      [2, 'dispatched'],
      [1, 'urged'],
    ])
    const back = await open(street, leaves.heard[0])
    expect(back.snapshots[0]?.missed.map(({ kind }) => kind)).toContain('urged')
  })

  test('hears of each once, also when PostgreSQL could not be asked for a while', async () => {
    const page = await open(await signIn('street'))
    await database.db.schema.alterTable('notice_reads').renameTo('notice_reads_away').execute()
    await send(toStreet)
    await until(() => logged.some(line => line.includes('"what":"notices"')))
    await database.db.schema.alterTable('notice_reads_away').renameTo('notice_reads').execute()
    await until(() => page.notices.length > 0)
    await send({ ...toStreet, kind: 'urged' })
    await until(() => page.notices.length > 1)
    expect(page.notices.map(({ kind }) => kind)).toEqual(['dispatched', 'urged'])
  })
})

describe('reading', () => {
  test("is each person's own, and tells their other pages", async () => {
    const street = await signIn('street')
    const district = await signIn('district')
    const page = await open(street)
    await send(toStreet, { ...toStreet, kind: 'urged' })
    await until(() => page.notices.length === 2)
    const [first] = page.heard
    const read = (browser: Browser) => browser.ask('POST', `/api/notices/${first}/read`)
    expect((await read(street)).status).toBe(204)
    expect((await read(street)).status).toBe(204)
    await until(() => page.unread.length === 2)
    expect(page.unread).toEqual([1, 1])
    expect((await list(street, '?unread=true')).items).toMatchObject([{ kind: 'urged', readAt: null }])
    const [, whole] = (await list(street)).items
    expect(whole.readAt).toMatch(/^20.+Z$/)
    expect((await list(district)).unread).toBe(2)
    expect(await read(await signIn('bureau'))).toMatchObject({ status: 404, body: { code: 'not-found' } })
    expect((await street.ask('POST', '/api/notices/999/read')).status).toBe(404)
  })

  test('all at once, up to the newest that was seen', async () => {
    const street = await signIn('street')
    await send(toStreet, { ...toStreet, kind: 'urged' }, toAgent(), { ...toStreet, kind: 'clock-red' })
    const all = (upTo: number) => street.ask('POST', '/api/notices/read-all', { upTo })
    expect((await all(3)).status).toBe(204)
    expect(await list(street, '?unread=true')).toMatchObject({ unread: 1, items: [{ kind: 'clock-red' }] })
    expect((await all(4)).status).toBe(204)
    expect((await list(street)).unread).toBe(0)
    expect((await list(await signIn('a1001'))).unread).toBe(1)
    expect((await street.ask('POST', '/api/notices/read-all', {})).status).toBe(400)
  })

  test('goes by pages, and counts no further than a hundred', async () => {
    const street = await signIn('street')
    await send(...Array.from({ length: 120 }, () => toStreet))
    const first = await list(street)
    const second = await list(street, `?before=${first.next}`)
    const third = await list(street, `?before=${second.next}`)
    expect(first.unread).toBe(100)
    expect([first, second, third].map(({ items }) => items.length)).toEqual([50, 50, 20])
    expect(third.next).toBeNull()
    const seen = [first, second, third].flatMap(({ items }) => items.map(({ id }: Notice) => id))
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => 120 - index))
  })
})

test('who has no session hears nothing; who signs out hears no more', async () => {
  const stranger = new Page('hotline_session=guess', null)
  await until(() => stranger.refused.length > 0)
  expect(stranger.refused).toEqual(['not-signed-in'])
  expect((await service.app.inject('/api/notices')).statusCode).toBe(401)
  const street = await signIn('street')
  const page = await open(street)
  await street.ask('DELETE', '/api/session')
  await until(() => page.socket.disconnected)
  const district = await open(await signIn('district'))
  await database.db.deleteFrom('sessions').execute()
  await until(() => district.socket.disconnected)
})

test('old notices go, with who has read them', async () => {
  const street = await signIn('street')
  await send(toStreet, { ...toStreet, kind: 'urged' })
  await street.ask('POST', '/api/notices/read-all', { upTo: 2 })
  await sql`update notices set at = now() - interval '31 days' where id = 1`.execute(database.db)
  await sweepNotices(database.db)
  await sweepNotices(database.db)
  expect(await kinds(street)).toEqual(['urged'])
  expect(await database.db.selectFrom('notice_reads').select('notice_id').execute()).toEqual([
    { notice_id: 2 },
  ])
})
