import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { citizenOf, presentCitizens } from '../../src/casework/citizens/index.ts'
import { PopKeeper } from '../../src/floor/screen-pops/index.ts'
import { asId, type CitizenId, type StaffId, type UnitId, type WorkOrderId } from '../../src/kernel/ids.ts'
import { actorOf } from '../../src/people/roles/index.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { answeredCall, EVENING, LINE, type ToldCall } from '../support/facts.ts'
import { holder } from '../support/roles.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'

const PEOPLE = ['a8001', 'a8002', 'lead', 'auditor', 'handler'] as const
const NUMBER = '13907551234'

let database: TestDatabase
let service: Service
let taker: StaffId
let logged = ''
const browsers: Record<string, Browser> = {}
beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  await oneLine(db)
  const types = [
    ['HELP', '求助'],
    ['REPORT', '举报'],
  ] as const
  await db
    .insertInto('order_types')
    .values(types.map(([code, name_zh], position) => ({ code, name_zh, name_en: code, position })))
    .execute()
  service = await startService(db, {
    log: {
      write(line: string) {
        logged += line
      },
    },
  })
  taker = await person(db, 'a8001')
  await person(db, 'a8002')
  const lead = await person(db, 'lead', 'shift-lead')
  await person(db, 'auditor', 'admin')
  const handler = await person(db, 'handler', 'caseworker')
  const unit = asId<UnitId>('lamps')
  await db
    .insertInto('units')
    .values({ id: unit, parent_id: null, path: [unit], name_zh: '路灯所', kind: 'bureau' })
    .execute()
  await db
    .insertInto('roles')
    .values({
      code: 'confidant',
      name_zh: '保密员',
      name_en: 'Confidant',
      rights: ['identity.see'],
      over_unit: false,
    })
    .execute()
  await db
    .insertInto('role_grants')
    .values([
      { staff_id: lead, role_code: 'confidant', unit_id: null },
      { staff_id: handler, role_code: 'unit-handler', unit_id: unit },
    ])
    .execute()
  for (const login of PEOPLE) browsers[login] = await Browser.signIn(service, login)
})
afterAll(async () => {
  await service.close()
  await database.close()
})

function as(login: string): Browser {
  const browser = browsers[login]
  if (browser === undefined) throw new Error(`nobody signed in as ${login}`)
  return browser
}

const find = (number: string) => database.db.transaction().execute(trx => citizenOf(trx, number))
async function made(number: string): Promise<CitizenId> {
  const id = await find(number)
  if (id === null) throw new Error('withheld')
  return id
}
const form = (more: object = {}) => ({
  kind: 'person',
  name: '王小明',
  address: '海棠路 12 号',
  tags: ['独居'],
  remark: '',
  numbers: [],
  ...more,
})
const save = (id: string, version: number, body: object, login = 'a8001') =>
  as(login).ask('PUT', `/api/citizens/${id}`, body, { 'if-match': `"${version}"` })

let position = 0
/** A call that a8001 took, and its order as it was saved. */
async function orderOf(
  number: string,
  saved: { secret?: boolean; type_code?: string } = {},
): Promise<ToldCall> {
  const call = answeredCall(taker, EVENING + position * 60_000, number)
  for (const facts of call.events) service.facts.accept(++position, facts)
  await service.facts.flushed()
  await database.db
    .updateTable('work_orders')
    .set({ citizen_id: await find(number), ...saved })
    .where('id', '=', call.draft)
    .execute()
  return call
}

