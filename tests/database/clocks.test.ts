import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asId, type StaffId, type UnitId, type WorkOrderId } from '#kernel/ids.ts'
import { cityInstant, HOUR_MS, type Instant, MINUTE_MS } from '#kernel/time.ts'
import type { Clock, ClockKind, Limit } from '../../src/cases/clocks/clock.ts'
import { type ClockLimits, DEFAULT_LIMITS } from '../../src/cases/clocks/limits.ts'
import {
  extend,
  pauseClocks,
  relimit,
  resumeClocks,
  startClock,
  stopClock,
} from '../../src/cases/clocks/operations.ts'
import {
  currentLimits,
  keepClocks,
  type OnStage,
  reckoning,
  recomputeClocks,
  type StageReached,
  sweepClocks,
  writeClocks,
} from '../../src/casework/clocks/index.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { holder, seedOrder, sixUnits } from '../support/roles.ts'
import { Browser, person, type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
let staff: StaffId
beforeAll(async () => {
  database = await freshDatabase()
  await sixUnits(database.db)
  staff = await holder(database.db, 'desk', [])
})
afterAll(() => database.close())
beforeEach(() => database.db.deleteFrom('order_clocks').execute())

/** `09-30 17:30` of 2026, on the city's clock. */
const at = (text: string): Instant => cityInstant(`2026-${text.slice(0, 5)}`, text.slice(6))
const wall = (ms: number): Limit => ({ unit: 'wall', ms })
const days = (count: number): Limit => ({ unit: 'working-days', days: count })
const handle = { kind: 'handle', unit: null } as const
const handling = (from: string, limit: Limit) => startClock([], handle, limit, at(from))
const ALL: readonly ClockKind[] = ['handle']

const newOrder = () => seedOrder(database.db, { by: staff })

/** As whoever acts on an order does: locked, then written. */
async function write(order: WorkOrderId, clocks: readonly Clock[]): Promise<Instant | null> {
  return await database.db.transaction().execute(async trx => {
    await trx.selectFrom('work_orders').select('id').where('id', '=', order).forUpdate().execute()
    return await writeClocks(trx, order, clocks, await reckoning(trx))
  })
}

/** An order whose handling began then. */
async function orderWith(clocks: readonly Clock[]): Promise<WorkOrderId> {
  const order = await newOrder()
  await write(order, clocks)
  return order
}

function listening(): { readonly told: StageReached[]; readonly onStage: OnStage } {
  const told: StageReached[] = []
  return { told, onStage: async (_trx, reached) => void told.push(reached) }
}

const sweep = (now: Instant, onStage: OnStage = async () => {}) => sweepClocks(database.db, now, onStage)
const rows = (order: WorkOrderId) =>
  database.db
    .selectFrom('order_clocks')
    .selectAll()
    .where('order_id', '=', order)
    .orderBy('started_at')
    .execute()
const marks = async (order: WorkOrderId) =>
  (
    await database.db
      .selectFrom('clock_marks')
      .select(['stage', 'at'])
      .where('order_id', '=', order)
      .orderBy('at')
      .orderBy('stage')
      .execute()
  ).map(one => [one.stage, one.at.getTime()])

test('a city begins with the limits of the model', async () => {
  expect(await currentLimits(database.db)).toEqual({ version: 1, limits: DEFAULT_LIMITS })
})

describe('the projection', () => {
  const quay = asId<UnitId>('quay')

  test('says of each clock when it is due and what comes next', async () => {
    const order = await newOrder()
    const sign = startClock(
      handling('09-21 09:00', days(5)),
      { kind: 'sign', unit: quay },
      wall(HOUR_MS),
      at('09-21 10:00'),
    )
    expect(await write(order, sign)).toBe(at('09-21 11:00'))
    const signed = stopClock(sign, { kind: 'sign', unit: quay }, at('09-21 10:10'))
    expect(await write(order, signed)).toBe(at('09-28 17:30'))
    expect(await rows(order)).toMatchObject([
      {
        ...{
          kind: 'handle',
          unit_id: null,
          due_at: new Date(at('09-28 17:30')),
          stopped_at: null,
          paused: false,
        },
        ...{ next_stage: 'half', next_at: new Date(at('09-24 08:45')), clock: signed[0] },
      },
      { kind: 'sign', unit_id: 'quay', stopped_at: new Date(at('09-21 10:10')), next_at: null, clock: null },
    ])
  })

  test('of a paused clock knows no due; written again as it was, no row is touched', async () => {
    const paused = pauseClocks(handling('09-21 09:00', wall(HOUR_MS)), at('09-21 09:10'), ALL)
    const order = await orderWith(paused)
    const version = () =>
      sql<{ xmin: string }>`select xmin::text from order_clocks where order_id = ${order}`.execute(
        database.db,
      )
    const before = await version()
    expect(await write(order, paused)).toBeNull()
    expect((await version()).rows).toEqual(before.rows)
    expect(await rows(order)).toMatchObject([{ paused: true, due_at: null, next_at: null }])
    expect(await write(order, resumeClocks(paused, at('09-22 09:10')))).toBe(at('09-22 10:00'))
    expect(await rows(order)).toMatchObject([{ paused: false, next_stage: 'half' }])
  })

  test('drops a clock that never ran', async () => {
    const order = await orderWith(handling('09-21 09:00', wall(HOUR_MS)))
    await write(order, handling('09-21 09:05', wall(HOUR_MS)))
    expect(await rows(order)).toHaveLength(1)
  })
})

describe('the sweep', () => {
  test('tells each stage once, in order, and not before its time', async () => {
    const order = await orderWith(handling('09-21 09:00', wall(HOUR_MS)))
    const { told, onStage } = listening()
    expect(await sweep(at('09-21 09:29'), onStage)).toBe(0)
    expect(await sweep(at('09-21 09:30'), onStage)).toBe(1)
    expect(await sweep(at('09-21 09:30'), onStage)).toBe(0)
    expect(await sweep(at('09-21 10:01'), onStage)).toBe(3)
    expect(await sweep(at('09-25 10:00'), onStage)).toBe(0)
    expect(told.map(one => [one.stage, one.at])).toEqual([
      ['half', at('09-21 09:30')],
      ['most', at('09-21 09:48')],
      ['due', at('09-21 10:00')],
      ['red', at('09-21 10:00')],
    ])
    expect(told[0]).toEqual({
      ...{
        order,
        ...handle,
        startedAt: at('09-21 09:00'),
        stage: 'half',
        at: at('09-21 09:30'),
        stopped: false,
      },
    })
    expect(await rows(order)).toMatchObject([{ next_stage: null, next_at: null }])
  })

  test('missed for days, it marks what a sweep every ten minutes would have marked', async () => {
    const stories: readonly (readonly Clock[])[] = [
      handling('09-21 16:00', days(2)),
      handling('09-21 16:00', wall(7 * HOUR_MS)),
      // Stopped before it was due, just after, and long after.
      stopClock(handling('09-21 16:00', wall(HOUR_MS)), handle, at('09-21 16:40')),
      stopClock(handling('09-21 16:00', wall(HOUR_MS)), handle, at('09-21 17:03')),
      stopClock(handling('09-21 16:00', days(1)), handle, at('09-24 09:00')),
      resumeClocks(pauseClocks(handling('09-21 16:00', days(1)), at('09-22 09:00'), ALL), at('09-22 16:00')),
      startClock([], { kind: 'sign', unit: null }, wall(15 * MINUTE_MS), at('09-21 22:00')),
    ]
    const often = await Promise.all(stories.map(orderWith))
    for (let now = at('09-21 16:00'); now < at('09-24 12:00'); now += 10 * MINUTE_MS) await sweep(now)
    const marked = await Promise.all(often.map(marks))
    const once = await Promise.all(stories.map(orderWith))
    await sweep(at('09-24 12:00'))
    expect(await Promise.all(once.map(marks))).toEqual(marked)
    expect(marked.map(one => one.length)).toEqual([5, 4, 1, 4, 5, 5, 6])
  })

  test('two at once tell each stage once between them', async () => {
    const orders = await Promise.all(
      Array.from({ length: 40 }, () => orderWith(handling('09-21 09:00', wall(HOUR_MS)))),
    )
    const { told, onStage } = listening()
    const now = at('09-21 12:00')
    await Promise.all([sweep(now, onStage), sweep(now, onStage), sweep(now, onStage)])
    // One that another held at that moment is left to the next.
    await sweep(now, onStage)
    expect(told).toHaveLength(orders.length * 4)
    for (const order of orders) {
      const stages = told.filter(one => one.order === order).map(({ stage }) => stage)
      expect(stages).toEqual(['half', 'most', 'due', 'red'])
    }
  })

  test('what throws is undone and told again; the other orders are done', async () => {
    const bad = await orderWith(handling('09-21 09:00', wall(HOUR_MS)))
    const good = await orderWith(handling('09-21 09:01', wall(HOUR_MS)))
    const now = at('09-21 09:50')
    const failing: OnStage = async (trx, { order, stage }) => {
      await trx.updateTable('work_orders').set({ title: stage }).where('id', '=', order).execute()
      if (order === bad && stage === 'most') throw new Error('not today')
    }
    await expect(sweep(now, failing)).rejects.toThrow('the clocks of 1 orders failed')
    expect([(await marks(bad)).length, (await marks(good)).length]).toEqual([0, 2])
    const { title } = await database.db
      .selectFrom('work_orders')
      .select('title')
      .where('id', '=', bad)
      .executeTakeFirstOrThrow()
    expect(title).toBe('')
    const { told, onStage } = listening()
    await sweep(now, onStage)
    expect(told.map(({ order, stage }) => [order, stage])).toEqual([
      [bad, 'half'],
      [bad, 'most'],
    ])
  })

  test('gives up when everything fails', async () => {
    for (let i = 0; i < 12; i += 1) await orderWith(handling('09-21 09:00', wall(HOUR_MS)))
    let asked = 0
    const failing: OnStage = async () => {
      asked += 1
      throw new Error('not today')
    }
    await expect(sweep(at('09-21 09:30'), failing)).rejects.toThrow('gave up')
    expect(asked).toBe(10)
  })

  test('who is told may act on the order there and then', async () => {
    const clocks = handling('09-21 09:00', wall(HOUR_MS))
    const order = await orderWith(clocks)
    const more = extend(clocks, handle, wall(HOUR_MS))
    const onStage: OnStage = async (trx, { stage }) => {
      if (stage === 'most') await writeClocks(trx, order, more, await reckoning(trx))
    }
    await sweep(at('09-21 10:30'), onStage)
    expect(await marks(order)).toEqual([
      ['half', at('09-21 09:30')],
      ['most', at('09-21 09:48')],
      // Of two hours now; it is 10:30.
      ['half', at('09-21 10:00')],
    ])
    expect(await rows(order)).toMatchObject([{ next_stage: 'most', next_at: new Date(at('09-21 10:36')) }])
  })

  test('an order in somebody else’s hands is neither waited for nor forgotten', async () => {
    const order = await orderWith(handling('09-21 09:00', wall(HOUR_MS)))
    await database.db.transaction().execute(async trx => {
      await trx.selectFrom('work_orders').select('id').where('id', '=', order).forUpdate().execute()
      expect(await sweep(at('09-21 09:30'))).toBe(0)
    })
    expect(await sweep(at('09-21 09:30'))).toBe(1)
  })

  test('told that a clock was stopped meanwhile, there is nobody to urge', async () => {
    await orderWith(stopClock(handling('09-21 09:00', wall(HOUR_MS)), handle, at('09-21 09:40')))
    const { told, onStage } = listening()
    await sweep(at('09-21 12:00'), onStage)
    expect(told.map(({ stage, stopped }) => [stage, stopped])).toEqual([['half', true]])
  })

  test('an extension is warned of again before its own end; a shorter limit does not tell twice', async () => {
    const clocks = handling('09-21 18:00', days(3))
    const order = await orderWith(clocks)
    await sweep(at('09-24 12:00'))
    expect((await marks(order)).map(([stage]) => stage)).toEqual(['half', 'yellow', 'most'])
    await write(
      order,
      relimit(clocks, () => days(2)),
    )
    await sweep(at('09-24 12:01'))
    expect((await marks(order)).map(([stage]) => stage)).toEqual(['half', 'due', 'yellow', 'red', 'most'])
    await write(order, extend(clocks, handle, days(5)))
    await sweep(at('10-09 09:00'))
    const yellows = (await marks(order)).filter(([stage]) => stage === 'yellow')
    expect(yellows).toHaveLength(2)
  })

  test('reads what is due from one index alone, however many orders there are', async () => {
    await database.db.transaction().execute(async trx => {
      // So many at once are no statement of the service, which gives each some seconds.
      await sql`set local statement_timeout = 0`.execute(trx)
      for (let first = 1; first < 20_000; first += 2_000) {
        await sql`
          insert into work_orders (id, number, status, caller_number, opened_by, opened_at)
          select gen_random_uuid(), lpad(n::text, 18, '0'), 'in-hand', '1', ${staff}, now()
          from generate_series(${first}::integer, ${first + 1_999}::integer) as n`.execute(trx)
      }
      await sql`
        insert into order_clocks (order_id, kind, started_at, clock, next_stage, next_at)
        select id, 'handle', now(), '{}', 'due', now() + random() * interval '30 days' from work_orders
        on conflict do nothing`.execute(trx)
    })
    await sql`vacuum analyze order_clocks`.execute(database.db)
    const { rows: plan } = await sql<{ 'QUERY PLAN': string }>`
      explain select order_id, next_at from order_clocks
      where next_at <= now() + interval '1 hour' and (next_at, order_id) > (now(), ${randomUUID()}::uuid)
      order by next_at, order_id limit 200`.execute(database.db)
    const lines = plan.map(row => row['QUERY PLAN'])
    expect(lines.join('\n')).toContain('Index Only Scan using order_clocks_next')
    expect(lines.join('\n')).not.toContain('Sort')
  })
})

describe('an edit', () => {
  const due = async (order: WorkOrderId) => {
    const [clock] = await rows(order)
    const { due_at } = await database.db
      .selectFrom('work_orders')
      .select('due_at')
      .where('id', '=', order)
      .executeTakeFirstOrThrow()
    expect(due_at).toEqual(clock?.due_at ?? null)
    return clock?.due_at?.getTime()
  }
  const keep = () => keepClocks(database.db, at('09-21 10:00'), async () => {})
  const setDay = (day: string, works: boolean) =>
    database.db.insertInto('calendar_days').values({ day, works, name: '中秋' }).execute()

  test('of the calendar reaches every clock that runs, and none that was stopped', async () => {
    const clocks = handling('09-21 09:00', days(2))
    const [running, stopped] = [
      await orderWith(clocks),
      await orderWith(stopClock(clocks, handle, at('09-21 09:30'))),
    ]
    await keep()
    expect(await due(running)).toBe(at('09-23 17:30'))
    await setDay('2026-09-22', false)
    await keep()
    expect(await due(running)).toBe(at('09-24 17:30'))
    expect(await rows(stopped)).toMatchObject([{ due_at: new Date(at('09-23 17:30')) }])
    await database.db.deleteFrom('calendar_days').execute()
    await keep()
    expect(await due(running)).toBe(at('09-23 17:30'))
  })

  test('without any, nothing is worked out anew', async () => {
    const order = await orderWith(handling('09-21 09:00', days(2)))
    await keep()
    await database.db
      .updateTable('order_clocks')
      .set({ due_at: new Date(0) })
      .execute()
    await keep()
    expect(await rows(order)).toMatchObject([{ due_at: new Date(0) }])
    await recomputeClocks(database.db)
    expect(await due(order)).toBe(at('09-23 17:30'))
  })

  test('waits for an order that somebody acts on, who has not seen it', async () => {
    const clocks = handling('09-21 09:00', days(2))
    const order = await orderWith(clocks)
    const before = await reckoning(database.db)
    await setDay('2026-09-22', false)
    const waiting = async () => {
      const { rows: found } = await sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
        database.db,
      )
      return found.length > 0
    }
    const { recomputed } = await database.db.transaction().execute(async trx => {
      await trx.selectFrom('work_orders').select('id').where('id', '=', order).forUpdate().execute()
      const recomputed = recomputeClocks(database.db)
      await until(waiting)
      await writeClocks(trx, order, extend(clocks, handle, days(1)), before)
      return { recomputed }
    })
    await recomputed
    expect(await due(order)).toBe(at('09-25 17:30'))
    await database.db.deleteFrom('calendar_days').execute()
  })
})

