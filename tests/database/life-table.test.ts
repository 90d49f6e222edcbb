import { afterAll, beforeAll, expect, test } from 'vitest'
import { FIRST_TABLE } from '../../src/cases/life/first-table.ts'
import type { LifeTable } from '../../src/cases/life/table.ts'
import { asId, type UnitId } from '../../src/kernel/ids.ts'
import { City } from '../support/city.ts'
import { Browser, person } from '../support/service.ts'

let city: City
let admin: Browser
let lead: Browser
beforeAll(async () => {
  city = await City.open()
  const { db } = city.database
  await person(db, 'tables-admin', 'admin')
  await person(db, 'tables-lead', 'shift-lead')
  admin = await Browser.signIn(city.service, 'tables-admin')
  lead = await Browser.signIn(city.service, 'tables-lead')
})
afterAll(() => city.close())

const publish = (by: Browser, version: number, table: object, why = '派出的工单不再撤回') =>
  by.ask('PUT', '/api/life-table', { table, why }, { 'if-match': `"${version}"` })
const moves = (part: object): object => ({ ...FIRST_TABLE, moves: { ...FIRST_TABLE.moves, ...part } })
/** Nothing that was sent out is recalled any more. */
const NO_RECALL: LifeTable = {
  ...FIRST_TABLE,
  moves: { ...FIRST_TABLE.moves, recall: { ...FIRST_TABLE.moves.recall, from: [] } },
}

async function sentOut(): Promise<string> {
  const order = await city.call({ category: '违停堵路', title: '出口被堵' })
  const unit = asId<UnitId>('jiaojing')
  const to = [{ unit, role: 'lead', person: null }] as const
  await city.act('派单员', order, { do: 'dispatch', to, reason: '交警处置' })
  return order
}
const recall = { do: 'recall', reason: '派错了' } as const

test('every problem is named, and nothing published', async () => {
  const { recall: _, ...rest } = FIRST_TABLE.moves
  const wrong = {
    numbers: { ...FIRST_TABLE.numbers, reworks: 9 },
    moves: {
      ...rest,
      void: { ...rest.void, from: ['draft', 'gone'] },
      approve: { ...rest.approve, who: [] },
    },
  }
  expect(await publish(admin, 1, wrong)).toMatchObject({
    status: 400,
    body: {
      code: 'bad-input',
      fields: {
        'numbers.reworks': 'out-of-range',
        'moves.recall': 'missing',
        'moves.void.from.1': 'unknown',
        'moves.approve.who': 'nobody',
      },
    },
  })
  expect(
    await publish(admin, 1, moves({ rate: { ...FIRST_TABLE.moves.rate, to: ['closed'] } })),
  ).toMatchObject({ status: 400, body: { fields: { 'moves.rate.to.in-hand': 'target-missing' } } })
  expect(await publish(admin, 1, FIRST_TABLE, ' ')).toMatchObject({ status: 400 })
  expect((await lead.ask('GET', '/api/life-table')).body).toEqual({ version: 1, table: FIRST_TABLE })
})

test('an order goes on by the table that it began with; what begins later goes by the new one', async () => {
  await city.now('2026-03-18 09:00')
  const before = await sentOut()
  expect(await publish(lead, 1, NO_RECALL)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  expect(await publish(admin, 1, NO_RECALL)).toMatchObject({ status: 200, body: { version: 2 } })
  expect(await publish(admin, 1, FIRST_TABLE)).toMatchObject({
    status: 412,
    body: { code: 'changed-meanwhile' },
  })
  const after = await sentOut()
  expect(await city.refused('派单员', after, recall)).toBe('act-not-now')
  expect((await city.see(after)).possible.map(one => one.do)).not.toContain('recall')
  expect(await city.act('派单员', before, recall)).toMatchObject({ status: 'to-dispatch' })
})

test('who published what and why is on record', async () => {
  const { body } = await lead.ask('GET', '/api/life-table/versions')
  expect(body).toMatchObject([
    { version: 2, why: '派出的工单不再撤回', publishedBy: '姓名tables-admin' },
    { version: 1, publishedBy: null },
  ])
  const changes = await lead.ask('GET', '/api/config-changes?subjects=life-table')
  expect(changes.body.items).toMatchObject([
    {
      subject: 'life-table',
      key: '2',
      byName: '姓名tables-admin',
      before: { version: 1 },
      after: { version: 2 },
    },
  ])
})

test('a version is read as it was published, and can be published again', async () => {
  expect((await lead.ask('GET', '/api/life-table/1')).body).toEqual({ version: 1, table: FIRST_TABLE })
  expect((await lead.ask('GET', '/api/life-table/9')).status).toBe(404)
  expect(await publish(admin, 2, FIRST_TABLE, '恢复第 1 版')).toMatchObject({ body: { version: 3 } })
  expect((await lead.ask('GET', '/api/life-table')).body.table).toEqual(FIRST_TABLE)
})

test('what a table may say is told, and a table checked without publishing it', async () => {
  const { body: frame } = await lead.ask('GET', '/api/life-table/frame')
  expect(frame.acts.dispatch).toEqual({
    ...{ from: ['to-dispatch'], to: ['to-sign'], choosesTo: false, guards: ['one-lead'] },
  })
  expect(frame.acts['agree-override'].choosesTo).toBe(true)
  expect(frame.acts.contact.to).toEqual([])
  const check = async (table: object) => (await lead.ask('POST', '/api/life-table/check', table)).body
  expect(await check(NO_RECALL)).toEqual({ problems: {} })
  const { approve, dispatch } = FIRST_TABLE.moves
  expect(await check(moves({ approve: { ...approve, from: [] } }))).toEqual({
    problems: { 'statuses.to-call-back': 'unreachable' },
  })
  expect(await check(moves({ dispatch: { ...dispatch, guards: [] } }))).toEqual({
    problems: { 'moves.dispatch.guards.one-lead': 'guard-needed' },
  })
  expect((await lead.ask('GET', '/api/life-table')).body.version).toBe(3)
})