describe('a number and its citizen', () => {
  test('is made once, in whatever form the number comes, also by ten calls at one instant', async () => {
    const forms = ['18600010001', '018600010001', '+8618600010001']
    const found = await Promise.all(Array.from({ length: 9 }, (_, i) => find(forms[i % 3] ?? '')))
    expect(new Set(found).size).toBe(1)
    expect(await find('')).toBeNull()
    const same = await as('a8001').ask('GET', '/api/citizens?number=%2B8618600010001')
    expect(same.body).toMatchObject([{ id: found[0], numbers: ['18600010001'], name: '', version: 1 }])
  })

  test('of two who edit one version the second is told; each edit is on record', async () => {
    const id = await made('18600010002')
    const first = await save(id, 1, form({ numbers: ['18600010002', '089866880002'] }))
    expect(first).toMatchObject({ status: 200, body: { version: 2, name: '王小明' } })
    expect(first.headers.etag).toBe('"2"')
    expect((await save(id, 1, form())).status).toBe(412)
    expect(await find('+8689866880002')).toBe(id)
    const changes = await as('lead').ask('GET', `/api/citizens/${id}/changes`)
    expect(changes.body).toMatchObject([
      { change: 'edited', byName: '姓名a8001', before: { name: '', version: 1 }, after: { name: '王小明' } },
    ])
    const byName = await as('a8001').ask('GET', `/api/citizens?name=${encodeURIComponent('王小')}`)
    expect(byName.body).toMatchObject([{ id }])
    expect((await as('a8001').ask('GET', '/api/citizens?name=%25')).body).toEqual([])
  })

  test("another's number is not taken from them", async () => {
    const id = await made('18600010003')
    await made('18600010004')
    const reply = await save(id, 1, form({ numbers: ['18600010003', '+8618600010004'] }))
    expect(reply).toMatchObject({ status: 400, body: { fields: { numbers: 'taken' } } })
  })

  test('a unit’s handler finds nobody here', async () => {
    const id = await made('18600010005')
    for (const path of ['?number=18600010005', `/${id}`, `/${id}/history`, `/${id}/changes`]) {
      expect((await as('handler').ask('GET', `/api/citizens${path}`)).status, path).toBe(403)
    }
    expect((await save(id, 1, form(), 'handler')).status).toBe(403)
  })
})

test('another system registers orders and looks nobody up', async () => {
  const id = await made('18600010077')
  await holder(database.db, 'system', [{ role: 'integration', unit: null }])
  const system = await Browser.signIn(service, 'system')
  const refused = await Promise.all([
    system.ask('GET', '/api/citizens?number=18600010077'),
    system.ask('GET', '/api/citizens?name=%E7%8E%8B'),
    system.ask('GET', `/api/citizens/${id}`),
    system.ask('GET', `/api/citizens/${id}/history`),
    system.ask('GET', `/api/citizens/${id}/changes`),
    system.ask('PUT', `/api/citizens/${id}`, form({ numbers: ['18600010077'] }), { 'if-match': '"1"' }),
    system.ask('POST', `/api/citizens/${id}/merge`, { from: randomUUID() }, { 'if-match': '"1"' }),
  ])
  expect(refused.map(({ status }) => status)).toEqual(Array(7).fill(403))
  expect((await as('a8001').ask('GET', `/api/citizens/${id}`)).body).toMatchObject({ name: '', version: 1 })
})

