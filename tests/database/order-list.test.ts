import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '#database/connection.ts'
import { asId, type StaffId, type UnitId, type WorkOrderId } from '#kernel/ids.ts'
import type { OrderStatus } from '../../src/cases/life/order.ts'
import type { Right } from '../../src/cases/rights.ts'
import { ordersReadBy } from '../../src/casework/life/index.ts'
import { conditionsOf, type OrderFilter } from '../../src/casework/order-list/conditions.ts'
import { countOpen } from '../../src/casework/order-list/counts.ts'
import { countOrders, listOrders, nextDue, unitAndBelow } from '../../src/casework/order-list/index.ts'
import { ALL_TIME, periodsOf, someByIndex, termsOf } from '../../src/casework/order-list/index-terms.ts'
import { wordsOf } from '../../src/casework/order-list/terms.ts'
import { firstDueOfUnits, newestOfUnits } from '../../src/casework/order-list/unit-parts.ts'
import type { StaffActor } from '../../src/people/roles/index.ts'
import { generateOrders } from '../bench/generate-orders.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { holder } from '../support/roles.ts'
import { Browser, person, type Service, startService } from '../support/service.ts'

const ORDERS = 20_000
const UNTIL = new Date('2026-11-20T04:00:00Z')

let database: TestDatabase
let service: Service
beforeAll(async () => {
  database = await freshDatabase()
  const maker = openDatabase(database.url, () => {}, { statementMs: 0, answerMs: 120_000, maxConnections: 1 })
  await generateOrders(maker.db, { orders: ORDERS, seed: 7, until: UNTIL })
  await maker.close()
  service = await startService(database.db)
})
afterAll(async () => {
  await service.close()
  await database.close()
})

const NOBODY = asId<StaffId>('00000000-0000-4000-8000-000000000001')

function someone(city: readonly Right[], units: readonly string[] = [], staff = NOBODY): StaffActor {
  const over = new Map([['order.read-unit' as const, new Set(units.map(asId<UnitId>))]])
  return {
    kind: 'staff',
    staff,
    name: '',
    city: new Set(city),
    overUnits: units.length > 0 ? over : new Map(),
  }
}
const lead = someone(['order.read-all'])

/** All that a list has, page after page. */
async function listed(filter: OrderFilter, actor = lead, sort: 'newest' | 'due' = 'newest', most = 400) {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await listOrders(database.db, actor, filter, { sort, cursor, limit: 40 })
    if (!page.ok) throw new Error(page.refusal.code)
    ids.push(...page.value.orders.map(order => order.id))
    cursor = page.value.next ?? undefined
  } while (cursor !== undefined && ids.length < most)
  return ids
}

/** The same, asked of every row. */
async function truly(where: RawBuilder<unknown>, order = sql`opened_at desc, id desc`, most = 400) {
  const { rows } = await sql<{ id: string }>`
    select id from work_orders o where ${where} order by ${order} limit ${most}`.execute(database.db)
  return rows.map(row => row.id)
}

const has = (word: string) => sql`position(${word} in o.title || ' ' || o.place || ' ' || o.text) > 0`
const withUnit = (...units: string[]) => sql`exists (
  select from order_assignments a where a.order_id = o.id and a.unit_id = any(${units}::text[])
    and a.state not in ('returned', 'withdrawn'))`

