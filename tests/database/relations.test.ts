import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerMerged } from '../../src/casework/relations/index.ts'
import {
  type AreaCode,
  asId,
  type CitizenId,
  type StaffId,
  type UnitId,
  type WorkOrderId,
} from '../../src/kernel/ids.ts'
import { cityInstant, HOUR_MS } from '../../src/kernel/time.ts'
import { act, draftOrder, smallCatalogue, trailOf } from '../support/cases.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { holder, sixUnits } from '../support/roles.ts'
import { Browser, person, type Service, startService } from '../support/service.ts'

const AT = cityInstant('2026-11-18', '10:00')
const FORM = { typeCode: 'HELP', categoryCode: '1-04', place: '码头街道', secret: false }

let database: TestDatabase
let service: Service
let desk: StaffId
let lead: StaffId
let handler: StaffId
const browsers: Record<string, Browser> = {}
beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  await sixUnits(db)
  await smallCatalogue(db)
  service = await startService(db, { now: () => AT + 5 * HOUR_MS })
  desk = await person(db, 'a8001')
  await person(db, 'a8002')
  lead = await holder(db, 'dispatcher', [{ role: 'dispatcher', unit: null }])
  await holder(db, 'call-back', [{ role: 'call-back', unit: null }])
  handler = await holder(db, 'quay', [{ role: 'unit-handler', unit: 'quay' }])
  for (const login of ['a8001', 'a8002', 'dispatcher', 'call-back', 'quay']) {
    browsers[login] = await Browser.signIn(service, login)
  }
})
afterAll(async () => {
  await service.close()
  await database.close()
})

const as = (login: string): Browser => {
  const browser = browsers[login]
  if (browser === undefined) throw new Error(`nobody signed in as ${login}`)
  return browser
}
const ids = (orders: readonly { readonly id: string }[]) => orders.map(({ id }) => id)
const relatedTo = async (login: string, order: string) => {
  const { status, body } = await as(login).ask('GET', `/api/work-orders/${order}/related`)
  expect(status).toBe(200)
  return body
}
const tie = (one: string, other: string, kind: string, login = 'dispatcher') =>
  as(login).ask('PUT', `/api/work-orders/${one}/links/${other}`, { kind, reason: '同一路口' })

async function registered(
  more: { caller?: string; secret?: boolean; citizen?: CitizenId; text?: string } = {},
) {
  const id = await draftOrder(database.db, { by: desk, at: AT, ...more })
  const secret = more.secret ?? false
  await act(database.db, id, desk, { do: 'register', type: 'HELP', priority: 'P3', secret }, AT)
  return id
}

describe('the orders beside an order', () => {
  test('are the citizen’s others, found by the record and its merged ones', async () => {
    const [kept, gone] = [asId<CitizenId>(randomUUID()), asId<CitizenId>(randomUUID())]
    await database.db.insertInto('citizens').values({ id: kept }).execute()
    await database.db.insertInto('citizens').values({ id: gone, merged_into: kept }).execute()
    const [one, two] = [await registered({ citizen: kept }), await registered({ citizen: gone })]
    await registered()
    expect(ids((await relatedTo('a8001', one)).citizen)).toEqual([two])
    expect(ids((await relatedTo('a8001', two)).citizen)).toEqual([one])
  })

  test('are those of the number while there is no record, and none of a withheld one', async () => {
    const [one, two] = [
      await registered({ caller: '13800000001' }),
      await registered({ caller: '13800000001' }),
    ]
    const [three] = [await registered({ caller: '' }), await registered({ caller: '' })]
    expect(ids((await relatedTo('a8001', one)).citizen)).toEqual([two])
    expect((await relatedTo('a8001', three)).citizen).toEqual([])
  })

  test('tell nobody who is behind a secret order but whoever took the call', async () => {
    const open = await registered({ caller: '13800000002' })
    const secret = await registered({ caller: '13800000002', secret: true })
    expect(ids((await relatedTo('a8001', open)).citizen)).toEqual([secret])
    expect(ids((await relatedTo('dispatcher', open)).citizen)).toEqual([])
    expect(ids((await relatedTo('dispatcher', secret)).citizen)).toEqual([])
  })

  test('are those near and alike in text', async () => {
    const code = asId<AreaCode>('460107001')
    await database.db.insertInto('areas').values({ code, name_zh: '码头街道' }).execute()
    const place = async (text: string) => {
      const id = await registered({ caller: '', text })
      await database.db.updateTable('work_orders').set({ area_code: code }).where('id', '=', id).execute()
      return id
    }
    const one = await place('海边栈桥的路灯整夜不亮，行人摔倒')
    const two = await place('海边栈桥路灯不亮，行人容易摔倒')
    await place('学校门口堵车')
    const { similar } = await relatedTo('a8001', one)
    expect(ids(similar)).toEqual([two])
    expect(similar[0].similarity).toBeGreaterThan(0.3)
  })

  test('are only those that the reader may read', async () => {
    const [mine, other] = [
      await registered({ caller: '13800000003' }),
      await registered({ caller: '13800000003' }),
    ]
    const to = [{ unit: asId<UnitId>('quay'), role: 'lead', person: null }] as const
    await act(database.db, mine, lead, { do: 'dispatch', to, reason: '职责' }, AT)
    expect((await tie(mine, other, 'near')).status).toBe(204)
    expect(ids((await relatedTo('dispatcher', mine)).linked)).toEqual([other])
    expect(await relatedTo('quay', mine)).toMatchObject({ citizen: [], linked: [], merged: [] })
    expect((await as('quay').ask('GET', `/api/work-orders/${other}/related`)).status).toBe(403)
  })
})

