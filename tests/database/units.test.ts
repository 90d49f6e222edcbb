import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { unitsBelow, unitTree } from '../../src/casework/units/index.ts'
import { asId, type LineNumber, type StaffId, type UnitId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
let admin: Browser
let lead: Browser
let agent: Browser
let agentId: StaffId
beforeAll(async () => {
  database = await freshDatabase()
  await person(database.db, 'admin', 'admin')
  await person(database.db, 'lead', 'shift-lead')
  agentId = await person(database.db, 'a1001')
  await database.db
    .insertInto('areas')
    .values({ code: asId('460901'), name_zh: '明珠区' })
    .execute()
  service = await startService(database.db)
  admin = await Browser.signIn(service, 'admin')
  lead = await Browser.signIn(service, 'lead')
  agent = await Browser.signIn(service, 'a1001')
})
afterAll(async () => {
  await service.close()
  await database.close()
})

const UNIT = {
  name: '市住房和城乡建设局',
  aliases: ['住建局', '物业'],
  kind: 'bureau',
  area: null,
  phones: ['089812340101'],
  dutyHours: null,
  takesOrders: true,
  contacts: [],
}
const contact = (duty: string, name: string, more: object = {}) => ({
  ...{ duty, name, phone: null, staff: null, field: null, hours: null },
  ...more,
})
const add = (id: string, parent: string | null, form: object = {}) =>
  admin.ask('POST', '/api/units', { ...UNIT, id, parent, name: id, aliases: [], ...form })
const save = (id: string, version: number, form: object, by = admin) =>
  by.ask('PUT', `/api/units/${id}`, { ...UNIT, ...form }, { 'if-match': `"${version}"` })
const move = (id: string, version: number, parent: string, by = admin) =>
  by.ask('PUT', `/api/units/${id}/parent`, { parent }, { 'if-match': `"${version}"` })
const close = (id: string, version: number, closed: boolean, by = admin) =>
  by.ask('PUT', `/api/units/${id}/closed`, { closed }, { 'if-match': `"${version}"` })
const read = async (id: string) => (await lead.ask('GET', `/api/units/${id}`)).body
const found = async (search: string): Promise<string[]> =>
  (await lead.ask('GET', `/api/units?search=${encodeURIComponent(search)}`)).body.map(
    (unit: { id: string }) => unit.id,
  )
const historyOf = async (id: string) =>
  (await lead.ask('GET', `/api/config-changes?subjects=unit&key=${id}`)).body.items

/** hotline → (north → (quay → pier), south), each time anew. */
beforeEach(async () => {
  await database.db.deleteFrom('order_assignments').execute()
  await database.db.deleteFrom('unit_contacts').execute()
  await database.db.deleteFrom('units').execute()
  await database.db.deleteFrom('config_changes').execute()
  for (const [id, parent] of [
    ['hotline', null],
    ['north', 'hotline'],
    ['quay', 'north'],
    ['pier', 'quay'],
    ['south', 'hotline'],
  ] as const) {
    expect(await add(id, parent), id).toMatchObject({ status: 201 })
  }
})

describe('a unit', () => {
  test('is added with its people, read by anybody at work, and on record', async () => {
    const contacts = [
      contact('leader', '林海燕'),
      contact('expert', '陈建华', { field: '房屋安全鉴定', phone: '089812510001' }),
    ]
    const added = await add('zhujian', 'south', { ...UNIT, area: '460901', contacts })
    expect(added.status).toBe(201)
    expect(added.headers.etag).toBe('"1"')
    expect(added.body).toMatchObject({ path: ['hotline', 'south', 'zhujian'], area: '460901', closed: false })
    expect((await agent.ask('GET', '/api/units/zhujian')).body).toEqual(added.body)
    const [change] = await historyOf('zhujian')
    expect(change).toMatchObject({
      before: null,
      after: { name: UNIT.name, contacts: [{ name: '林海燕' }, {}] },
    })
  })

  test('hangs below one that is there; there is one root', async () => {
    expect((await add('lost', 'nowhere')).body).toMatchObject({ fields: { parent: 'unknown' } })
    expect((await add('second-root', null)).body).toMatchObject({ fields: { parent: 'required' } })
    expect(await add('north', 'south')).toMatchObject({ status: 409, body: { code: 'exists-already' } })
  })

  test('every wrong field is named', async () => {
    expect((await save('pier', 1, { name: '' })).body).toMatchObject({ fields: { name: 'required' } })
    const reply = await save('pier', 1, {
      name: '  ',
      area: '999999',
      dutyHours: [{ days: [1], from: '08:00', to: '08:00' }],
      contacts: [
        contact('expert', '无专长', { field: '  ' }),
        contact('leader', '有专长', { field: '燃气' }),
        contact('handler', '旁人', { id: randomUUID(), staff: randomUUID() }),
      ],
    })
    expect(reply).toMatchObject({ status: 400 })
    expect(reply.body.fields).toEqual({
      name: 'required',
      area: 'unknown',
      'dutyHours.0.to': 'same-as-from',
      'contacts.0.field': 'required',
      'contacts.1.field': 'not-a-field',
      'contacts.2.id': 'unknown',
      'contacts.2.staff': 'unknown',
    })
    expect(await historyOf('pier')).toHaveLength(1)
  })

  describe('has no telephone', () => {
    const SHORT = '95001'
    beforeAll(async () => {
      const { db } = database
      await oneLine(db)
      const { queue_id, merge_mode } = await db
        .selectFrom('lines')
        .select(['queue_id', 'merge_mode'])
        .executeTakeFirstOrThrow()
      const line = { number: asId<LineNumber>('890'), name: '区线', queue_id, merge_mode }
      await db.insertInto('lines').values(line).execute()
      await db
        .insertInto('seats')
        .values({ number: asId('8001') })
        .execute()
      const saved = await admin.ask('POST', '/api/number-pools', {
        ...{
          name: '秘密',
          use: 'secret',
          first: SHORT,
          last: '95009',
          restHours: 24,
          lowAt: 2,
          active: true,
        },
      })
      expect(saved.status, JSON.stringify(saved.body)).toBe(201)
    })

    test.each([
      ['the main line', '12345', 'number-is-ours'],
      ['the main line behind an area code', '0898-12345', 'number-is-ours'],
      ['the main line from abroad', '+86-898-12345', 'number-not-allowed'],
      ['the number behind which short numbers are keyed', '96300', 'number-is-ours'],
      ['a line', '890', 'number-is-ours'],
      ['a seat', '8001', 'number-is-ours'],
      ['a short number', SHORT, 'number-is-ours'],
      ['a number of another country', '0085221234567', 'number-not-allowed'],
      ['the same with a plus', '+852-2123-4567', 'number-not-allowed'],
      ['a premium number', '0898-16800001', 'number-not-allowed'],
    ])('that is %s: %s', async (_, phone, problem) => {
      const contacts = [
        contact('liaison', '甲', { phone: '089812510001' }),
        contact('leader', '乙', { phone }),
      ]
      const fields = { 'phones.1': problem, 'contacts.1.phone': problem }
      const form = { phones: ['089812340101', phone], contacts }
      expect(await save('pier', 1, form)).toMatchObject({ status: 400, body: { code: 'bad-input', fields } })
      expect((await add('office', 'south', form)).body.fields).toEqual(fields)
      expect((await read('pier')).version).toBe(1)
    })

    test('but its own: of its city, mobile, from its own country, and another hotline’s', async () => {
      const phones = ['0898-12500001', '12500001', '13907551234', '+8613907551235', '12319']
      expect(await save('pier', 1, { phones })).toMatchObject({ status: 200, body: { phones } })
    })
  })

  test('is saved over the version that was edited; who stays keeps the id, who is not named goes', async () => {
    const first = (await save('pier', 1, { contacts: [contact('liaison', '甲'), contact('handler', '乙')] }))
      .body
    const [one] = first.contacts
    const kept = { ...one, name: '甲甲', staff: agentId }
    const second = await save('pier', 2, { contacts: [contact('leader', '丙'), kept] })
    expect(second.headers.etag).toBe('"3"')
    expect(second.body.contacts).toMatchObject([{ name: '丙' }, { id: one.id, name: '甲甲', staff: agentId }])
    expect(await save('pier', 2, {})).toMatchObject({ status: 412, body: { code: 'changed-meanwhile' } })
    expect((await read('pier')).contacts).toHaveLength(2)
  })

  test('only who has the right to the settings edits', async () => {
    for (const reply of [
      await agent.ask('POST', '/api/units', { ...UNIT, id: 'mine', parent: 'hotline' }),
      await save('pier', 1, {}, agent),
      await save('pier', 1, {}, lead),
      await move('pier', 1, 'south', agent),
      await close('pier', 1, true, agent),
    ]) {
      expect(reply).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
    }
    expect(await read('pier')).toMatchObject({ version: 1, name: 'pier' })
  })

  test('tells who is on duty now: whose hours it is, or the unit’s', async () => {
    const yesterday = new Date(Date.now() - 24 * 3_600_000 + 8 * 3_600_000).getUTCDay() || 7
    const never = [{ days: [yesterday], from: '00:00', to: '00:01' }]
    const always = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }]
    const contacts = [contact('liaison', '同单位'), contact('handler', '值守', { hours: always })]
    const shut = (await save('pier', 1, { dutyHours: never, contacts })).body
    const names = (unit: typeof shut) =>
      unit.contacts
        .filter(({ id }: { id: string }) => unit.onDuty.includes(id))
        .map(({ name }: { name: string }) => name)
    expect(names(shut)).toEqual(['值守'])
    const open = (await save('pier', 2, { dutyHours: null, contacts: shut.contacts })).body
    expect(names(open)).toEqual(['同单位', '值守'])
  })
})

