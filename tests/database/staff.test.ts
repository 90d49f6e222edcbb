import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyTrail } from '../../src/casework/trail/index.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { holder, sixUnits } from '../support/roles.ts'
import { Browser, PASSWORD, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
let first: Browser
let second: Browser
const ids: Record<string, string> = {}
beforeAll(async () => {
  database = await freshDatabase()
  await sixUnits(database.db)
  service = await startService(database.db)
  ids.first = await person(database.db, 'first', 'admin')
  ids.second = await person(database.db, 'second', 'admin')
  first = await Browser.signIn(service, 'first')
  second = await Browser.signIn(service, 'second')
})
afterAll(async () => {
  await service.close()
  await database.close()
})

const signIn = (login: string, password: string, remoteAddress = '127.0.0.1') =>
  service.app.inject({
    ...{ method: 'POST', url: '/api/session', remoteAddress },
    payload: { login, password },
  })
const rightsOf = async (browser: Browser) => (await browser.ask('GET', '/api/session')).body.rights
const handler = { role: 'caseworker', grants: [{ role: 'unit-handler', unit: 'quay' }], singleSignOn: null }
const account = (login: string, rights: object = handler) => ({
  ...{ login, name: '任丽华', agentNumber: null },
  rights: { ...rights, why: '街道新任办理员' },
})

test('a new account may do nothing until another person agrees, and its password is told once', async () => {
  const added = await first.ask('POST', '/api/accounts', account('Quay.Handler'))
  expect(added.status).toBe(201)
  expect(added.body.account).toMatchObject({ login: 'quay.handler', grants: [], role: 'caseworker' })
  expect(added.body.password).toHaveLength(12)
  expect((await signIn('quay.handler', added.body.password)).json().rights).toEqual([])
  const { id } = added.body.approval

  expect(await first.ask('POST', `/api/approvals/${id}/agree`)).toMatchObject({
    status: 409,
    body: { code: 'own-request' },
  })
  const waiting = (await second.ask('GET', '/api/approvals')).body
  expect(waiting).toMatchObject([{ id, kind: 'rights', login: 'quay.handler', askedByName: '姓名first' }])
  expect((await second.ask('POST', `/api/approvals/${id}/agree`)).status).toBe(200)
  expect((await signIn('quay.handler', added.body.password)).json()).toMatchObject({
    rights: ['order.read-unit', 'unit.handle'],
    units: [{ id: 'quay', nameZh: '码头街道' }],
  })
  expect(await second.ask('POST', `/api/approvals/${id}/refuse`)).toMatchObject({
    status: 409,
    body: { code: 'already-decided' },
  })
  expect((await first.ask('GET', '/api/approvals?state=decided')).body[0]).toMatchObject({
    ...{ id, decision: 'agreed', decidedByName: '姓名second' },
  })
  const list = (await first.ask('GET', '/api/accounts?unit=quay')).body
  expect(list.items).toMatchObject([{ login: 'quay.handler', active: true, sessions: 2 }])
  expect(JSON.stringify(list)).not.toContain('argon')
})

test('a login and an agent number are given once', async () => {
  expect(await first.ask('POST', '/api/accounts', account('first'))).toMatchObject({
    status: 409,
    body: { code: 'exists-already' },
  })
  const numbered = (login: string, agentNumber: string) =>
    first.ask('POST', '/api/accounts', { ...account(login), agentNumber })
  expect(await numbered('numbered', '7001')).toMatchObject({
    ...{ status: 201, body: { account: { agentNumber: '7001' } } },
  })
  const taken = { status: 400, body: { code: 'bad-input', fields: { agentNumber: 'taken' } } }
  expect(await numbered('numbered.too', '7001')).toMatchObject(taken)
  expect((await first.ask('GET', '/api/accounts?q=numbered.too')).body.items).toEqual([])
  const edit = (agentNumber: string) =>
    first.ask('PUT', `/api/accounts/${ids.second}`, { name: '姓名second', agentNumber })
  expect(await edit('7001')).toMatchObject(taken)
  expect(await edit('12')).toMatchObject({ status: 400, body: { fields: { agentNumber: 'wrong-form' } } })
  expect((await edit('7002')).body).toMatchObject({ agentNumber: '7002' })
})

test.each([
  ['a role over units without one', [{ role: 'unit-handler', unit: null }], 'grants.0.unit', 'required'],
  ['a role of the city with a unit', [{ role: 'analyst', unit: 'quay' }], 'grants.0.unit', 'not-a-field'],
  ['an unknown unit', [{ role: 'unit-handler', unit: 'moon' }], 'grants.0.unit', 'unknown'],
  ['an unknown role', [{ role: 'king', unit: null }], 'grants.0.role', 'unknown'],
])('%s is no grant', async (_, grants, field, problem) => {
  const reply = await first.ask('PUT', `/api/accounts/${ids.second}/rights`, {
    ...{ role: 'admin', grants, singleSignOn: null, why: '试' },
  })
  expect(reply).toMatchObject({ status: 400, body: { fields: { [field]: problem } } })
})

test('rights that are refused or taken back stay as they were', async () => {
  const { db } = database
  const staff = await holder(db, 'analyst', [{ role: 'analyst', unit: null }])
  const ask = () =>
    first.ask('PUT', `/api/accounts/${staff}/rights`, {
      ...{ role: 'admin', grants: [{ role: 'admin', unit: null }], singleSignOn: null, why: '调岗' },
    })
  const one = await ask()
  expect(one.status).toBe(202)
  expect((await ask()).body).toMatchObject({ code: 'exists-already' })
  expect((await second.ask('POST', `/api/approvals/${one.body.id}/refuse`)).status).toBe(200)
  const two = await ask()
  expect((await second.ask('POST', `/api/approvals/${two.body.id}/withdraw`)).status).toBe(403)
  expect((await first.ask('POST', `/api/approvals/${two.body.id}/withdraw`)).status).toBe(200)
  expect(await rightsOf(await Browser.signIn(service, 'analyst'))).toEqual(['order.read-all', 'export'])
})

test('whoever may not edit staff may see and change nothing of it', async () => {
  const { db } = database
  const staff = await person(db, 'a1001')
  const agent = await Browser.signIn(service, 'a1001')
  for (const [method, url, body] of [
    ['GET', '/api/accounts', undefined],
    ['POST', '/api/accounts', account('mine')],
    ['PUT', `/api/accounts/${staff}`, { name: '我', agentNumber: null }],
    ['PUT', `/api/accounts/${staff}/rights`, { ...handler, why: '我要' }],
    ['POST', `/api/accounts/${ids.second}/close`, { why: '我要' }],
    ['GET', '/api/approvals', undefined],
    ['POST', '/api/approvals/1/agree', undefined],
    ['GET', `/api/accounts/${ids.second}/sessions`, undefined],
  ] as const) {
    expect((await agent.ask(method, url, body)).status, url).toBe(403)
  }
})

test('an account is closed and opened again; its sessions end at once', async () => {
  const { db } = database
  const staff = await holder(db, 'leaver', [])
  const leaver = await Browser.signIn(service, 'leaver')
  const why = { why: '调离' }
  expect((await first.ask('POST', `/api/accounts/${staff}/close`, why)).body).toMatchObject({
    approval: null,
  })
  expect((await leaver.ask('GET', '/api/session')).status).toBe(401)
  expect((await signIn('leaver', PASSWORD)).statusCode).toBe(401)
  expect((await first.ask('GET', '/api/accounts?state=closed')).body.items).toMatchObject([
    { login: 'leaver' },
  ])
  expect((await first.ask('POST', `/api/accounts/${staff}/reopen`, why)).status).toBe(200)
  expect((await signIn('leaver', PASSWORD)).statusCode).toBe(200)
})

test('a forgotten password is drawn anew and ends every session', async () => {
  const staff = await holder(database.db, 'forgetful', [])
  const before = await Browser.signIn(service, 'forgetful')
  const { body } = await first.ask('POST', `/api/accounts/${staff}/password`, { why: '忘记密码' })
  expect((await before.ask('GET', '/api/session')).status).toBe(401)
  expect((await signIn('forgetful', PASSWORD)).statusCode).toBe(401)
  expect((await signIn('forgetful', body.password)).statusCode).toBe(200)
})

describe('an administrator', () => {
  test('is closed by two, and is not the last', async () => {
    const asked = await first.ask('POST', `/api/accounts/${ids.second}/close`, { why: '离职' })
    expect(asked.body).toMatchObject({ approval: { kind: 'close' }, password: null })
    expect((await second.ask('GET', '/api/session')).status).toBe(200)
    expect((await first.ask('POST', `/api/accounts/${ids.first}/close`, { why: '离职' })).body).toMatchObject(
      {
        code: 'own-account',
      },
    )
    await first.ask('POST', `/api/approvals/${asked.body.approval.id}/withdraw`)

    // While both are there, each asks to take the other's rights; the second agreement would leave nobody.
    const none = { role: 'caseworker', grants: [], singleSignOn: null, why: '收回权限' }
    const a = await first.ask('PUT', `/api/accounts/${ids.second}/rights`, none)
    const b = await second.ask('PUT', `/api/accounts/${ids.first}/rights`, none)
    const replies = await Promise.all([
      second.ask('POST', `/api/approvals/${a.body.id}/agree`),
      first.ask('POST', `/api/approvals/${b.body.id}/agree`),
    ])
    expect(replies.map(({ status }) => status).sort()).not.toEqual([200, 200])
    const left = await rightsOf(first)
    const other = await rightsOf(second)
    expect([left, other].filter(rights => rights.includes('staff.edit'))).toHaveLength(1)
  })

  test('has no new password drawn by one person alone', async () => {
    const { db } = database
    const [third, fourth] = [await person(db, 'third', 'admin'), await person(db, 'fourth', 'admin')]
    const asker = await Browser.signIn(service, 'third')
    const decider = await Browser.signIn(service, 'fourth')
    const victim = await person(db, 'fifth', 'admin')
    expect(third).not.toBe(fourth)
    const asked = await asker.ask('POST', `/api/accounts/${victim}/password`, { why: '忘记密码' })
    expect(asked.body).toMatchObject({ password: null, approval: { kind: 'password' } })
    expect((await signIn('fifth', PASSWORD)).statusCode).toBe(200)
    const { body } = await decider.ask('POST', `/api/approvals/${asked.body.approval.id}/agree`)
    expect((await signIn('fifth', PASSWORD)).statusCode).toBe(401)
    expect((await signIn('fifth', body.password)).statusCode).toBe(200)
  })
})

test('an account is deleted by two, unless the records name it', async () => {
  const { db } = database
  const asker = await Browser.signIn(service, 'third')
  const decider = await Browser.signIn(service, 'fourth')
  const mistake = await holder(db, 'mistake', [{ role: 'analyst', unit: null }])
  const asked = await asker.ask('POST', `/api/accounts/${mistake}/delete`, { why: '误建' })
  expect((await decider.ask('POST', `/api/approvals/${asked.body.approval.id}/agree`)).status).toBe(200)
  expect((await asker.ask('GET', '/api/accounts?q=mistake')).body.items).toEqual([])
  expect((await asker.ask('GET', '/api/approvals?state=decided')).body[0]).toMatchObject({
    ...{ kind: 'delete', login: 'mistake', decision: 'agreed' },
  })
  const named = await asker.ask('POST', `/api/accounts/${ids.first}/delete`, { why: '误建' })
  expect((await decider.ask('POST', `/api/approvals/${named.body.approval.id}/agree`)).body).toMatchObject({
    code: 'left-a-trace',
  })
  expect((await asker.ask('GET', '/api/accounts?q=first')).body.items).toHaveLength(1)
})

test('everybody changes their own password; the other sessions end, the current one stays', async () => {
  await holder(database.db, 'mover', [])
  const [here, there] = [await Browser.signIn(service, 'mover'), await Browser.signIn(service, 'mover')]
  const put = (current: string, next: string) => here.ask('PUT', '/api/my-password', { current, next })
  expect((await put('wrong', 'a-longer-password')).body).toMatchObject({ code: 'wrong-password' })
  expect((await put(PASSWORD, 'short')).body).toMatchObject({ fields: { next: 'too-short' } })
  expect((await put(PASSWORD, 'mover-mover-1')).body).toMatchObject({ fields: { next: 'holds-login' } })
  expect((await put(PASSWORD, 'a-longer-password')).status).toBe(204)
  expect((await here.ask('GET', '/api/session')).status).toBe(200)
  expect((await there.ask('GET', '/api/session')).status).toBe(401)
  expect((await signIn('mover', 'a-longer-password')).statusCode).toBe(200)
})

test('sessions are listed and ended: one’s own, and by whoever edits staff', async () => {
  const staff = await holder(database.db, 'traveller', [])
  await holder(database.db, 'nosy', [])
  const here = await Browser.signIn(service, 'traveller')
  const there = await Browser.signIn(service, 'traveller')
  const listed = (await here.ask('GET', '/api/my-sessions')).body
  expect(listed).toHaveLength(2)
  expect(listed.filter((one: { current: boolean }) => one.current)).toHaveLength(1)
  expect(listed[0]).toMatchObject({ address: '127.0.0.1', device: expect.stringContaining('lightMyRequest') })
  const other = listed.find((one: { current: boolean }) => !one.current).id
  const nosy = await Browser.signIn(service, 'nosy')
  expect((await nosy.ask('DELETE', `/api/sessions/${other}`)).status).toBe(403)
  expect((await here.ask('DELETE', `/api/sessions/${other}`)).status).toBe(204)
  expect((await there.ask('GET', '/api/session')).status).toBe(401)
  const admin = await Browser.signIn(service, 'third')
  const left = (await admin.ask('GET', `/api/accounts/${staff}/sessions`)).body
  expect((await admin.ask('DELETE', `/api/sessions/${left[0].id}`)).status).toBe(204)
  expect((await here.ask('GET', '/api/session')).status).toBe(401)
})

test('a stranger who guesses elsewhere keeps no owner waiting, until it is very many guesses', async () => {
  const { db } = database
  await holder(db, 'known', [])
  for (let i = 0; i < 5; i++) await signIn('known', 'guess', '203.0.113.7')
  expect((await signIn('known', 'guess', '203.0.113.7')).statusCode).toBe(429)
  expect((await signIn('known', PASSWORD)).statusCode).toBe(200)
  expect((await signIn('known', PASSWORD, '203.0.113.7')).statusCode).toBe(429)
  const spread = Array.from({ length: 200 }, (_, i) => ({ login: 'known', address: `198.51.100.${i}` }))
  await db.insertInto('sign_in_failures').values(spread).execute()
  expect((await signIn('known', PASSWORD)).statusCode).toBe(429)
})

test('all of it stands in the audit log, unbroken, and no password does', async () => {
  const { db } = database
  const rows = await db.selectFrom('audit_log').selectAll().execute()
  const acts = new Set(rows.map(row => row.act))
  for (const act of ['add', 'rights-asked', 'rights-agreed', 'rights-refused', 'close', 'password-agreed']) {
    expect(acts, act).toContain(act)
  }
  expect(await verifyTrail(db, () => {})).toMatchObject({ broken: null, entries: rows.length })
  expect(JSON.stringify(rows)).not.toMatch(/argon|a-longer-password/)
})