describe('a link', () => {
  test('shows from both sides, on both trails, and is taken away again', async () => {
    const [one, two] = [await registered(), await registered()]
    await tie(one, two, 'repeat')
    expect((await relatedTo('a8001', one)).linked).toMatchObject([{ id: two, link: 'repeat' }])
    expect((await relatedTo('a8001', two)).linked).toMatchObject([{ id: one, link: 'repeat' }])
    const untie = (reason = '不是一处') =>
      as('dispatcher').ask('POST', `/api/work-orders/${two}/links/${one}/untie`, { reason })
    expect((await untie(' ')).body.code).toBe('bad-input')
    expect((await untie()).status).toBe(204)
    expect((await untie()).status).toBe(404)
    for (const id of [one, two]) {
      expect(await trailOf(database.db, id)).toEqual(['register', 'link', 'unlink'])
      const { body } = await as('dispatcher').ask('GET', `/api/work-orders/${id}/timeline`)
      expect(body.map((entry: { why: string }) => entry.why)).toEqual(['', '同一路口', '不是一处'])
    }
  })

  test('is replaced by another kind', async () => {
    const [one, two] = [await registered(), await registered()]
    await tie(one, two, 'near')
    await tie(two, one, 'part')
    expect((await relatedTo('a8001', one)).linked).toMatchObject([{ id: two, link: 'parent' }])
    expect((await relatedTo('a8001', two)).linked).toMatchObject([{ id: one, link: 'part' }])
  })

  test('is tied by whoever leads or dispatches, between two orders', async () => {
    const [one, two] = [await registered(), await registered()]
    expect((await tie(one, two, 'near', 'a8001')).body.code).toBe('not-allowed')
    expect((await tie(one, one, 'near')).body.code).toBe('bad-input')
    expect((await tie(one, randomUUID(), 'near')).body.code).toBe('not-found')
  })

  test('gives a part one parent, one level deep, in no circle', async () => {
    const [a, b, c, d] = [await registered(), await registered(), await registered(), await registered()]
    expect((await tie(a, b, 'part')).status).toBe(204)
    expect((await tie(a, b, 'part')).status).toBe(204)
    expect((await tie(c, b, 'part')).body.code).toBe('part-has-parent')
    expect((await tie(b, c, 'part')).body.code).toBe('parts-too-deep')
    expect((await tie(b, a, 'part')).body.code).toBe('parts-too-deep')
    expect((await tie(d, a, 'part')).body.code).toBe('parts-too-deep')
    expect((await tie(a, c, 'part')).status).toBe(204)
  })

  test('gives one parent even to two who tie at once', async () => {
    const [part, ...wholes] = [await registered(), await registered(), await registered()]
    const answers = await Promise.all(wholes.map(whole => tie(whole, part, 'part')))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
  })
})

test('what may be tried is told: who ties, who opens parts, and of which orders none', async () => {
  const [one, two] = [await registered(), await registered()]
  const possible = async (login: string, order: string) => (await relatedTo(login, order)).possible
  expect(await possible('dispatcher', one)).toEqual(['tie', 'open-part'])
  expect(await possible('a8001', one)).toEqual(['open-part'])
  expect(await possible('a8002', one)).toEqual([])
  await tie(one, two, 'part')
  expect(await possible('dispatcher', two)).toEqual(['tie'])
})

