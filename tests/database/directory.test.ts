import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
let lead: Browser
let agent: Browser
beforeAll(async () => {
  database = await freshDatabase()
  await oneLine(database.db)
  await person(database.db, 'a1001')
  await person(database.db, 'lead', 'shift-lead')
  service = await startService(database.db)
  lead = await Browser.signIn(service, 'lead')
  agent = await Browser.signIn(service, 'a1001')
})
afterAll(async () => {
  await service.close()
  await database.close()
})

const FORM = {
  name: '市水务局',
  kind: 'department',
  number: '089812340106',
  queue: null,
  line: null,
  dutyHours: '工作日',
  active: true,
}
const names = async (who: Browser, query = '') =>
  (await who.ask('GET', `/api/directory${query}`)).body.map((entry: { name: string }) => entry.name)

test('a shift lead adds entries, everybody finds them', async () => {
  expect(await agent.ask('POST', '/api/directory', FORM)).toMatchObject({ status: 403 })
  const added = await lead.ask('POST', '/api/directory', FORM)
  expect(added).toMatchObject({ status: 201, headers: { etag: '"1"' }, body: { ...FORM, version: 1 } })
  expect(await lead.ask('POST', '/api/directory', FORM)).toMatchObject({
    status: 409,
    body: { code: 'exists-already' },
  })
  await lead.ask('POST', '/api/directory', { ...FORM, name: '火警', kind: 'emergency', number: '119' })
  await lead.ask('POST', '/api/directory', {
    ...FORM,
    name: 'A 大厅',
    kind: 'other',
    number: null,
    queue: 'general',
  })
  expect(await names(agent)).toEqual(['火警', 'A 大厅', '市水务局'])
  expect(await names(agent, '?kind=emergency')).toEqual(['火警'])
  expect(await names(agent, '?search=%20水务')).toEqual(['市水务局'])
  expect(await names(agent, '?search=a%20')).toEqual(['A 大厅'])
  expect(await names(agent, '?search=0106')).toEqual(['市水务局'])
  expect(await names(agent, '?search=%25')).toEqual([])
})

test('what leads nowhere, or to two places, is refused by field', async () => {
  const problems = async (change: object) =>
    (await lead.ask('POST', '/api/directory', { ...FORM, name: '新', ...change })).body
  expect(await problems({ line: '12345' })).toMatchObject({
    code: 'bad-input',
    fields: { number: expect.anything() },
  })
  expect(await problems({ number: null, queue: 'nowhere' })).toMatchObject({ fields: { queue: 'unknown' } })
  expect(await problems({ kind: 'emergency' })).toMatchObject({ fields: { number: 'no-emergency-number' } })
  expect(await problems({ number: '12 34' })).toMatchObject({ code: 'bad-input' })
})

test('an entry is saved over the version that was edited', async () => {
  const { id } = (await lead.ask('POST', '/api/directory', { ...FORM, name: '市民政局' })).body
  const save = (who: Browser, version: string, change: object) =>
    who.ask('PUT', `/api/directory/${id}`, { ...FORM, name: '市民政局', ...change }, { 'if-match': version })
  expect(await save(agent, '"1"', {})).toMatchObject({ status: 403 })
  expect(await save(lead, '"1"', { name: '市水务局' })).toMatchObject({ body: { code: 'exists-already' } })
  expect(await save(lead, '"1"', { active: false })).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { active: false, version: 2 },
  })
  expect(await save(lead, '"1"', {})).toMatchObject({ status: 412, body: { code: 'changed-meanwhile' } })
  expect(await names(agent)).not.toContain('市民政局')
  expect(await names(lead)).toContain('市民政局')
  const nowhere = '/api/directory/c0ffee00-0000-4000-8000-000000000000'
  expect(await lead.ask('PUT', nowhere, FORM, { 'if-match': '"1"' })).toMatchObject({ status: 404 })
})
