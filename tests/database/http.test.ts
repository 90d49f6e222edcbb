import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
let pages: string
let logged = ''
beforeAll(async () => {
  database = await freshDatabase()
  pages = await mkdtemp(join(tmpdir(), 'hotline-pages-'))
  await writeFile(join(pages, 'index.html'), '<title>热线</title>')
  await writeFile(join(pages, 'app-3f9c2d1e.js'), 'void 0')
  await oneLine(database.db)
  service = await startService(database.db, {
    pagesFolder: pages,
    log: {
      write(line: string) {
        logged += line
      },
    },
  })
  await person(database.db, 'a1001')
})
afterAll(async () => {
  await service.close()
  await database.close()
  await rm(pages, { recursive: true })
})

const post = (payload: string, type = 'application/json') =>
  service.app.inject({ method: 'POST', url: '/api/session', payload, headers: { 'content-type': type } })

test('malformed JSON is bad input, with a code', async () => {
  const reply = await post('{"login": "a10')
  expect(reply.statusCode).toBe(400)
  expect(reply.json()).toMatchObject({ code: 'bad-input', message: expect.any(String) })
})

test('every wrong field is named; nothing is converted or dropped in silence', async () => {
  const reply = await post('{"login": 1001, "colour": "red"}')
  expect(reply.statusCode).toBe(400)
  expect(reply.json()).toMatchObject({
    code: 'bad-input',
    fields: { login: 'wrong-form', password: 'required', colour: 'not-a-field' },
  })
})

test('what no column can hold is bad input, not a fault of ours', async () => {
  expect(await post('{"login": "a\\u0000b", "password": "x"}')).toMatchObject({ statusCode: 400 })
  const browser = await Browser.signIn(service, 'a1001')
  for (const url of [
    '/api/calls/urn:uuid:00000000-0000-4000-8000-000000000000',
    '/api/work-orders/urn:uuid:00000000-0000-4000-8000-000000000000',
    `/api/calls?cursor=1_${'-'.repeat(36)}`,
  ]) {
    expect(await browser.ask('GET', url), url).toMatchObject({ status: 400, body: { code: 'bad-input' } })
  }
})

test('other media types and bodies beyond any form are refused with a code', async () => {
  expect(await post('login=a', 'application/x-www-form-urlencoded')).toMatchObject({ statusCode: 415 })
  const huge = await post(JSON.stringify({ login: 'a', password: 'x'.repeat(200_000) }))
  expect(huge.statusCode).toBe(413)
  expect(huge.json()).toMatchObject({ code: 'bad-input' })
})

test('every route of the API but signing in and its description wants a session', async () => {
  const open: string[] = []
  const { paths } = (await service.app.inject('/api/openapi.json')).json()
  for (const [path, operations] of Object.entries<object>(paths)) {
    for (const method of Object.keys(operations)) {
      const url = path.replace('{id}', '00000000-0000-7000-8000-000000000000')
      const reply = await service.app.inject({ method: method === 'get' ? 'GET' : 'POST', url })
      if (reply.statusCode !== 401 && method === 'get') open.push(url)
    }
  }
  const signIn = ['/api/sign-in', '/api/sign-in/oidc', '/api/sign-in/oidc/callback']
  expect(open).toEqual([...signIn, '/healthz'])
  for (const method of ['PUT', 'DELETE', 'POST'] as const) {
    const url = method === 'PUT' ? '/api/work-orders/00000000-0000-7000-8000-000000000000' : '/api/my-seat'
    expect((await service.app.inject({ method, url })).statusCode).toBe(401)
  }
})

test('what is not there is not found, in the same form', async () => {
  const reply = await service.app.inject('/api/nothing')
  expect(reply.statusCode).toBe(404)
  expect(reply.json()).toMatchObject({ code: 'not-found' })
})

test('the pages are served with a policy that lets the phone reach the PBX and nothing else', async () => {
  const reply = await service.app.inject('/')
  expect(reply.body).toContain('热线')
  const policy = String(reply.headers['content-security-policy'])
  expect(policy).toContain("connect-src 'self' ws://pbx.test:8088")
  expect(policy).toContain("media-src 'self' blob:")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(reply.headers['x-content-type-options']).toBe('nosniff')
  expect(reply.headers['cache-control']).toBe('no-cache')
  expect((await service.app.inject('/app-3f9c2d1e.js')).headers['cache-control']).toContain('immutable')
})

test('the page finds its own way under any path a browser opens; files that miss are missing', async () => {
  const html = { accept: 'text/html,*/*' }
  expect((await service.app.inject({ url: '/calls/today', headers: html })).body).toContain('热线')
  expect((await service.app.inject({ url: '/api/nothing', headers: html })).statusCode).toBe(404)
  expect(
    (await service.app.inject({ url: '/gone-12345678.js', headers: { accept: '*/*' } })).statusCode,
  ).toBe(404)
})

test('answers of the API are not kept by caches', async () => {
  const browser = await Browser.signIn(service, 'a1001')
  const reply = await browser.ask('GET', '/api/lines')
  expect(reply.headers['cache-control']).toBe('no-store')
  expect(reply.body).toEqual([
    {
      number: '12345',
      name: '便民热线',
      mergeMode: 'merged',
      queue: 'general',
      greets: false,
      hours: null,
      active: true,
      version: 1,
    },
  ])
})

test('an edited line takes effect while the service runs', async () => {
  const { LineCatalogue } = await import('../../src/floor/lines/index.ts')
  const { pino } = await import('pino')
  const { until } = await import('../support/until.ts')
  const catalogue = new LineCatalogue(database.db, pino({ level: 'silent' }))
  await catalogue.load()
  expect(catalogue.line('12345')).toMatchObject({ queue: 'general', greets: false })
  expect(catalogue.line('99999')).toBeNull()
  const stop = catalogue.keepFresh(20)
  await database.db.updateTable('lines').set({ greets: true }).execute()
  await until(() => catalogue.line('12345')?.greets === true)
  await database.db.updateTable('lines').set({ active: false }).execute()
  await until(() => catalogue.line('12345') === null)
  stop()
})

test('metrics count without naming anybody', async () => {
  const { body } = await service.app.inject('/metrics')
  for (const name of ['hotline_calls_waiting 0', 'hotline_facts_behind 0', 'nodejs_eventloop_lag_seconds']) {
    expect(body).toContain(name)
  }
})

test('a failure inside says nothing of the inside, and is in the log', async () => {
  const browser = await Browser.signIn(service, 'a1001')
  await database.db.schema.alterTable('lines').renameTo('elsewhere').execute()
  const reply = await browser.ask('GET', '/api/lines')
  await database.db.schema.alterTable('elsewhere').renameTo('lines').execute()
  expect(reply.status).toBe(500)
  expect(reply.body).toEqual({ code: 'internal', message: expect.any(String) })
  expect(JSON.stringify(reply.body)).not.toMatch(/relation|lines/)
  expect(logged).toMatch(/relation .{0,4}lines/)
})