describe('a list is what asking every row would give', () => {
  test.each<[string, OrderFilter, RawBuilder<unknown>]>([
    ['everything', {}, sql`true`],
    ['a common word', { text: '咨询' }, has('咨询')],
    ['a word of one place in fifty', { text: '消防通道被堵' }, has('消防通道被堵')],
    ['a rare word', { text: '演丰路' }, has('演丰路')],
    ['two words', { text: '滨海大道 路灯' }, sql`${has('滨海大道')} and ${has('路灯')}`],
    ['one character', { text: '鹏' }, has('鹏')],
    ['pairs that never stand together', { text: '路灯亮不' }, sql`false`],
    ['letters and digits, whatever their case', { text: '琼a0' }, has('琼A0')],
    [
      'a word in one month',
      { text: '噪声', openedFrom: new Date('2025-03-01'), openedTo: new Date('2025-04-01') },
      sql`${has('噪声')} and o.opened_at >= '2025-03-01Z' and o.opened_at < '2025-04-01Z'`,
    ],
    ['statuses', { status: ['in-hand', 'to-sign'] }, sql`o.status in ('in-hand', 'to-sign')`],
    [
      'a type and a priority',
      { type: 'HELP', priority: ['P1'] },
      sql`o.type_code = 'HELP' and o.priority = 'P1'`,
    ],
    ['a category with its items', { category: '1-02' }, sql`o.category_code like '1-02-%'`],
    ['an area with all inside it', { area: '460102003' }, sql`o.area_code like '460102003%'`],
    ['an area by another length', { area: '46010' }, sql`o.area_code like '46010%'`],
    ['units', { units: [asId('b7'), asId('s11')] }, withUnit('b7', 's11')],
    ['supervision', { supervision: 3 }, sql`o.supervision >= 3`],
    ['secret ones', { secret: true }, sql`o.secret`],
    [
      'not secret, rare otherwise',
      { secret: false, type: 'REPORT' },
      sql`not o.secret and o.type_code = 'REPORT'`,
    ],
    ['overdue', { overdueAt: UNTIL }, sql`o.due_at < ${UNTIL}`],
    ['overdue with a word', { overdueAt: UNTIL, text: '咨询' }, sql`o.due_at < ${UNTIL} and ${has('咨询')}`],
    [
      'a campaign and a grade',
      { campaign: '文明创建1', grade: ['very-good'] },
      sql`o.campaign = '文明创建1' and o.grade = 'very-good'`,
    ],
    ['a closing', { closing: ['not-solved'] }, sql`o.closing = 'not-solved'`],
  ])('%s', async (_, filter, where) => {
    const expected = await truly(where)
    expect(await listed(filter)).toEqual(expected)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from work_orders o where ${where}`.execute(database.db)
    const n = rows[0]?.n ?? 0
    expect(await countOrders(database.db, lead, filter)).toEqual({
      count: Math.min(n, 1_000),
      more: n > 1_000,
    })
  })

  test('first due first', async () => {
    expect(await listed({ priority: ['P3'] }, lead, 'due')).toEqual(
      await truly(sql`o.due_at is not null and o.priority = 'P3'`, sql`due_at, id`),
    )
  })

  test('soon due is what has nothing before it but that', async () => {
    const filter: OrderFilter = { priority: ['P3'], status: ['in-hand'] }
    const first = async () => {
      const page = await listOrders(database.db, lead, filter, { sort: 'due', limit: 1 })
      return page.ok ? page.value.orders[0] : undefined
    }
    const order = await first()
    if (order === undefined) throw new Error('no order in hand')
    expect(order.soon).toBe(false)
    await sql`
      insert into order_clocks (order_id, kind, started_at, due_at, clock, next_stage, next_at)
      select id, 'handle', opened_at, due_at, '{}', 'yellow', due_at from work_orders where id = ${order.id}
    `.execute(database.db)
    expect(await first()).toMatchObject({ id: order.id, soon: false })
    await sql`update order_clocks set next_stage = 'due' where order_id = ${order.id}`.execute(database.db)
    expect(await first()).toMatchObject({ id: order.id, soon: true })
    await sql`update order_clocks set stopped_at = now() where order_id = ${order.id}`.execute(database.db)
    expect(await first()).toMatchObject({ id: order.id, soon: false })
  })

  test('numbers: of an order, of a caller, in a text', async () => {
    const { rows } = await sql<{ id: string; number: string; caller_number: string }>`
      select id, number, caller_number from work_orders where not secret and type_code = 'HELP' order by number limit 1`.execute(
      database.db,
    )
    const [order] = rows
    if (order === undefined) throw new Error('no order')
    expect(await listed({ text: order.number })).toEqual([order.id])
    const begins = order.caller_number.slice(0, 9)
    const callers = sql`o.caller_number like ${`${begins}%`} and not o.secret and o.type_code <> 'REPORT'`
    expect(await listed({ text: begins })).toEqual(await truly(callers))
    expect(await listed({ caller: order.caller_number })).toContain(order.id)
  })
})

describe('who reads what', () => {
  test('a unit reads what is with it, secret or not, and nothing else', async () => {
    const street = someone([], ['s11'])
    expect(await listed({}, street)).toEqual(await truly(withUnit('s11')))
    expect(await listed({ text: '噪声' }, street)).toEqual(
      await truly(sql`${withUnit('s11')} and ${has('噪声')}`),
    )
    expect(await listed({ units: [asId('b7')] }, street)).toEqual(
      await truly(sql`${withUnit('s11')} and ${withUnit('b7')}`),
    )
    expect(await countOrders(database.db, street, {})).toEqual({
      count: (await truly(withUnit('s11'), sql`id`, ORDERS)).length,
      more: false,
    })
  })

  test('an agent reads all but secret orders and reports of others', async () => {
    const { rows } = await sql<{ staff: StaffId }>`
      select opened_by as staff from work_orders where type_code = 'REPORT' limit 1`.execute(database.db)
    const staff = rows[0]?.staff ?? NOBODY
    const agent = someone(['order.register', 'order.read-open'], [], staff)
    expect(await listed({ type: 'REPORT' }, agent)).toEqual(
      await truly(sql`o.type_code = 'REPORT' and o.opened_by = ${staff}`),
    )
    expect(await listed({ secret: true }, agent)).toEqual(
      await truly(sql`o.secret and o.opened_by = ${staff}`),
    )
    expect(await listed({ mine: true }, agent)).toEqual(await truly(sql`o.opened_by = ${staff}`))
  })

  test('nobody without rights reads anything', async () => {
    expect(await listed({}, someone([]))).toEqual([])
    expect((await countOpen(database.db, someone([]), UNTIL)).total).toBe(0)
  })

  test('no search tells who is behind a secret order or a report', async () => {
    const { rows } = await sql<{ caller: string }>`
      select caller_number as caller from work_orders where secret or type_code = 'REPORT'
      group by 1 limit 5`.execute(database.db)
    expect(rows).toHaveLength(5)
    for (const { caller } of rows) {
      for (const filter of [{ caller }, { text: caller }]) {
        const page = await listOrders(database.db, lead, filter, { sort: 'newest', limit: 200 })
        const found = page.ok ? page.value.orders : []
        expect(found.filter(order => order.secret || order.typeCode === 'REPORT')).toEqual([])
      }
    }
    const page = await listOrders(database.db, lead, { secret: true }, { sort: 'newest', limit: 10 })
    expect(page.ok && page.value.orders.map(order => order.callerNumber)).toEqual(Array(10).fill(null))
  })
})

const DISTRICT = ['d1', ...Array.from({ length: 8 }, (_, i) => `s1${i + 1}`)]
const BUREAU_STAFF = asId<StaffId>('55555555-0000-4000-8000-000000000001')
const ownOr = (staff: StaffId, ...parts: RawBuilder<unknown>[]) =>
  sql`(${sql.join([...parts, sql`o.opened_by = ${staff}`], sql` or `)})`

describe('every reader has of every list what asking every row would give', () => {
  let registrar: StaffId
  beforeAll(async () => {
    const { rows } = await sql<{ staff: StaffId }>`
      select opened_by as staff from work_orders group by 1 order by count(*) desc limit 1`.execute(
      database.db,
    )
    registrar = rows[0]?.staff ?? NOBODY
    await callAnsweredBy(BUREAU_STAFF)
  })

  const readers: [string, () => readonly [StaffActor, RawBuilder<unknown>]][] = [
    ['whoever reads all', () => [lead, sql`true`]],
    [
      'an agent',
      () => [
        someone(['order.read-open'], [], registrar),
        ownOr(registrar, sql`not o.secret and o.type_code is distinct from 'REPORT'`),
      ],
    ],
    ['a bureau', () => [someone([], ['b9']), withUnit('b9')]],
    ['a district with all below it', () => [someone([], DISTRICT), withUnit(...DISTRICT)]],
    [
      'a bureau, by one who registered orders',
      () => [someone([], ['b9'], registrar), ownOr(registrar, withUnit('b9'))],
    ],
    [
      'a bureau, by one who answered calls',
      () => [
        someone([], ['b9'], BUREAU_STAFF),
        sql`(${withUnit('b9')} or exists (
          select from seat_changes s
          where s.call_id = o.call_id and s.staff_id = ${BUREAU_STAFF} and s.state = 'talking'))`,
      ],
    ],
    [
      'discipline inspection',
      () => [someone(['order.read-referred'], ['b3']), sql`(o.supervision = 5 or ${withUnit('b3')})`],
    ],
    ['nobody', () => [someone([]), sql`false`]],
  ]
  const spring = { openedFrom: new Date('2026-03-01'), openedTo: new Date('2026-06-01') }
  const filters: [OrderFilter, RawBuilder<unknown>][] = [
    [{}, sql`true`],
    [spring, sql`o.opened_at >= '2026-03-01Z' and o.opened_at < '2026-06-01Z'`],
    [{ text: '咨询' }, has('咨询')],
    [{ text: '演丰路' }, has('演丰路')],
    [
      { text: '139000' },
      sql`(${has('139000')} or o.number like '139000%'
      or o.caller_number like '139000%' and not o.secret and o.type_code <> 'REPORT')`,
    ],
    [{ status: ['closed', 'archived'] }, sql`o.status in ('closed', 'archived')`],
    [{ status: ['to-sign'] }, sql`o.status = 'to-sign'`],
    [{ status: ['in-hand'], text: '噪声' }, sql`o.status = 'in-hand' and ${has('噪声')}`],
    [{ units: [asId('s11'), asId('b9')] }, withUnit('s11', 'b9')],
    [
      { units: [asId('s11')], type: 'HELP', ...spring },
      sql`${withUnit('s11')} and o.type_code = 'HELP' and o.opened_at >= '2026-03-01Z' and o.opened_at < '2026-06-01Z'`,
    ],
    [{ overdueAt: UNTIL }, sql`o.due_at < ${UNTIL}`],
    [{ overdueAt: UNTIL, text: '路' }, sql`o.due_at < ${UNTIL} and ${has('路')}`],
    [{ secret: true }, sql`o.secret`],
    [{ mine: true }, sql`false`],
  ]

  test.each(readers)('%s', async (_, reader) => {
    const [actor, reads] = reader()
    for (const [filter, holds] of filters) {
      const mine = filter.mine ? sql`o.opened_by = ${actor.staff}` : holds
      const where = sql`${reads} and ${mine}`
      expect({ filter, ids: await listed(filter, actor, 'newest', 120) }).toEqual({
        filter,
        ids: await truly(where, undefined, 120),
      })
      expect({ filter, ids: await listed(filter, actor, 'due', 120) }).toEqual({
        filter,
        ids: await truly(sql`${where} and o.due_at is not null`, sql`due_at, id`, 120),
      })
      const count = (await truly(where, undefined, ORDERS)).length
      const most = Math.min(count, 1_000)
      expect({ filter, ...(await countOrders(database.db, actor, filter)) }).toEqual({
        filter,
        count: most,
        more: count > most,
      })
    }
  })

  test.each(readers)('of what is open: %s', async (_, reader) => {
    const [actor, reads] = reader()
    const { rows } = await sql<{ total: number; overdue: number }>`
      select count(*)::int as total, (count(*) filter (where due_at < ${UNTIL}))::int as overdue from work_orders o
      where ${reads} and status not in ('closed', 'archived', 'void', 'merged', 'emergency')`.execute(
      database.db,
    )
    const { total, overdue } = await countOpen(database.db, actor, UNTIL)
    expect({ total, overdue }).toEqual(rows[0])
  })

  test('orders opened, or due, at the same instant are each on one page', async () => {
    const { db } = database
    await sql`
      update work_orders set opened_at = '2026-02-02T02:02:02.000002Z',
        due_at = case when due_at is null then null else '2026-12-01T02:02:02.000002Z'::timestamptz end
      where id in (select order_id from order_assignments where unit_id = any(${DISTRICT}) order by order_id limit 300)
    `.execute(db)
    await sql`update work_orders set opened_at = opened_at + '1 microsecond'
      where opened_at = '2026-02-02T02:02:02.000002Z' and caller_number < '13900100000'`.execute(db)
    for (const [actor, reads] of [
      [lead, sql`true`],
      [someone([], DISTRICT), withUnit(...DISTRICT)],
      [someone([], ['s13', 'b9'], registrar), ownOr(registrar, withUnit('s13', 'b9'))],
    ] as const) {
      const days = { openedFrom: new Date('2026-02-01'), openedTo: new Date('2026-02-04') }
      const then = sql`${reads} and o.opened_at >= '2026-02-01Z' and o.opened_at < '2026-02-04Z'`
      expect(await listed(days, actor)).toEqual(await truly(then))
      const due = sql`${reads} and o.due_at is not null`
      expect(await listed({}, actor, 'due', 2_000)).toEqual(await truly(due, sql`due_at, id`, 2_000))
    }
  })
})

/** Some orders came of calls that this person talked in; the newest of them of one that merely rang. */
async function callAnsweredBy(staff: StaffId): Promise<void> {
  const { db } = database
  await sql`
    with picked as (
      select id, gen_random_uuid() as call, opened_at, row_number() over (order by opened_at desc) as nth from work_orders order by opened_at desc, id desc offset 3 limit 40
    ), called as (
      insert into calls (id, leg, caller_number, dialled, arrived_at)
      select call, call::text, '13900000000', '12345', opened_at from picked
    ), sat as (
      insert into seat_changes (seat, at, staff_id, state, call_id)
      select '6001', opened_at, ${staff}::uuid, case nth when 1 then 'ringing' else 'talking' end, call from picked
    )
    update work_orders set call_id = picked.call from picked where picked.id = work_orders.id`.execute(db)
  // The index knows of a call's people once the order is written again, as it is after every talk.
  await sql`update work_orders set title = title where call_id is not null`.execute(db)
}

describe('what changes is found as it is now', () => {
  test("a unit's lists and counts follow its part, and what the part has of the order", async () => {
    const { db } = database
    const [from, to] = [someone([], ['b57']), someone([], ['b58'])]
    const [id = ''] = await truly(sql`o.status = 'in-hand' and o.due_at is not null
      and not ${withUnit('b57', 'b58')}`)
    const order = asId<WorkOrderId>(id)
    const seen = async (actor: StaffActor) => ({
      newest: (await listed({}, actor)).includes(id),
      due: (await listed({}, actor, 'due')).includes(id),
      open: (await countOpen(db, actor, UNTIL)).total,
      all: (await countOrders(db, actor, {})).count,
    })
    const part = (unit: string, state: 'working' | 'returned' | 'withdrawn') =>
      db
        .insertInto('order_assignments')
        .values({ order_id: order, unit_id: asId(unit), role: 'lead', state, assigned_at: UNTIL })
        .onConflict(conflict => conflict.columns(['order_id', 'unit_id']).doUpdateSet({ state }))
        .execute()
    const [none, others] = [await seen(from), await seen(to)]
    const withIt = (before: typeof none) => ({
      newest: true,
      due: true,
      open: before.open + 1,
      all: before.all + 1,
    })
    await part('b57', 'working')
    expect(await seen(from)).toEqual(withIt(none))
    // Returned by one and handed to the other, then taken back.
    await part('b57', 'returned')
    await part('b58', 'working')
    expect(await seen(from)).toEqual(none)
    expect(await seen(to)).toEqual(withIt(others))
    await part('b58', 'withdrawn')
    expect(await seen(to)).toEqual(others)
    await part('b57', 'working')

    const set = (values: { due_at?: Date | null; opened_at?: Date; status?: OrderStatus }) =>
      db.updateTable('work_orders').set(values).where('id', '=', order).execute()
    await set({ due_at: new Date('2020-01-01'), opened_at: new Date('2026-11-20T03:59:59Z') })
    expect((await listed({}, from, 'due'))[0]).toBe(id)
    expect((await listed({}, from))[0]).toBe(id)
    await set({ due_at: null })
    expect(await seen(from)).toEqual({ ...withIt(none), due: false })
    await set({ status: 'archived' })
    expect(await seen(from)).toEqual({ ...none, newest: true, all: none.all + 1 })
    await set({ status: 'in-hand', due_at: UNTIL })
    expect(await seen(from)).toEqual(withIt(none))
  })

  test('words, filters and units follow the order', async () => {
    const { db } = database
    const [id = ''] = await truly(sql`o.status = 'archived' and not o.secret and o.lead_unit is null`)
    const order = asId<WorkOrderId>(id)
    const set = (values: { title?: string; status?: 'in-hand'; supervision?: 5 }) =>
      db.updateTable('work_orders').set(values).where('id', '=', order).execute()
    await set({ title: '鸳鸯桥塌陷', status: 'in-hand', supervision: 5 })
    expect(await listed({ text: '鸳鸯桥' })).toEqual([id])
    expect(await listed({ text: '陷', supervision: 5, status: ['in-hand'] })).toEqual([id])
    const unit = asId<UnitId>('b59')
    await db
      .insertInto('order_assignments')
      .values({ order_id: order, unit_id: unit, role: 'lead', state: 'to-sign', assigned_at: UNTIL })
      .execute()
    expect(await listed({ text: '鸳鸯桥' }, someone([], ['b59']))).toEqual([id])
    await db
      .updateTable('order_assignments')
      .set({ state: 'returned' })
      .where('order_id', '=', order)
      .execute()
    expect(await listed({ text: '鸳鸯桥' }, someone([], ['b59']))).toEqual([])
    await set({ title: '桥' })
    expect(await listed({ text: '鸳鸯桥' })).toEqual([])
  })

  test('the service and PostgreSQL cut texts into the same words', async () => {
    const text = 'ＡＢＣ１２３，海棠路—１号（东）…Ünï “引号”\t①②　㍿ｶﾅ 🚧x_y%z\\琼A·D12'
    const { rows } = await sql<{ body: string }>`select search_text(${text}, '', '') as body`.execute(
      database.db,
    )
    expect(rows[0]?.body).toBe(wordsOf(text).join(' '))
  })
})

test('open orders are counted by status, priority and unit', async () => {
  const counts = await countOpen(database.db, lead, UNTIL)
  const { rows } = await sql<{ total: number; overdue: number; p1: number; b1: number }>`
    select count(*)::int as total, (count(*) filter (where due_at < ${UNTIL}))::int as overdue,
      (count(*) filter (where priority = 'P1'))::int as p1, (count(*) filter (where lead_unit = 'b1'))::int as b1
    from work_orders where status not in ('closed', 'archived', 'void', 'merged', 'emergency')`.execute(
    database.db,
  )
  const { total, overdue, byPriority, byUnit } = counts
  expect(total).toBeGreaterThan(100)
  expect({ total, overdue, p1: byPriority.P1 ?? 0, b1: byUnit.b1 ?? 0 }).toEqual(rows[0])
})

test('the sweep gets what is due, the first due first', async () => {
  const due = await nextDue(database.db, UNTIL, 30)
  expect(due.map(({ id }) => id)).toEqual(await truly(sql`o.due_at <= ${UNTIL}`, sql`due_at, id`, 30))
})

test('a unit comes with all below it', async () => {
  expect((await unitAndBelow(database.db, asId('d2'))).toSorted()).toEqual(
    ['d2', ...Array.from({ length: 8 }, (_, i) => `s2${i + 1}`)].toSorted(),
  )
})

test('over HTTP: filters, pages, counts; a broken cursor is refused', async () => {
  await person(database.db, '3001')
  const browser = await Browser.signIn(service, '3001')
  const list = '/api/work-orders?text=%E5%99%AA%E5%A3%B0&type=HELP&status=closed,archived&limit=3'
  const first = await browser.ask('GET', list)
  expect(first.status).toBe(200)
  const next = await browser.ask('GET', `${list}&cursor=${first.body.next}`)
  const ids = [...first.body.orders, ...next.body.orders].map(order => order.id)
  expect(ids).toEqual(
    await truly(
      sql`${has('噪声')} and o.type_code = 'HELP' and o.status in ('closed', 'archived') and not o.secret`,
      undefined,
      6,
    ),
  )
  const page = await browser.ask('GET', '/api/work-orders?unit=d1&limit=200')
  expect(page.body.orders).toHaveLength(200)
  const count = await browser.ask('GET', '/api/work-orders/count?type=PRAISE')
  expect(count.body).toMatchObject({ more: false })
  const counts = await browser.ask('GET', '/api/work-orders/counts')
  expect(counts.body.total).toBeGreaterThan(100)
  const broken = await browser.ask('GET', '/api/work-orders?cursor=bm9uc2Vuc2U')
  expect(broken).toMatchObject({ status: 400, body: { fields: { cursor: 'unknown' } } })
})

describe('a list taken away as a file', () => {
  const take = (browser: Browser, query: string) =>
    service.app.inject({ url: `/api/work-orders/export?${query}`, headers: { cookie: browser.cookie } })
  let taker: Browser
  beforeAll(async () => {
    await person(database.db, 'takes-lists', 'shift-lead')
    taker = await Browser.signIn(service, 'takes-lists')
  })

  test('has all that the list has, in its order, over as many pages as that takes', async () => {
    const reply = await take(taker, 'format=csv&category=1-02')
    expect(reply.statusCode).toBe(200)
    const lines = reply.payload.split('\r\n')
    expect(lines[0]).toContain('工单编号,状态,诉求类型')
    const { rows } = await sql<{ number: string }>`
      select number from work_orders where category_code like '1-02-%' order by opened_at desc, id desc`.execute(
      database.db,
    )
    expect(rows.length).toBeGreaterThan(400)
    expect(lines.slice(1, -1).map(line => line.split(',')[0]?.replace(/^'/, ''))).toEqual(
      rows.map(({ number }) => number),
    )
    const {
      list,
      filter,
      rows: told,
    } = await database.db
      .selectFrom('exports')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect({ list, filter, told }).toEqual({
      list: 'work-orders',
      filter: { category: '1-02' },
      told: rows.length,
    })
  })

  test('tells nobody who is behind a secret order or a report', async () => {
    const { payload } = await take(taker, 'format=csv&type=REPORT')
    const { rows } = await sql<{ number: string; caller: string }>`
      select number, caller_number as caller from work_orders where type_code = 'REPORT'`.execute(database.db)
    expect(rows.length).toBeGreaterThan(10)
    for (const { number, caller } of rows) {
      expect(payload).toContain(number)
      expect(payload).not.toContain(caller)
    }
    expect(payload).toContain('保密')
  })

  test('is for whoever may take lists away, and only what they may see', async () => {
    await person(database.db, '3002')
    const agent = await Browser.signIn(service, '3002')
    expect((await take(agent, 'format=csv')).json()).toMatchObject({ code: 'not-allowed' })
    await holder(database.db, 'inspector', [{ role: 'discipline', unit: null }])
    const inspector = await Browser.signIn(service, 'inspector')
    const { payload } = await take(inspector, 'format=csv')
    const referred = await truly(sql`o.supervision = 5`, undefined, ORDERS)
    expect(referred.length).toBeGreaterThan(0)
    expect(payload.split('\r\n')).toHaveLength(referred.length + 2)
  })

  test('a workbook; and no other format', async () => {
    const reply = await take(taker, 'format=xlsx&type=PRAISE&priority=P2')
    expect(reply.headers['content-type']).toContain('spreadsheetml.sheet')
    expect(reply.rawPayload.subarray(0, 2).toString()).toBe('PK')
    expect((await take(taker, 'format=pdf')).statusCode).toBe(400)
  })
})

type Explained = { readonly 'QUERY PLAN': readonly [{ readonly Plan: Node }] }
interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly Filter?: string
  readonly Plans?: readonly Node[]
}

async function planOf(query: RawBuilder<unknown>): Promise<Node[]> {
  const { rows } = await sql<Explained>`explain (format json) ${query}`.execute(database.db)
  const nodes = (plan: Node): Node[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]
  const [plan] = rows[0]?.['QUERY PLAN'] ?? []
  if (plan === undefined) throw new Error('no plan')
  return nodes(plan.Plan)
}

test.each<[string, OrderFilter, StaffActor]>([
  ['a word', { text: '演丰路' }, lead],
  ['one character', { text: '鹏' }, lead],
  ['filters', { type: 'PRAISE', area: '460102', priority: ['P1', 'P2'] }, lead],
  ["a unit's list", {}, someone([], ['s11', 'd1'])],
  ['the beginning of a number', { text: '13900012' }, lead],
])('the index over words and tags answers %s', async (_, filter, actor) => {
  const conditions = conditionsOf(filter, actor)
  const terms = termsOf(conditions)
  if (terms === null) throw new Error('nothing to look up')
  const periods = await periodsOf(database.db, ALL_TIME)
  const plan = await planOf(someByIndex({ conditions, range: ALL_TIME, terms, periods }, 2_000))
  expect(plan.map(node => node['Index Name'])).toContain('order_search_terms')
  const scanned = plan.filter(node => node['Node Type'] === 'Seq Scan').map(node => node['Relation Name'])
  expect(scanned).not.toContain('order_search')
  expect(scanned).not.toContain('work_orders')
})

test("a unit's newest and open orders are read from indexes of their own", async () => {
  const units = [asId<UnitId>('s11'), asId<UnitId>('d1')]
  const newest = await planOf(newestOfUnits(units, ALL_TIME, 50))
  expect(newest.map(node => node['Index Name'])).toContain('order_assignments_newest')
  const due = await planOf(firstDueOfUnits(units, null, 50))
  expect(due.map(node => node['Index Name'])).toContain('order_assignments_due')
  for (const node of [...newest, ...due]) expect(node['Node Type']).not.toBe('Seq Scan')
})

test('who reads an order is looked up for that order, not by all that they ever had', async () => {
  const plan = await planOf(sql`
    select id from work_orders where opened_at > ${new Date('2026-11-01')}
      and ${ordersReadBy(someone([], DISTRICT))}`)
  const filters = plan.flatMap(node => (node['Relation Name'] === 'work_orders' ? node.Filter : []))
  expect(filters.join()).toMatch(/EXISTS/)
  expect(filters.join()).not.toMatch(/hashed/)
})