describe('merging', () => {
  test('numbers move, both histories are found under the one kept, and the old id leads to it', async () => {
    const one = await orderOf('18600020001')
    const other = await orderOf('18600020002')
    const [kept, gone] = [await made('18600020001'), await made('18600020002')]
    await save(gone, 1, form({ numbers: ['18600020002'] }))
    const merge = (into: string, from: string, version: number, login = 'lead') =>
      as(login).ask('POST', `/api/citizens/${into}/merge`, { from }, { 'if-match': `"${version}"` })
    expect((await merge(kept, gone, 1, 'a8001')).status).toBe(403)
    expect((await merge(kept, kept, 1)).status).toBe(400)
    expect((await merge(kept, gone, 7)).status).toBe(412)
    expect(await merge(kept, gone, 1)).toMatchObject({
      status: 200,
      body: { id: kept, name: '王小明', numbers: ['18600020001', '18600020002'], version: 2 },
    })
    expect(await find('18600020002')).toBe(kept)
    expect((await as('a8001').ask('GET', `/api/citizens/${gone}`)).body.id).toBe(kept)
    expect((await save(gone, 3, form())).status).toBe(404)
    expect((await merge(kept, gone, 2)).status).toBe(404)

    const history = (await as('a8001').ask('GET', `/api/citizens/${kept}/history`)).body
    const ids = (rows: { id: string }[]) => rows.map(row => row.id).sort()
    expect(ids(history.orders)).toEqual([one.draft, other.draft].sort())
    expect(ids(history.calls)).toEqual([one.id, other.id].sort())
    const changes = (await as('a8001').ask('GET', `/api/citizens/${kept}/changes`)).body
    expect(changes.map((change: { change: string }) => change.change)).toEqual(['merged', 'edited'])
    expect(changes[0].before).toMatchObject({ kept: { name: '' }, other: { name: '王小明' } })
  })

  test('a chain of merges is no chain; two merges the other way round at once leave one record', async () => {
    const [a, b, c] = [await made('18600030001'), await made('18600030002'), await made('18600030003')]
    const merge = (into: string, from: string, version: number) =>
      as('lead').ask('POST', `/api/citizens/${into}/merge`, { from }, { 'if-match': `"${version}"` })
    const both = await Promise.all([merge(a, b, 1), merge(b, a, 1)])
    expect(both.map(reply => reply.status).sort()).toEqual([200, 404])
    const winner = both[0].status === 200 ? a : b
    expect((await merge(c, winner, 1)).body.numbers).toHaveLength(3)
    for (const id of [a, b, c]) expect((await as('lead').ask('GET', `/api/citizens/${id}`)).body.id).toBe(c)
  })
})