describe('the tree', () => {
  const paths = async () => {
    const rows = await database.db.selectFrom('units').select(['id', 'path']).orderBy('id').execute()
    return Object.fromEntries(rows.map(({ id, path }) => [id, path.join('/')]))
  }

  test('a whole branch moves, and moves back', async () => {
    expect(await move('quay', 1, 'south')).toMatchObject({
      status: 200,
      body: { parent: 'south', version: 2 },
    })
    expect(await paths()).toEqual({
      hotline: 'hotline',
      north: 'hotline/north',
      quay: 'hotline/south/quay',
      pier: 'hotline/south/quay/pier',
      south: 'hotline/south',
    })
    expect(await move('quay', 2, 'north')).toMatchObject({ status: 200 })
    expect(await paths()).toMatchObject({ pier: 'hotline/north/quay/pier' })
    expect((await historyOf('quay'))[1]).toMatchObject({
      before: { parent: 'north' },
      after: { parent: 'south' },
    })
  })

  test('no unit comes below itself, whoever moves at the same time', async () => {
    expect((await move('north', 1, 'pier')).body).toMatchObject({ fields: { parent: 'below-itself' } })
    expect((await move('north', 1, 'north')).body).toMatchObject({ fields: { parent: 'below-itself' } })
    const both = await Promise.all([move('north', 1, 'south'), move('south', 1, 'north')])
    expect(both.map(reply => reply.status).sort()).toEqual([200, 400])
    for (const [id, path] of Object.entries(await paths())) {
      expect(path, id).toMatch(/^hotline/)
      expect(new Set(path.split('/')).size, id).toBe(path.split('/').length)
    }
  })

  test('these and all below them: from the database and from memory alike', async () => {
    const ids = (...named: string[]) => named.map(id => asId<UnitId>(id))
    const tree = await unitTree(database.db)
    for (const asked of [ids('north'), ids('quay', 'south'), ids('pier'), ids('unknown'), []]) {
      const below = await unitsBelow(database.db, asked)
      expect([...tree.below(asked)].sort()).toEqual(below.sort())
    }
    expect((await unitsBelow(database.db, ids('north'))).sort()).toEqual(['north', 'pier', 'quay'])
    await move('pier', 1, 'south')
    expect([...(await unitTree(database.db)).below(ids('south'))]).toEqual(['south', 'pier'])
  })

  test('is found by name, by what people call it, and by id; the whole name first', async () => {
    await save('pier', 1, { name: '市住房和城乡建设局', aliases: ['住建局', '海秀东路'] })
    await save('quay', 1, { name: '住建局质监站', aliases: [] })
    expect(await found('住建局')).toEqual(['pier', 'quay'])
    expect(await found('海秀')).toEqual(['pier'])
    expect(await found('PIE')).toEqual(['pier'])
    expect(await found('没有的')).toEqual([])
    expect(await found(' ')).toEqual(['hotline', 'north', 'quay', 'pier', 'south'])
  })
})