describe('a part', () => {
  const open = (login: string, parent: string, form: object) =>
    as(login).ask('POST', `/api/work-orders/${parent}/parts`, { ...FORM, title: '井盖', text: '', ...form })

  test('is an order of its own of the same citizen', async () => {
    const parent = await registered({ caller: '13800000004' })
    const { status, body } = await open('a8001', parent, { title: '井盖缺失' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      status: 'to-dispatch',
      title: '井盖缺失',
      callerNumber: '13800000004',
      callId: null,
    })
    const rows = await database.db
      .selectFrom('work_orders')
      .select(['number', 'opened_by'])
      .where('id', 'in', [parent, asId<WorkOrderId>(body.id)])
      .execute()
    expect(new Set(rows.map(row => row.number)).size).toBe(2)
    expect(rows.map(row => row.opened_by)).toEqual([desk, desk])
    expect((await relatedTo('a8001', parent)).linked).toMatchObject([{ id: body.id, link: 'part' }])
    expect(await trailOf(database.db, body.id)).toEqual(['register', 'link'])
    expect((await open('a8001', body.id, {})).body.code).toBe('parts-too-deep')
  })

  test('is as secret as its parent', async () => {
    const { body } = await open('a8001', await registered({ secret: true }), {})
    expect(body.secret).toBe(true)
  })

  test('leaves nothing when its form is refused', async () => {
    const parent = await registered()
    expect((await open('a8001', parent, { title: ' ' })).body).toMatchObject({
      code: 'bad-input',
      fields: { title: 'required' },
    })
    expect((await relatedTo('a8001', parent)).linked).toEqual([])
  })

  test('is opened by whoever took the call, or ties orders', async () => {
    const parent = await registered()
    expect((await open('a8002', parent, {})).body.code).toBe('not-allowed')
    expect((await open('dispatcher', parent, {})).status).toBe(201)
  })

  test('does not come out of what is merged', async () => {
    const [one, two] = [await registered(), await registered()]
    await act(database.db, one, lead, { do: 'merge', into: two, reason: '同一事项' }, AT)
    expect((await open('dispatcher', one, {})).body.code).toBe('act-not-now')
  })
})