describe('/api/clock-limits', () => {
  let service: Service
  let admin: Browser
  let lead: Browser
  beforeAll(async () => {
    const { db } = database
    await person(db, 'admin', 'admin')
    await person(db, 'lead', 'shift-lead')
    const types = ['CONSULT', 'HELP', 'COMPLAINT', 'REPORT', 'SUGGEST', 'PRAISE']
    await db
      .insertInto('order_types')
      .values(types.map((code, position) => ({ code, name_zh: code, name_en: code, position })))
      .execute()
    service = await startService(db)
    admin = await Browser.signIn(service, 'admin')
    lead = await Browser.signIn(service, 'lead')
  })
  afterAll(() => service.close())

  const get = async () => (await lead.ask('GET', '/api/clock-limits')).body
  const put = (by: Browser, limits: object, version: number, why = '冬令时') =>
    by.ask('PUT', '/api/clock-limits', { ...limits, why }, { 'if-match': `"${version}"` })
  const longer: ClockLimits = { ...DEFAULT_LIMITS, hours: [{ from: '09:00', to: '17:00' }] }

  test('everybody reads them; who may edit settings publishes over what was edited', async () => {
    expect(await get()).toMatchObject({
      version: 1,
      limits: DEFAULT_LIMITS,
      versions: [{ version: 1, publishedBy: null }],
    })
    expect(await put(lead, longer, 1)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
    const order = await orderWith(handling('09-21 09:00', days(1)))
    expect(await put(admin, longer, 1)).toMatchObject({ status: 200, body: { version: 2, limits: longer } })
    expect(await put(admin, longer, 1)).toMatchObject({ status: 412, body: { code: 'changed-meanwhile' } })
    expect((await get()).versions).toMatchObject([
      { version: 2, publishedBy: '姓名admin', why: '冬令时' },
      { version: 1, why: '' },
    ])
    expect((await lead.ask('GET', '/api/clock-limits/1')).body).toEqual({
      version: 1,
      limits: DEFAULT_LIMITS,
    })
    expect((await lead.ask('GET', '/api/clock-limits/3')).status).toBe(404)
    const { body } = await lead.ask('GET', '/api/config-changes?subjects=clock-limits')
    expect(body.items).toMatchObject([
      {
        subject: 'clock-limits',
        key: '2',
        byName: '姓名admin',
        before: { version: 1 },
        after: { version: 2 },
      },
    ])
    await keepClocks(database.db, at('09-21 10:00'), async () => {})
    expect(await rows(order)).toMatchObject([{ due_at: new Date(at('09-22 17:00')) }])
  })

  test('a table can be asked about before it is published', async () => {
    const check = (limits: object) => lead.ask('POST', '/api/clock-limits/check', limits)
    expect((await check(longer)).body).toEqual({ problems: {} })
    const late = { ...longer, hours: [{ from: '19:00', to: '09:00' }] }
    expect((await check(late)).body).toEqual({ problems: { 'hours.0': 'wrong-order' } })
  })

  test('every wrong cell is named, and nothing published', async () => {
    const { limits } = DEFAULT_LIMITS
    const wrong = {
      ...DEFAULT_LIMITS,
      limits: {
        ...limits,
        dispatch: { ...limits.dispatch, P1: wall(HOUR_MS) },
        handle: { ...limits.handle, P3: { ...limits.handle.P3, HELP: days(0), NONE: days(1) } },
      },
    }
    expect(await put(admin, wrong, 2)).toMatchObject({
      status: 400,
      body: {
        code: 'bad-input',
        fields: {
          'limits.dispatch.P1': 'over-cap',
          'limits.handle.P3.HELP': 'out-of-range',
          'limits.handle.P3.NONE': 'unknown-type',
        },
      },
    })
    const { hours: _, ...without } = DEFAULT_LIMITS
    expect(await put(admin, without, 2)).toMatchObject({
      status: 400,
      body: { fields: { hours: 'required' } },
    })
    expect(await put(admin, longer, 2, ' ')).toMatchObject({
      status: 400,
      body: { fields: { why: 'wrong-form' } },
    })
    expect((await get()).version).toBe(2)
  })

  test('a form whose cells are no limits is refused at the cell', async () => {
    const { limits } = DEFAULT_LIMITS
    const odd = { ...DEFAULT_LIMITS, limits: { ...limits, sign: { ...limits.sign, P2: 'soon' } } }
    const { status, body } = await put(admin, odd, 2)
    expect(status).toBe(400)
    expect(Object.keys(body.fields)).toContain('limits.sign.P2')
  })
})