describe('closing', () => {
  async function assign(
    unit: string,
    state: 'working' | 'answered' | 'withdrawn',
    status: 'in-hand' | 'closed',
  ) {
    const id = randomUUID()
    await database.db
      .insertInto('work_orders')
      .values({
        ...{ id: asId(id), number: id.slice(0, 30), caller_number: '13800000000', opened_by: agentId },
        ...{ opened_at: new Date(), status },
      })
      .execute()
    await database.db
      .insertInto('order_assignments')
      .values({ order_id: asId(id), unit_id: asId(unit), role: 'lead', state, assigned_at: new Date() })
      .execute()
  }

  test('a unit with nothing on it is closed, counts nobody on duty, and is opened again', async () => {
    await save('pier', 1, { contacts: [contact('leader', '林海燕')] })
    expect((await close('pier', 2, true)).body).toMatchObject({ closed: true, onDuty: [], version: 3 })
    expect((await add('below', 'pier')).body).toMatchObject({ fields: { parent: 'closed' } })
    expect((await close('pier', 3, false)).body).toMatchObject({ closed: false })
    expect((await historyOf('pier')).map((one: { after: { closed: boolean } }) => one.after.closed)).toEqual([
      false,
      true,
      false,
      false,
    ])
  })

  test.each([
    ['working', 'in-hand', 409],
    ['answered', 'in-hand', 409],
    ['withdrawn', 'in-hand', 200],
    ['answered', 'closed', 200],
  ] as const)('with an assignment %s of an order %s: %i', async (state, status, answer) => {
    await assign('pier', state, status)
    const reply = await close('pier', 1, true)
    expect(reply.status).toBe(answer)
    if (answer === 409) expect(reply.body).toMatchObject({ code: 'unit-has-orders' })
  })

  test('from below upwards, and opened from above downwards', async () => {
    expect(await close('quay', 1, true)).toMatchObject({ status: 409, body: { code: 'unit-has-units' } })
    await close('pier', 1, true)
    expect(await close('quay', 1, true)).toMatchObject({ status: 200 })
    expect(await close('pier', 2, false)).toMatchObject({ status: 409, body: { code: 'unit-above-closed' } })
  })

  test('the list counts what each unit has still to answer', async () => {
    await assign('pier', 'working', 'in-hand')
    await assign('pier', 'working', 'in-hand')
    await assign('pier', 'answered', 'in-hand')
    const rows = (await agent.ask('GET', '/api/units')).body
    expect(
      rows.map(({ id, openOrders }: { id: string; openOrders: number }) => [id, openOrders]),
    ).toContainEqual(['pier', 2])
  })
})

test('the map is there for choosing a place', async () => {
  expect((await agent.ask('GET', '/api/areas')).body).toEqual([
    { code: '460901', parent: null, name: '明珠区', aliases: [] },
  ])
})