describe('citizens of merged orders', () => {
  const later = AT + HOUR_MS
  const merge = (one: WorkOrderId, into: WorkOrderId) =>
    act(database.db, one, lead, { do: 'merge', into, reason: '同一事项' }, AT)
  const answers = (id: WorkOrderId, at: number) =>
    database.db.transaction().execute(trx => answerMerged(trx, id, at))
  async function close(id: WorkOrderId, at = later) {
    await act(database.db, id, desk, { do: 'answer-directly', text: '路灯今晚恢复' }, at)
    await answers(id, at)
  }
  const owed = async () => (await as('call-back').ask('GET', '/api/answers-owed')).body
  const owedFor = async (...orders: WorkOrderId[]) =>
    (await owed()).filter((one: { orderId: WorkOrderId }) => orders.includes(one.orderId))
  const tell = (id: number) =>
    as('call-back').ask('POST', `/api/answers-owed/${id}/told`, { note: '已电话告知' })

  test('are owed the answer, through orders that were merged themselves, once', async () => {
    const [main, first, second, withheld] = [
      await registered(),
      await registered({ caller: '13800000005' }),
      await registered({ caller: '13800000006', secret: true }),
      await registered({ caller: '' }),
    ]
    await merge(second, first)
    await merge(first, main)
    await merge(withheld, main)
    await answers(main, AT)
    expect(await owedFor(first, second)).toEqual([])
    await close(main)
    await answers(main, later)
    const list = await owedFor(first, second, withheld)
    expect(list).toHaveLength(2)
    expect(list.find((one: { orderId: string }) => one.orderId === first)).toMatchObject({
      intoId: main,
      closing: 'answered',
      answer: '路灯今晚恢复',
      toldAt: null,
      citizen: { hidden: false, number: '13800000005' },
    })
    const hidden = list.find((one: { orderId: string }) => one.orderId === second)
    expect(hidden.citizen).toMatchObject({ hidden: true, name: '保密' })
    expect(JSON.stringify(hidden)).not.toContain('13800000006')
    expect(await trailOf(database.db, first)).toEqual(['register', 'merge', 'answered-with'])
    expect((await relatedTo('a8001', main)).merged).toHaveLength(2)
    expect((await relatedTo('a8001', first)).mergedInto).toMatchObject({ id: main })
  })

  test('are told once, which the order’s timeline keeps', async () => {
    const [main, merged] = [await registered(), await registered({ caller: '13800000007' })]
    await merge(merged, main)
    await close(main)
    const [{ id }] = await owedFor(merged)
    expect((await tell(id)).body).toMatchObject({ toldBy: '姓名call-back', note: '已电话告知' })
    expect((await tell(id)).body.code).toBe('already-decided')
    expect(await owedFor(merged)).toEqual([])
    const { body } = await as('call-back').ask('GET', `/api/work-orders/${merged}/timeline`)
    expect(body.map((entry: { what: string }) => entry.what)).toEqual([
      'register',
      'merge',
      'answered-with',
      'note',
    ])
    expect(body.at(-1).texts.text).toContain('已电话告知')
    await answers(main, later)
    expect(await owedFor(merged)).toEqual([])
  })

  test('wait no longer while the order is open again, and are owed the newer answer', async () => {
    const [main, merged] = [await registered(), await registered({ caller: '13800000008' })]
    await merge(merged, main)
    await close(main)
    await act(database.db, main, desk, { do: 'reopen', reason: '又不亮了' }, later + 1)
    expect(await owedFor(merged)).toEqual([])
    await close(main, later + HOUR_MS)
    const again = await owedFor(merged)
    expect(again).toMatchObject([{ closedAt: new Date(later + HOUR_MS).toISOString() }])
    await tell(again[0].id)
    await act(database.db, main, desk, { do: 'reopen', reason: '又不亮了' }, later + HOUR_MS + 1)
    await close(main, later + 2 * HOUR_MS)
    expect(await owedFor(merged)).toHaveLength(1)
  })

  test('are owed the answer at once where it was merged into one that has ended', async () => {
    const [main, merged] = [await registered(), await registered({ caller: '13800000010' })]
    await close(main)
    await merge(merged, main)
    expect(await owedFor(merged)).toMatchObject([{ intoId: main, answer: '路灯今晚恢复' }])
  })

  test('are read the answer as a unit wrote it: a name that it could only guess is not told from others', async () => {
    const citizen = asId<CitizenId>(randomUUID())
    await database.db.insertInto('citizens').values({ id: citizen, name: '王小明' }).execute()
    const [main, merged] = [await registered({ citizen, secret: true }), await registered()]
    await merge(merged, main)
    const unit = asId<UnitId>('quay')
    await act(
      database.db,
      main,
      lead,
      { do: 'dispatch', to: [{ unit, role: 'lead', person: null }], reason: '职责' },
      AT,
    )
    await act(database.db, main, handler, { do: 'sign', unit }, AT)
    const text = '王小红、王小明处的路灯已修复，13907550001 已告知'
    await act(database.db, main, handler, { do: 'answer', unit, text, solved: true }, AT)
    const ended = { status: 'closed', closing: 'solved', closed_at: new Date(later) } as const
    await database.db.updateTable('work_orders').set(ended).where('id', '=', main).execute()
    await answers(main, later)
    expect(await owedFor(merged)).toMatchObject([
      { answer: '王小红、王小明处的路灯已修复，139******01 已告知' },
    ])
  })

  test('go their own way once the order is taken out again', async () => {
    const [main, merged] = [await registered(), await registered({ caller: '13800000009' })]
    await merge(merged, main)
    await close(main)
    await act(database.db, merged, lead, { do: 'unmerge', reason: '不是一件事' }, later)
    expect(await owedFor(merged)).toEqual([])
  })

  test('find it in their record', async () => {
    const citizen = asId<CitizenId>(randomUUID())
    await database.db.insertInto('citizens').values({ id: citizen }).execute()
    const [main, merged, secret] = [
      await registered(),
      await registered({ citizen }),
      await registered({ citizen, secret: true }),
    ]
    await merge(merged, main)
    await merge(secret, main)
    await close(main)
    const [{ id }] = await owedFor(merged)
    await tell(id)
    const { body } = await as('call-back').ask('GET', `/api/answers-owed?citizen=${citizen}`)
    expect(body).toMatchObject([{ orderId: merged, note: '已电话告知' }])
  })

  test('are the business of call-back people, page by page', async () => {
    expect((await as('a8001').ask('GET', '/api/answers-owed')).body.code).toBe('not-allowed')
    expect((await as('a8001').ask('POST', '/api/answers-owed/1/told', { note: 'x' })).body.code).toBe(
      'not-allowed',
    )
    const all = await owed()
    expect(all.length).toBeGreaterThan(1)
    const [first, ...others] = all
    const rest = (await as('call-back').ask('GET', `/api/answers-owed?after=${first.id}`)).body
    expect(rest).toEqual(others)
  })
})