describe('secrecy', () => {
  let secret: ToldCall
  let report: ToldCall
  let open: ToldCall
  beforeAll(async () => {
    secret = await orderOf(NUMBER, { secret: true })
    report = await orderOf(NUMBER, { type_code: 'REPORT' })
    open = await orderOf(NUMBER, { type_code: 'HELP' })
    await save(await made(NUMBER), 1, form({ numbers: [NUMBER] }))
  })
  const rows = (...calls: readonly ToldCall[]) =>
    database.db
      .selectFrom('work_orders')
      .selectAll()
      .where(
        'id',
        'in',
        calls.map(call => call.draft),
      )
      .execute()
  const member = async (login: string) => {
    const who = database.db.selectFrom('staff').select(['id', 'name']).where('login', '=', login)
    return await actorOf(database.db, await who.executeTakeFirstOrThrow())
  }

  test('no list shows who is behind a secret order or a report, whoever reads it', async () => {
    for (const login of PEOPLE) {
      const seen = await presentCitizens(database.db, await rows(secret, report, open), await member(login))
      for (const { draft } of [secret, report]) {
        expect(seen.get(draft)).toEqual({
          hidden: true,
          mayAsk: login === 'lead',
          id: null,
          kind: null,
          name: '保密',
          number: '139******34',
          address: '',
        })
      }
      expect(seen.get(open.draft)).toMatchObject({ hidden: false, name: '王小明', number: NUMBER })
    }
  })

  test('a citizen’s history does not lead to their secret orders, but for whoever took them', async () => {
    const id = await made(NUMBER)
    const seen = async (login: string) => {
      const { body } = await as(login).ask('GET', `/api/citizens/${id}/history`)
      return [...body.orders, ...body.calls].map((row: { id: string }) => row.id).sort()
    }
    expect(await seen('a8002')).toEqual([open.draft, open.id].sort())
    expect(await seen('lead')).toEqual([open.draft, open.id].sort())
    expect(await seen('a8001')).toHaveLength(6)
  })

  const look = (login: string, order: WorkOrderId, reason = '举报人要求补充材料') =>
    as(login).ask('POST', `/api/work-orders/${order}/identity`, { reason })

  test('an identity is seen by asking, with the right and a reason, and every look is on record', async () => {
    expect((await look('a8001', secret.draft)).status).toBe(403)
    expect((await look('handler', secret.draft)).status).toBe(403)
    expect((await look('lead', asId(randomUUID()))).status).toBe(404)
    for (const reason of ['', '看看', ' 看一看 ']) {
      expect(await look('lead', secret.draft, reason)).toMatchObject({
        status: 400,
        body: { fields: { reason: 'too-short' } },
      })
    }
    expect(await look('lead', secret.draft)).toMatchObject({
      status: 200,
      body: { callerNumber: NUMBER, citizen: { name: '王小明', address: '海棠路 12 号' } },
    })
    await look('lead', secret.draft, '再次联系市民')
    const looks = (login: string, order = secret.draft) =>
      as(login).ask('GET', `/api/work-orders/${order}/identity/looks`)
    expect((await looks('auditor')).body).toMatchObject([
      { byName: '姓名lead', reason: '再次联系市民' },
      { byName: '姓名lead', reason: '举报人要求补充材料' },
    ])
    expect((await looks('lead')).status).toBe(403)
    const chain = await database.db
      .selectFrom('audit_log')
      .selectAll()
      .where('subject', '=', 'identity')
      .execute()
    expect(chain.map(row => row.why)).toEqual(['举报人要求补充材料', '再次联系市民'])
    expect((await looks('auditor', report.draft)).body).toEqual([])
  })

  test('call lists, the file and the call itself mask the number for whoever took no part', async () => {
    const { body } = await as('lead').ask('GET', '/api/calls?scope=all&day=2026-11-21')
    const numberOf = (call: ToldCall, rows: { id: string; callerNumber: string }[]) =>
      rows.find(row => row.id === call.id)?.callerNumber
    expect(numberOf(secret, body.items)).toBe('139******34')
    expect(numberOf(report, body.items)).toBe('139******34')
    expect(numberOf(open, body.items)).toBe(NUMBER)
    const found = await as('lead').ask('GET', `/api/calls?scope=all&number=${NUMBER}`)
    expect(found.body.items.map((row: { id: string }) => row.id)).toEqual([open.id])
    expect((await as('lead').ask('GET', `/api/calls/${secret.id}`)).body.call.callerNumber).toBe(
      '139******34',
    )
    const file = await service.app.inject({
      url: '/api/calls.csv?day=2026-11-21',
      headers: { cookie: as('lead').cookie },
    })
    expect(file.body.split(NUMBER)).toHaveLength(2)

    const own = await as('a8001').ask('GET', `/api/calls?number=${NUMBER}`)
    expect(own.body.items.map((row: { callerNumber: string }) => row.callerNumber)).toEqual([
      NUMBER,
      NUMBER,
      NUMBER,
    ])
  })

  test('the order itself masks the number, also for its taker', async () => {
    const numberOf = async ({ draft }: ToldCall) =>
      (await as('a8001').ask('GET', `/api/work-orders/${draft}`)).body.callerNumber
    expect(await numberOf(secret)).toBe('139******34')
    expect(await numberOf(report)).toBe('139******34')
    expect(await numberOf(open)).toBe(NUMBER)
  })

  test('a screen-pop leads nobody but their taker to secret orders', async () => {
    const pop = async (login: string) => {
      const staff = asId<StaffId>((await member(login)).staff)
      const call = asId<ToldCall['id']>(randomUUID())
      const shown = await new PopKeeper(database.db, pino({ level: 'silent' })).keep({
        call,
        direction: 'inbound',
        purpose: 'call',
        attempt: 1,
        seat: asId('1001'),
        staff,
        caller: NUMBER,
        dialled: '12345',
        line: LINE,
        waitedMs: 0,
        arrivedAt: EVENING,
        offeredAt: EVENING,
        draft: asId(randomUUID()),
      })
      return [shown.openWorkOrders, shown.earlierCalls].map(rows => rows.map(row => row.id).sort())
    }
    expect(await pop('a8002')).toEqual([[open.draft], [open.id]])
    expect(await pop('a8001')).toEqual([
      [open.draft, report.draft, secret.draft].sort(),
      [open.id, report.id, secret.id].sort(),
    ])
  })

  test('no log line has a number or a name of theirs', () => {
    expect(logged).not.toContain(NUMBER)
    expect(logged).not.toContain('王小明')
  })
})
