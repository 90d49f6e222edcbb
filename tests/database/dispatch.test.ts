import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countDispatch } from '../../src/casework/dispatch/index.ts'
import { seedDemoCity } from '../../src/demo-city/index.ts'
import { type AreaCode, asId, type StaffId, type UnitId } from '../../src/kernel/ids.ts'
import { cityInstant, DAY_MS } from '../../src/kernel/time.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { holder } from '../support/roles.ts'
import { Browser, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
let secrets: string
let staff: StaffId
let agent: Browser
let editor: Browser
beforeAll(async () => {
  database = await freshDatabase()
  secrets = await mkdtemp(join(tmpdir(), 'hotline-secrets-'))
  await seedDemoCity(database.db, secrets)
  service = await startService(database.db)
  staff = await person(database.db, 't8001')
  await person(database.db, 't-lead', 'shift-lead')
  await person(database.db, 't-admin', 'admin')
  agent = await Browser.signIn(service, 't8001')
  editor = await Browser.signIn(service, 't-admin')
})
afterAll(async () => {
  await service.close()
  await database.close()
  await rm(secrets, { recursive: true })
})

const AT = cityInstant('2026-10-15', '10:00')
const HAIXIU = asId<AreaCode>('460901001')
interface Unit {
  readonly unit: string
  readonly role: string
  readonly person: string | null
  readonly reasons: readonly { readonly code: string }[]
}
const form = (text: string, more: object = {}) => ({
  ...{ title: '', text, place: '', categoryCode: null, at: new Date(AT).toISOString() },
  ...more,
})
async function suggest(text: string, more: object = {}) {
  const { status, body } = await agent.ask('POST', '/api/dispatch/suggestions', form(text, more))
  expect(status).toBe(200)
  return body
}
const unitsOf = (body: { units: readonly Unit[] }) => body.units.map(({ unit, role }) => `${role} ${unit}`)

describe('what citizens call about goes to the right unit', () => {
  test.each([
    ['小区停电停水了', '供', 'lead gongshui', 'co gongdian'],
    ['隔壁噪音扰民，天天吵', '邻里噪声', 'lead haixiu-wanghai', 'co haixiu-sifasuo'],
    ['晚上噪音扰民', '邻里噪声', 'lead zhian', 'co haixiu'],
    ['道路积水，过不去', '积水', 'lead paishui', 'co shizheng'],
    ['房产证过户怎么办', '房产证办理', 'lead budongchan', 'co ziran'],
    ['邻里纠纷，请来调解', '邻里纠纷', 'lead haixiu-sifasuo', 'co haixiu-wanghai'],
    ['有人占道经营', '占道经营', 'lead zhifa', 'co haixiu'],
    ['车辆乱停乱放堵路', '违停堵路', 'lead jiaojing', 'co haixiu'],
    ['有人违规建设', '违法建设', 'lead zhifa', 'co ziran'],
    ['顶楼搭棚', '违法建设', 'lead haixiu', 'co haixiu-sifasuo', 'co zhifa'],
    ['买到的食品过保质期', '食品过期', 'lead shijian', 'co xiaowei'],
    ['片区上小学怎么划', '划片入学', 'lead jiaoyu', 'co mingzhu'],
    ['想了解投资优惠政策', '惠企政策', 'lead yingshang', 'co shangwu'],
    ['营业执照网上年检', '年检', 'lead shijian', 'co zhengwu'],
    ['被拖欠装修款4万元', '讨薪', 'lead haixiu-sifasuo', 'co laodong'],
    ['安全出口被堵住了', '消防通道', 'lead xiaofang', 'co haixiu'],
    ['皮带落在出租车上了', '出租车', 'lead yunguan'],
  ])('%s', async (text, category, ...units) => {
    const body = await suggest(text, { place: '海秀街道望海公寓' })
    expect(body.categories[0].name).toContain(category)
    expect(unitsOf(body).slice(0, units.length)).toEqual(units)
    expect(body.units[0].reasons[0]).toMatchObject({
      code: 'rule',
      note: expect.stringContaining('职责清单'),
    })
  })

  test('somebody by name, where the catalogue asks for one', async () => {
    const mediators = await database.db
      .selectFrom('unit_contacts')
      .select('name')
      .where('unit_id', '=', asId<UnitId>('haixiu-sifasuo'))
      .where('field', 'like', '%债务%')
      .execute()
    const [unit] = (await suggest('拖欠装修款4万元', { place: '海秀街道' })).units
    expect(mediators.map(({ name }) => name)).toContain(unit.person)
  })

  test('a category that the agent chose is not guessed again', async () => {
    const body = await suggest('停电', { categoryCode: '1-04-002' })
    expect(body.categories).toEqual([])
    expect(unitsOf(body)[0]).toBe('lead shizheng')
  })

  test('words of an emergency say whom to hand it to', async () => {
    const { priority } = await suggest('楼下着火了，停电')
    expect(priority).toEqual({ priority: 'P0', emergency: '119', reason: { code: 'words', words: ['着火'] } })
  })

  test('nothing said: nothing but the hotline office', async () => {
    const body = await suggest('')
    expect(body).toMatchObject({ area: null, categories: [], similar: [], priority: { priority: 'P3' } })
    expect(unitsOf(body)).toEqual(['lead hotline'])
  })
})

describe('the area', () => {
  test('is the one that the agent chose, or the place names, or the text', async () => {
    const given = await suggest('明珠区', { place: '椰林区', areaCode: HAIXIU })
    expect(given.area).toEqual({ code: HAIXIU, name: '明珠区海秀街道', from: 'given', candidates: [] })
    expect((await suggest('明珠区', { place: '椰林区' })).area).toMatchObject({
      name: '椰林区',
      from: 'place',
    })
    expect((await suggest('明珠区路灯不亮')).area).toMatchObject({ name: '明珠区', from: 'text' })
  })

  test('is else that of the caller’s last order', async () => {
    await order({ caller_number: '13800000001', area_code: HAIXIU, opened_at: new Date(AT - 40 * DAY_MS) })
    const body = await suggest('路灯不亮', { callerNumber: '13800000001' })
    expect(body.area).toMatchObject({ code: HAIXIU, from: 'caller' })
    // Another system, which may not look citizens up, is not led to one by their number.
    await holder(database.db, 't-system', [{ role: 'integration', unit: null }])
    const asked = form('路灯不亮', { callerNumber: '13800000001' })
    const system = await Browser.signIn(service, 't-system')
    const told = await system.ask('POST', '/api/dispatch/suggestions', asked)
    expect([told.status, told.body.area]).toEqual([200, null])
  })

  test('tells what a name may mean', async () => {
    const { area } = await suggest('', { place: '国盛大道 12 号' })
    expect(area).toEqual({
      ...{ code: '460900', name: '海棠市', from: 'place' },
      candidates: [
        { code: '460901005002', name: '明珠区龙腾街道大榕山社区' },
        { code: '460903003', name: '琼台区国盛街道' },
      ],
    })
  })
})

test('what went before is counted for the area and all around it, and is a reason', async () => {
  const send = (lead: string, at = AT) =>
    database.db.transaction().execute(trx =>
      countDispatch(trx, {
        categoryCode: '1-04-005',
        area: asId<AreaCode>('460901001001'),
        lead: asId<UnitId>(lead),
        at,
      }),
    )
  for (let i = 0; i < 12; i++) await send('huanwei')
  for (let i = 0; i < 4; i++) await send('wushui')
  // Longer ago than a year: forgotten.
  for (let i = 0; i < 50; i++) await send('shizheng', AT - 400 * DAY_MS)
  const history = (areaCode: string) => suggest('公厕', { categoryCode: '1-04-005', areaCode })
  const near = await history('460901001001')
  expect(near.units[0]).toMatchObject({
    ...{ unit: 'huanwei', role: 'lead' },
    reasons: [{ code: 'rule' }, { code: 'history', went: 12, of: 16, area: '明珠区海秀街道望海社区' }],
  })
  expect(near.units.at(-1)).toMatchObject({
    unit: 'wushui',
    role: 'alternative',
    reasons: [{ went: 4, of: 16 }],
  })
  const next = await history('460901001002')
  expect(next.units[0].reasons[1]).toMatchObject({ went: 12, of: 16, area: '明珠区海秀街道' })
  expect((await history('460904')).units[0].reasons[1]).toMatchObject({ of: 16, area: '海棠市' })
})

async function order(row: object): Promise<string> {
  const id = randomUUID()
  await database.db
    .insertInto('work_orders')
    .values({
      ...{ id: asId(id), number: id.slice(0, 18), status: 'to-dispatch', caller_number: '13900000000' },
      ...{ opened_by: staff, opened_at: new Date(AT - DAY_MS) },
      ...row,
    })
    .execute()
  return id
}

describe('orders that say the same', () => {
  const text = '和平大道路口红绿灯坏了，一直闪黄灯'
  const similar = async (more: object) => {
    const body = await suggest(text, { title: '红绿灯坏了', ...more })
    return body.similar.map(({ id }: { id: string }) => id)
  }

  test('in the area or near the point, lately; never a secret one, a draft or the order itself', async () => {
    const place = { area_code: asId<AreaCode>('460901003001') }
    const alike = { title: '红绿灯坏了', text: '和平大道红绿灯坏了，闪黄灯' }
    const inArea = await order({ ...place, ...alike })
    const atPoint = await order({ ...alike, title: '红绿灯坏', longitude: 110.3501, latitude: 20.0499 })
    await order({ ...place, ...alike, secret: true })
    await order({ ...place, ...alike, status: 'draft' })
    await order({ ...place, ...alike, opened_at: new Date(AT - 4 * DAY_MS) })
    await order({ ...place, title: '讨薪', text: '工地拖欠工资三个月' })
    await order({ ...alike, area_code: asId<AreaCode>('460902001') })
    await order({ ...alike, longitude: 110.4, latitude: 20.05 })
    expect(await similar({ place: '海田桥街道' })).toEqual([inArea])
    const point = { longitude: 110.35, latitude: 20.05 }
    expect(new Set(await similar({ areaCode: '460901003', point }))).toEqual(new Set([inArea, atPoint]))
    expect(await similar({ point })).toContain(atPoint)
    expect(await similar({ areaCode: '460901003', orderId: inArea })).toEqual([])
  })
})

describe('the rules', () => {
  const FORM = {
    ...{ categoryPrefix: null, areaCode: null, hours: null, anyWords: ['无人机'], allWords: [], noWords: [] },
    ...{ lead: 'gongan', coUnits: ['{street}'], personName: null, personDuty: null, personField: null },
    ...{ priority: 'P2', note: '无人驾驶航空器条例' },
  }
  const rules = async () => (await editor.ask('GET', '/api/duty-rules')).body
  const history = async (key: string) =>
    (await editor.ask('GET', `/api/config-changes?subjects=duty-rule&key=${key}`)).body.items

  test('of the city are many, and stand one after another', async () => {
    const all = await rules()
    expect(all.length).toBeGreaterThanOrEqual(150)
    expect(all.map(({ position }: { position: number }) => position)).toEqual(
      all.map((_: unknown, index: number) => index + 1),
    )
  })

  test('are added, edited over a version, moved and removed; each is on record and counts at once', async () => {
    const before = await rules()
    const added = await editor.ask('POST', '/api/duty-rules', { ...FORM, position: 1 })
    expect([added.status, added.headers.etag, added.body.position]).toEqual([201, '"1"', 1])
    expect(await suggest('无人机扰民')).toMatchObject({
      units: [{ unit: 'gongan', reasons: [{ code: 'rule', position: 1, version: 1 }] }],
      priority: { priority: 'P2', reason: { code: 'rule', position: 1 } },
    })
    const { id } = added.body
    const path = `/api/duty-rules/${id}`
    const saved = await editor.ask('PUT', path, { ...FORM, lead: 'jichang' }, { 'if-match': '"1"' })
    expect(saved.body).toEqual({ ...added.body, lead: 'jichang', version: 2 })
    expect((await suggest('无人机扰民')).units[0].unit).toBe('jichang')
    expect((await editor.ask('PUT', path, FORM, { 'if-match': '"1"' })).status).toBe(412)

    const ids = (await rules()).map((rule: { id: string }) => rule.id)
    const moved = await editor.ask('PUT', '/api/duty-rules/order', { ids: [...ids.slice(1), id] })
    expect(moved.body.at(-1)).toMatchObject({ id, position: ids.length, version: 2 })
    expect((await editor.ask('PUT', '/api/duty-rules/order', { ids: ids.slice(1) })).status).toBe(412)
    expect((await editor.ask('DELETE', path, undefined, { 'if-match': '"1"' })).status).toBe(412)
    expect((await editor.ask('DELETE', path, undefined, { 'if-match': '"2"' })).status).toBe(204)
    expect((await editor.ask('DELETE', path, undefined, { 'if-match': '"2"' })).status).toBe(404)
    expect(await rules()).toEqual(before)
    expect(await history(id)).toMatchObject([
      { before: { lead: 'jichang', version: 2 }, after: null },
      { before: { lead: 'gongan' }, after: { lead: 'jichang', version: 2 } },
      { before: null, after: { lead: 'gongan', position: 1 } },
    ])
    expect((await history('order'))[0].after.ids).toEqual([...ids.slice(1), id])
  })

  test('that two people put in at one instant both stand, each in a place of its own', async () => {
    const replies = await Promise.all(
      [1, 1, 1].map(position => editor.ask('POST', '/api/duty-rules', { ...FORM, position })),
    )
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201])
    const positions = (await rules()).map(({ position }: { position: number }) => position)
    expect(positions).toEqual(positions.map((_: number, index: number) => index + 1))
    for (const { body } of replies) {
      await editor.ask('DELETE', `/api/duty-rules/${body.id}`, undefined, { 'if-match': '"1"' })
    }
  })

  test('may be tried out, rule by rule', async () => {
    const { status, body } = await editor.ask(
      'POST',
      '/api/duty-rules/try',
      form('夜市占道', { place: '海秀街道' }),
    )
    expect(status).toBe(200)
    expect(body.tried.at(-1).failed).toBeNull()
    expect(body.tried.slice(0, -1).every(({ failed }: { failed: string | null }) => failed !== null)).toBe(
      true,
    )
    expect(body.tried.map(({ failed }: { failed: string }) => failed)).toContain('time')
    expect(body.suggestion.units[0].reasons[0].rule).toBe(body.tried.at(-1).id)
  })

  test('name every wrong field, and are for who edits the settings of cases', async () => {
    const wrong = { ...FORM, categoryPrefix: '9', areaCode: '990000', lead: 'nobody', coUnits: ['{moon}'] }
    expect(await editor.ask('POST', '/api/duty-rules', wrong)).toMatchObject({
      status: 400,
      body: {
        code: 'bad-input',
        fields: { categoryPrefix: 'unknown', areaCode: 'unknown', lead: 'unknown', 'coUnits.0': 'unknown' },
      },
    })
    expect((await editor.ask('POST', '/api/duty-rules', { ...FORM, lead: '' })).body.fields).toEqual({
      lead: 'required',
    })
    await person(database.db, 'handler', 'caseworker')
    const handler = await Browser.signIn(service, 'handler')
    // Whoever runs the floor goes by the rules, and does not make them.
    const lead = await Browser.signIn(service, 't-lead')
    const some = `/api/duty-rules/${randomUUID()}`
    const refused = await Promise.all([
      ...[agent, lead].flatMap(who => [
        who.ask('GET', '/api/duty-rules'),
        who.ask('POST', '/api/duty-rules', FORM),
        who.ask('PUT', some, FORM, { 'if-match': '"1"' }),
        who.ask('DELETE', some, undefined, { 'if-match': '"1"' }),
        who.ask('PUT', '/api/duty-rules/order', { ids: [] }),
        who.ask('POST', '/api/duty-rules/try', form('停水')),
      ]),
      handler.ask('POST', '/api/dispatch/suggestions', form('停水')),
    ])
    expect(refused.map(({ status }) => status)).toEqual(Array(13).fill(403))
  })
})

