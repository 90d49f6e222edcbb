import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweepSessions } from '../../src/people/sessions/index.ts'
import { passwordFits } from '../../src/people/staff/index.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, PASSWORD, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
beforeAll(async () => {
  database = await freshDatabase()
  service = await startService(database.db, { secureCookies: true })
  for (const login of ['a1001', 'a1002', 'a1003', 'a1004', 'a1005']) await person(database.db, login)
  await person(database.db, 'lead', 'shift-lead')
})
afterAll(async () => {
  await service.close()
  await database.close()
})

const signIn = (login: string, password: string) =>
  service.app.inject({ method: 'POST', url: '/api/session', payload: { login, password } })

test('a right password opens a session whose cookie scripts and other sites cannot use', async () => {
  const reply = await signIn(' A1001 ', PASSWORD)
  expect(reply.json()).toMatchObject({ login: 'a1001', role: 'agent', agentNumber: '1001', seat: null })
  expect(reply.body).not.toContain('hash')
  const cookie = String(reply.headers['set-cookie'])
  for (const flag of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(flag)
})

test('the database keeps only a hash of the token', async () => {
  const browser = await Browser.signIn(service, 'a1001')
  const token = browser.cookie.split('=')[1] ?? ''
  expect(token.length).toBeGreaterThanOrEqual(43)
  const rows = await database.db.selectFrom('sessions').select('token_hash').execute()
  expect(rows.some(row => row.token_hash.toString('base64url') === token)).toBe(false)
  expect(rows.every(row => row.token_hash.length === 32)).toBe(true)
})

test('signing out ends the session', async () => {
  const browser = await Browser.signIn(service, 'a1001')
  expect((await browser.ask('GET', '/api/session')).status).toBe(200)
  expect((await browser.ask('DELETE', '/api/session')).status).toBe(204)
  expect(await browser.ask('GET', '/api/session')).toMatchObject({
    status: 401,
    body: { code: 'not-signed-in' },
  })
})

test('an expired session opens nothing and is swept; a used one is kept open', async () => {
  const [old, used] = [await Browser.signIn(service, 'a1002'), await Browser.signIn(service, 'a1003')]
  const { id: oldStaff } = (await old.ask('GET', '/api/session')).body
  const { id: usedStaff } = (await used.ask('GET', '/api/session')).body
  const soon = new Date(Date.now() + 60_000)
  const past = new Date(Date.now() - 1)
  const { db } = database
  await db.updateTable('sessions').set({ expires_at: past }).where('staff_id', '=', oldStaff).execute()
  await db.updateTable('sessions').set({ expires_at: soon }).where('staff_id', '=', usedStaff).execute()
  expect((await old.ask('GET', '/api/session')).status).toBe(401)
  expect((await used.ask('GET', '/api/session')).status).toBe(200)
  await sweepSessions(db)
  const left = await db.selectFrom('sessions').select(['staff_id', 'expires_at']).execute()
  expect(left.some(row => row.staff_id === oldStaff)).toBe(false)
  const kept = left.find(row => row.staff_id === usedStaff)
  expect(kept?.expires_at.getTime()).toBeGreaterThan(Date.now() + 11 * 3_600_000)
})

test('a person who may no longer sign in is as unknown, with an open session too', async () => {
  const browser = await Browser.signIn(service, 'a1005')
  await database.db.updateTable('staff').set({ active: false }).where('login', '=', 'a1005').execute()
  expect((await browser.ask('GET', '/api/session')).status).toBe(401)
  expect((await signIn('a1005', PASSWORD)).json()).toMatchObject({ code: 'wrong-password' })
})

test('a wrong login and a wrong password get the same answer', async () => {
  const wrongPassword = await signIn('a1004', 'nope')
  const wrongLogin = await signIn('nobody', PASSWORD)
  expect(wrongPassword.statusCode).toBe(401)
  expect(wrongLogin.statusCode).toBe(401)
  expect(wrongLogin.body).toBe(wrongPassword.body)
})

test('… and the same work is done for both', async () => {
  const stored = await database.db.selectFrom('staff').select('password_hash').executeTakeFirstOrThrow()
  const median = async (hash: string | null) => {
    const times: number[] = []
    for (let i = 0; i < 7; i++) {
      const from = performance.now()
      expect(await passwordFits(hash, 'nope')).toBe(false)
      times.push(performance.now() - from)
    }
    return times.sort((a, b) => a - b)[3] ?? 0
  }
  await passwordFits(null, 'nope')
  const [known, unknown] = [await median(stored.password_hash), await median(null)]
  expect(unknown).toBeGreaterThan(known / 3)
})

test('five failures are free, then the login waits, the right password too, and no one else', async () => {
  for (let i = 0; i < 5; i++) expect((await signIn('a1002', 'nope')).statusCode).toBe(401)
  const sixth = await signIn('a1002', PASSWORD)
  expect(sixth.statusCode).toBe(429)
  expect(sixth.json()).toMatchObject({ code: 'too-many-attempts' })
  expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(5)
  expect(Number(sixth.headers['retry-after'])).toBeLessThanOrEqual(10)
  expect((await signIn('a1003', PASSWORD)).statusCode).toBe(200)

  const longAgo = new Date(Date.now() - 11_000)
  await database.db
    .updateTable('sign_in_failures')
    .set({ at: longAgo })
    .where('login', '=', 'a1002')
    .execute()
  expect((await signIn('a1002', PASSWORD)).statusCode).toBe(200)
  const left = await database.db
    .selectFrom('sign_in_failures')
    .selectAll()
    .where('login', '=', 'a1002')
    .execute()
  expect(left).toEqual([])
})

test('a login that does not exist is throttled as well', async () => {
  for (let i = 0; i < 5; i++) await signIn('ghost', 'nope')
  expect((await signIn('ghost', 'nope')).statusCode).toBe(429)
})

test('of twenty guesses sent at once only five are looked at', async () => {
  const replies = await Promise.all(Array.from({ length: 20 }, () => signIn('lead', 'nope')))
  expect(replies.filter(reply => reply.statusCode === 401)).toHaveLength(5)
  expect(replies.filter(reply => reply.statusCode === 429)).toHaveLength(15)
})

test('one address may not try for ever, whatever the logins', async () => {
  const other = await startService(database.db)
  try {
    let last = 0
    for (let i = 0; i < 301; i++) {
      const reply = await other.app.inject({ method: 'POST', url: '/api/session', payload: { login: '' } })
      last = reply.statusCode
      if (i === 300) {
        expect(reply.json()).toMatchObject({ code: 'too-many-attempts' })
        expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
      }
    }
    expect(last).toBe(429)
  } finally {
    await other.close()
  }
})
