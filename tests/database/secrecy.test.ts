import { createHash, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { sql } from 'kysely'
import { pino } from 'pino'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AttachmentFolder } from '../../src/adapters/storage/attachment-folder.ts'
import { isProtected } from '../../src/cases/secrecy.ts'
import { attachmentRoutes } from '../../src/casework/attachments/index.ts'
import { citizenOf } from '../../src/casework/citizens/index.ts'
import { ordersReadBy } from '../../src/casework/life/index.ts'
import { isProtectedRow, veil } from '../../src/casework/secrecy/index.ts'
import { type Pop, PopKeeper, replayPops } from '../../src/floor/screen-pops/index.ts'
import {
  asId,
  type CallId,
  type SeatNumber,
  type StaffId,
  type UnitId,
  type WorkOrderId,
} from '../../src/kernel/ids.ts'
import { attachmentDeps } from '../../src/server/cases.ts'
import { smallCatalogue } from '../support/cases.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { answeredCall, EVENING, LINE, type ToldCall } from '../support/facts.ts'
import { holder, sixUnits } from '../support/roles.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'

const NAME = '王小明'
const NUMBER = '13907551234'
const HOME = '089866880000'
const UNIT = asId<UnitId>('east')

let database: TestDatabase
let service: Service
const staff: Record<string, StaffId> = {}
const browsers: Record<string, Browser> = {}
beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  await oneLine(db)
  await sixUnits(db)
  await smallCatalogue(db)
  service = await startService(db, {
    rooms: [attachmentRoutes(attachmentDeps(db, new AttachmentFolder(tmpdir())))],
  })
  staff.taker = await person(db, 'a8001')
  staff.other = await person(db, 'a8002')
  staff.lead = await person(db, 'lead', 'shift-lead')
  staff.handler = await holder(db, 'handler', [{ role: 'unit-handler', unit: UNIT }])
  staff.leader = await holder(db, 'leader', [{ role: 'unit-leader', unit: UNIT }])
  staff.office = await holder(db, 'office', [
    { role: 'hotline-office', unit: null },
    { role: 'call-back', unit: null },
  ])
  const logins = new Map([
    ['taker', 'a8001'],
    ['other', 'a8002'],
  ])
  for (const who of Object.keys(staff)) {
    browsers[who] = await Browser.signIn(service, logins.get(who) ?? who)
  }
})
afterAll(async () => {
  await service.close()
  await database.close()
})

function as(who: string): Browser {
  const browser = browsers[who]
  if (browser === undefined) throw new Error(`nobody signed in as ${who}`)
  return browser
}
function idOf(who: string): StaffId {
  const id = staff[who]
  if (id === undefined) throw new Error(`nobody is ${who}`)
  return id
}

let position = 0
/** A call that somebody took, with its draft, of a citizen whose name and other number are known. */
async function callOf(number: string, name: string, by = 'taker'): Promise<ToldCall> {
  const call = answeredCall(idOf(by), EVENING + position * 60_000, number)
  for (const facts of call.events) service.facts.accept(++position, facts)
  await service.facts.flushed()
  const citizen = await database.db.transaction().execute(trx => citizenOf(trx, number))
  if (citizen === null) throw new Error('withheld')
  await database.db.updateTable('citizens').set({ name }).where('id', '=', citizen).execute()
  return call
}

const HOSTILE = {
  title: `${NAME}反映路灯不亮`,
  text: `家住码头街道。请回电 139 0755-1234，或 6688 0000，找${NAME}。`,
  place: `${NAME}家门口`,
}