describe('the words that tell a category or an urgency', () => {
  const PATH = '/api/dispatch-words'
  const read = async () => (await editor.ask('GET', PATH)).body
  const save = (version: number, lists: object) =>
    editor.ask('PUT', PATH, lists, { 'if-match': `"${version}"` })

  test('are edited list by list over one version, count at once and are on record', async () => {
    const { version, lists } = await read()
    expect(lists['P0-119']).toContain('着火')
    const change = {
      'P0-119': [...lists['P0-119'], '火光冲天'],
      '1-04-002': [...lists['1-04-002'], '黑灯瞎火'],
    }
    const saved = await save(version, change)
    expect(saved).toMatchObject({ status: 200, headers: { etag: `"${version + 1}"` } })
    expect(saved.body.lists.P1).toEqual(lists.P1)
    const told = await editor.ask('POST', '/api/duty-rules/try', form('那边黑灯瞎火，远处火光冲天'))
    expect(told.body.suggestion).toMatchObject({
      categories: [{ code: '1-04-002', words: ['黑灯瞎火'] }],
      priority: { priority: 'P0', emergency: '119', reason: { words: ['火光冲天'] } },
    })
    expect(await save(version, { P1: [] })).toMatchObject({
      status: 412,
      body: { code: 'changed-meanwhile' },
    })
    const history = await editor.ask('GET', '/api/config-changes?subjects=dispatch-words')
    const [entry] = history.body.items
    expect(Object.keys(entry.after).sort()).toEqual(['1-04-002', 'P0-119'])
    expect(entry.before['1-04-002']).not.toContain('黑灯瞎火')
  })

  test('move from one urgency to another, and may leave a list empty', async () => {
    const { version, lists } = await read()
    const [word = ''] = lists.P2
    const moved = await save(version, { P1: [...lists.P1, word], P2: lists.P2.slice(1), '1-04-002': [] })
    expect(moved.body.lists.P1).toContain(word)
    expect(moved.body.lists.P2).not.toContain(word)
    expect(moved.body.lists['1-04-002']).toBeUndefined()
    const back = await save(version + 1, { P1: lists.P1, P2: lists.P2, '1-04-002': lists['1-04-002'] })
    expect(back.body.lists).toEqual(lists)
  })

  test('are refused by place, and nothing of them is saved', async () => {
    const before = await read()
    const reply = await save(before.version, {
      P2: ['火', '着火', '媒体'],
      constructor: ['路灯'],
      '9-99': [],
    })
    expect(reply).toMatchObject({
      status: 400,
      body: {
        fields: {
          'P2.0': 'too-short',
          'P2.1': 'other-urgency',
          constructor: 'unknown',
          '9-99': 'unknown',
        },
      },
    })
    expect(await read()).toEqual(before)
    expect((await agent.ask('GET', PATH)).status).toBe(403)
    expect((await agent.ask('PUT', PATH, {}, { 'if-match': '"1"' })).status).toBe(403)
  })
})