const form = (more: object = {}) => ({
  ...{ typeCode: 'HELP', categoryCode: '1-04', secret: true, priority: 'P3' },
  ...HOSTILE,
  ...more,
})
async function versionOf(id: WorkOrderId): Promise<number> {
  const row = database.db.selectFrom('work_orders').select('version').where('id', '=', id)
  return (await row.executeTakeFirstOrThrow()).version
}
async function save(who: string, id: WorkOrderId, body: object) {
  const reply = await as(who).ask('PUT', `/api/work-orders/${id}`, body, {
    'if-match': `"${await versionOf(id)}"`,
  })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body
}
async function act(who: string, id: WorkOrderId, body: object) {
  const reply = await as(who).ask('POST', `/api/work-orders/${id}/acts`, body, {
    'if-match': `"${await versionOf(id)}"`,
  })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body
}
const stored = (id: WorkOrderId) =>
  database.db
    .selectFrom('work_orders')
    .select(['title', 'text', 'place'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
async function found(who: string, text: string): Promise<readonly string[]> {
  const { body } = await as(who).ask('GET', `/api/work-orders?text=${encodeURIComponent(text)}`)
  return body.orders.map((order: { id: string }) => order.id)
}

/** What of the citizen an answer gives away, however it is written. */
function told(answer: unknown): readonly string[] {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
  const digits = text.replaceAll(/[\s\-+"]/g, '')
  return [
    ...(text.includes(NAME) ? [NAME] : []),
    ...[NUMBER, HOME, '66880000'].filter(number => digits.includes(number)),
  ]
}

describe('what is protected', () => {
  test('is the same in memory as in PostgreSQL, and is what reading open orders leaves out', async () => {
    const { db } = database
    const reader = {
      ...{ kind: 'staff' as const, staff: asId<StaffId>(randomUUID()), name: 'x' },
      ...{ city: new Set(['order.read-open' as const]), overUnits: new Map() },
    }
    const types = [null, 'HELP', 'REPORT']
    await db.transaction().execute(async trx => {
      for (const type of types) {
        for (const secret of [false, true]) {
          const id = asId<WorkOrderId>(randomUUID())
          const numbers = { number: randomUUID().replaceAll(/\D/g, '').padEnd(18, '0').slice(0, 18) }
          await trx
            .insertInto('work_orders')
            .values({
              ...{ id, ...numbers, status: 'draft', caller_number: '', opened_by: idOf('taker') },
              ...{ opened_at: new Date(), type_code: type, secret },
            })
            .execute()
          const row = await trx
            .selectFrom('work_orders')
            .select([isProtectedRow().as('hidden'), ordersReadBy(reader).as('read')])
            .where('id', '=', id)
            .executeTakeFirstOrThrow()
          const hidden = isProtected({ secret, type })
          expect(row, `${type} ${secret}`).toEqual({ hidden, read: !hidden })
          await trx.deleteFrom('work_orders').where('id', '=', id).execute()
        }
      }
    })
  })
})

describe('words that name a citizen who asked for secrecy', () => {
  let call: ToldCall
  let order: WorkOrderId
  let heard: { readonly orderTitle: string }[]
  beforeAll(async () => {
    const { db } = database
    call = await callOf(NUMBER, NAME)
    order = call.draft
    const { citizen_id } = await db
      .selectFrom('work_orders')
      .select('citizen_id')
      .where('id', '=', order)
      .executeTakeFirstOrThrow()
    if (citizen_id === null) throw new Error('no citizen')
    await db.insertInto('citizen_numbers').values({ number: HOME, citizen_id }).execute()
    await db
      .insertInto('webhooks')
      .values({ id: randomUUID(), url: 'https://other.test/', secret: 'x' })
      .execute()
    await save('taker', order, form())
    const page = io(`${service.url}/cases`, {
      ...{ transports: ['websocket'], forceNew: true, reconnection: false },
      extraHeaders: { cookie: as('handler').cookie },
    })
    const notices: { readonly orderTitle: string }[] = []
    const first = new Promise<void>(resolve => {
      page.on('notice', notice => {
        notices.push(notice)
        resolve()
      })
    })
    await new Promise<void>(resolve => page.on('snapshot', () => resolve()))
    await act('lead', order, {
      do: 'dispatch',
      to: [{ unit: UNIT, role: 'lead', person: null }],
      reason: `${NAME}所在辖区`,
    })
    await first
    heard = notices
    page.disconnect()
    await act('handler', order, { do: 'sign', unit: UNIT })
    const contact = { unit: UNIT, channel: 'phone', text: '已致电 139-0755 1234，本人同意' }
    await act('handler', order, { do: 'contact', ...contact })
    await act('leader', order, { do: 'ask-hold', unit: UNIT, kind: 'need-info', reason: '等 6688 0000 补充' })
    await db
      .insertInto('attachments')
      .values({
        ...{ id: randomUUID(), order_id: order, sha256: 'a'.repeat(64), placeless_sha256: 'a'.repeat(64) },
        ...{ bytes: 1, type: 'txt', name: `${NAME}的说明.txt`, added_by: idOf('taker') },
      })
      .execute()
  })

  const doors = () => [
    `/api/work-orders/${order}`,
    `/api/work-orders/${order}/case`,
    `/api/work-orders/${order}/timeline`,
    `/api/work-orders/${order}/attachments`,
    '/api/work-orders',
    `/api/work-orders?text=${encodeURIComponent('路灯不亮')}`,
    '/api/work-orders?secret=true',
    '/api/notices',
    '/api/calls?scope=all',
    `/api/calls/${call.id}`,
  ]

  test.each(['handler', 'leader', 'lead', 'office'])('are masked for %s, whatever the door', async who => {
    const answered: string[] = []
    for (const door of doors()) {
      const { status, body } = await as(who).ask('GET', door)
      if (status !== 200) continue
      answered.push(door)
      expect(told(body), door).toEqual([])
    }
    const atLeast = who === 'lead' ? doors() : doors().filter(door => !door.startsWith('/api/calls'))
    expect(answered).toEqual(atLeast)
  })

  test('read as they were meant otherwise', async () => {
    const { body } = await as('handler').ask('GET', `/api/work-orders/${order}`)
    expect(body).toMatchObject({
      title: '保密反映路灯不亮',
      text: '家住码头街道。请回电 139******34，或 ******00，找保密。',
      place: '保密家门口',
      callerNumber: '139******34',
    })
    const timeline = (await as('handler').ask('GET', `/api/work-orders/${order}/timeline`)).body
    expect(timeline).toContainEqual(
      expect.objectContaining({ what: 'contact', texts: { text: '已致电 139******34，本人同意' } }),
    )
    expect(timeline).toContainEqual(expect.objectContaining({ what: 'dispatch', why: '保密所在辖区' }))
    // Six masked digits are a million tries against a digest of the whole.
    const digest = createHash('sha256').update('已致电 139-0755 1234，本人同意').digest('hex')
    const { rows } = await sql<{ kept: boolean }>`
      select exists (select from order_trail where detail::text like ${`%${digest}%`}) as kept`.execute(
      database.db,
    )
    expect(rows).toEqual([{ kept: true }])
    expect(JSON.stringify(timeline)).not.toContain(digest)
    expect((await as('handler').ask('GET', `/api/work-orders/${order}/case`)).body.hold.reason).toBe(
      '等 ******00 补充',
    )
  })

  test('are what whoever took the call wrote and heard', async () => {
    expect((await as('taker').ask('GET', `/api/work-orders/${order}`)).body).toMatchObject(HOSTILE)
  })

  test.each(['lead', 'leader'])('are masked in the file that %s takes away', async who => {
    const orders = await service.app.inject({
      url: '/api/work-orders/export?format=csv',
      headers: { cookie: as(who).cookie },
    })
    expect(orders.payload).toContain('保密反映路灯不亮')
    expect(told(orders.payload)).toEqual([])
    if (who !== 'lead') return
    const calls = await service.app.inject({
      url: '/api/calls.csv?day=2026-11-21',
      headers: { cookie: as(who).cookie },
    })
    expect(calls.payload).toContain('保密反映路灯不亮')
    expect(told(calls.payload)).toEqual([])
  })

  test('reach no other system, no notice and nobody beside the order', async () => {
    const events = await database.db.selectFrom('webhook_events').select(['type', 'body']).execute()
    expect(events.map(({ type }) => type)).toContain('order.dispatched')
    expect(events.flatMap(({ body }) => told(body))).toEqual([])
    expect(heard.map(({ orderTitle }) => orderTitle)).toContain('保密反映路灯不亮')
    expect(told(heard)).toEqual([])
    const beside = (await callOf('18600010001', '赵六')).draft
    await save('taker', beside, form({ secret: false, title: '同一盏路灯', text: '', place: '' }))
    const tied = await as('lead').ask('PUT', `/api/work-orders/${beside}/links/${order}`, {
      kind: 'repeat',
      reason: '同一盏路灯',
    })
    expect(tied.status, JSON.stringify(tied.body)).toBeLessThan(300)
    const related = (await as('lead').ask('GET', `/api/work-orders/${beside}/related`)).body
    expect(related.linked).toMatchObject([{ id: order, title: '保密反映路灯不亮', place: '保密家门口' }])
    expect(told(related)).toEqual([])
  })

  test('are nothing to search by, for anybody', async () => {
    expect(await found('lead', '路灯不亮')).toContain(order)
    const mentions = [NAME, '王小', NUMBER, '139 0755', '0755-1234', '66880000', '6688', HOME]
    for (const text of mentions) {
      for (const who of ['taker', 'lead', 'handler', 'office'])
        expect(await found(who, text), `${who} ${text}`).toEqual([])
    }
  })

  test('masked for the call-back too', async () => {
    await act('lead', order, { do: 'refuse-hold', reason: '不需要' })
    await act('handler', order, { do: 'answer', unit: UNIT, text: `已告知 ${NUMBER}，已修复`, solved: true })
    await act('office', order, { do: 'ask-override', to: 'to-call-back', reason: `${NAME}已确认` })
    await act('lead', order, { do: 'agree-override' })
    const { body } = await as('office').ask('GET', '/api/call-backs')
    expect(body.map((one: { id: string }) => one.id)).toContain(order)
    expect(told(body)).toEqual([])
    expect(told((await as('office').ask('GET', `/api/work-orders/${order}/timeline`)).body)).toEqual([])
  })
})

describe('guesses at who asked for secrecy', () => {
  const GUESSES = ['139 0755 1233', '139 0755-1234', '13907551235']
  const OTHERS = '见工单 202611180000000123，2026-11-18 赔付 3500000 元，12345 转 8001'
  let order: WorkOrderId
  beforeAll(async () => {
    order = (await callOf(NUMBER, NAME)).draft
    await save('taker', order, form({ text: `${NAME}：${OTHERS}` }))
    await act('lead', order, {
      do: 'dispatch',
      to: [{ unit: UNIT, role: 'lead', person: null }],
      reason: `${NAME}所在辖区`,
    })
    await act('handler', order, { do: 'sign', unit: UNIT })
    const text = `李小明、${NAME}：${GUESSES.join('，')}。${OTHERS}`
    await act('handler', order, { do: 'contact', unit: UNIT, channel: 'phone', text })
    await act('leader', order, { do: 'ask-hold', unit: UNIT, kind: 'need-info', reason: `等${NAME}` })
  })
  const read = async (door = '') => (await as('handler').ask('GET', `/api/work-orders/${order}${door}`)).body

  test('come back alike: every number masked, every name as whoever cannot know it wrote it', async () => {
    const timeline = await read('/timeline')
    const text = `李小明、${NAME}：139******33，139******34，139******35。${OTHERS}`
    expect(timeline).toContainEqual(expect.objectContaining({ what: 'contact', texts: { text } }))
    expect(timeline).toContainEqual(expect.objectContaining({ what: 'ask-hold', why: `等${NAME}` }))
    expect((await read('/case')).hold.reason).toBe(`等${NAME}`)
  })

  test('learn nothing from those who know: their words are masked, and other figures stand', async () => {
    expect((await read()).text).toBe(`保密：${OTHERS}`)
    expect(await read('/timeline')).toContainEqual(
      expect.objectContaining({ what: 'dispatch', why: '保密所在辖区' }),
    )
  })
})

describe('an order that becomes secret', () => {
  test('keeps what stands there when somebody saves what they were shown', async () => {
    const { draft } = await callOf('13907550002', '李四海')
    const words = { title: '李四海家停水', text: '电话13907550002', place: '李四海楼下' }
    await save('taker', draft, form(words))
    const shown = (await as('lead').ask('GET', `/api/work-orders/${draft}`)).body
    expect(shown.title).toBe('保密家停水')
    await save('lead', draft, form({ title: shown.title, text: shown.text, place: '二楼' }))
    expect(await stored(draft)).toEqual({ ...words, place: '二楼' })
  })

  test('is found by a name until it is secret, and again when it is not', async () => {
    const { draft } = await callOf('13907550003', '')
    await save('taker', draft, form({ title: '孙悟空家停水', text: '', place: '', secret: true }))
    expect(await found('lead', '孙悟空')).toEqual([draft])
    const named = (name: string) =>
      database.db
        .updateTable('citizens')
        .set({ name })
        .where('id', '=', ({ selectFrom }) =>
          selectFrom('citizen_numbers').select('citizen_id').where('number', '=', '13907550003'),
        )
        .execute()
    await named('孙悟空')
    expect(await found('lead', '孙悟空')).toEqual([])
    await named('')
    expect(await found('lead', '孙悟空')).toEqual([draft])
    await named('孙悟空')
    await save('taker', draft, form({ title: '孙悟空家停水', text: '', place: '', secret: false }))
    expect(await found('lead', '孙悟空')).toEqual([draft])
  })

  test('is found by no spelling that is masked where it is shown', async () => {
    const { draft } = await callOf('13907550004', 'Li Na')
    const said = [
      ...['call 139 0755 0004', '一三九零七五五零零零四', '１３９-０７５５-０００４', '+8613907550004'],
      ...['li na', 'LI  NA', 'lina'],
    ]
    for (const words of said) {
      await save('taker', draft, form({ title: '路灯', text: words, place: '' }))
      expect(veil({ names: ['Li Na'] }, words), words).not.toBe(words)
      const { body } = await database.db
        .selectFrom('order_search')
        .select('body')
        .where('order_id', '=', draft)
        .executeTakeFirstOrThrow()
      expect(body.replace(/^路灯 ?/, ''), words).toMatch(/^(|call|86)$/)
    }
    await save('taker', draft, form({ title: '路灯', text: 'linah 13907550005', place: '' }))
    expect(await found('lead', 'linah')).toEqual([draft])
  })

  const CALLER = '13907550009'
  const pop = (call: CallId, draft: WorkOrderId, who: string, caller = CALLER) =>
    new PopKeeper(database.db, pino({ level: 'silent' })).keep({
      ...{ call, direction: 'inbound', purpose: 'call', attempt: 1, seat: asId('1001') },
      ...{ staff: idOf(who), caller, dialled: '12345', line: LINE, waitedMs: 0 },
      ...{ arrivedAt: EVENING, offeredAt: EVENING, draft },
    })
  const ids = ({ openWorkOrders, earlierCalls }: Pop) =>
    [...openWorkOrders, ...earlierCalls].map(({ id }) => id).sort()
  const newest = async () => {
    const { id } = await database.db
      .selectFrom('screen_pops')
      .select(({ fn }) => fn.max('id').as('id'))
      .executeTakeFirstOrThrow()
    return Number(id ?? 0)
  }
  const secret = (id: WorkOrderId) =>
    database.db.updateTable('work_orders').set({ secret: true }).where('id', '=', id).execute()

  test('is gone from the pops of before when they are shown again, but for who took its call', async () => {
    const earlier = await callOf(CALLER, '周九')
    const cursor = await newest()
    const running = asId<CallId>(randomUUID())
    for (const who of ['other', 'taker']) {
      const shown = await pop(who === 'other' ? running : asId(randomUUID()), asId(randomUUID()), who)
      expect(ids(shown)).toEqual([earlier.draft, earlier.id].sort())
    }
    await secret(earlier.draft)
    const seat = { number: asId<SeatNumber>('1001'), call: running }
    const replayed = await replayPops(database.db, idOf('other'), seat, cursor)
    expect(replayed.current).toMatchObject({ callerNumber: CALLER, earlierCalls: [], openWorkOrders: [] })
    const over = await replayPops(database.db, idOf('other'), null, cursor)
    expect(over.missed.map(ids)).toEqual([[]])
    const taken = await replayPops(database.db, idOf('taker'), null, cursor)
    expect(taken.missed.map(ids)).toEqual([[earlier.draft, earlier.id].sort()])
  })

  test('hides its caller from whoever was offered the call and did not take it', async () => {
    const cursor = await newest()
    const call = answeredCall(idOf('taker'), EVENING, '13907550010')
    await callOf('13907550010', '吴十')
    await pop(call.id, call.draft, 'other', '13907550010')
    await database.db
      .updateTable('screen_pops')
      .set({ acknowledged_at: new Date() })
      .where('call_id', '=', call.id)
      .execute()
    for (const facts of call.events) service.facts.accept(++position, facts)
    await service.facts.flushed()
    const missed = async (who: string) =>
      (await replayPops(database.db, idOf(who), null, cursor)).missed.map(one => one.callerNumber)
    expect(await missed('other')).toEqual(['13907550010'])
    await secret(call.draft)
    expect(await missed('other')).toEqual(['139******10'])
    const [{ openWorkOrders, earlierCalls } = { openWorkOrders: null, earlierCalls: null }] = (
      await replayPops(database.db, idOf('other'), null, cursor)
    ).missed
    expect([openWorkOrders, earlierCalls]).toEqual([[], []])
  })
})
