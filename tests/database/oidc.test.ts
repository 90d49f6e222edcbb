import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { verifyTrail } from '../../src/casework/trail/index.ts'
import { seal, unseal } from '../../src/people/single-sign-on/rules.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { IdentityProvider } from '../support/identity-provider.ts'
import { PASSWORD, person, type Service, startService } from '../support/service.ts'

let database: TestDatabase
let service: Service
const logged: string[] = []
const provider = new IdentityProvider()
beforeAll(async () => {
  database = await freshDatabase()
  await provider.start()
  service = await startService(database.db, {
    singleSignOn: {
      ...{ issuer: provider.issuer, clientId: provider.clientId, clientSecret: provider.clientSecret },
      publicUrl: 'https://12345.city.example/',
    },
    localSignIn: false,
    log: { write: line => void logged.push(line) },
  })
  for (const login of ['a1001', 'a1002']) {
    const staff = await person(database.db, login)
    await database.db
      .updateTable('staff')
      .set({ oidc_subject: `id of ${login}` })
      .where('id', '=', staff)
      .execute()
  }
})
beforeEach(() => {
  provider.subject = 'id of a1001'
  provider.wrong = {}
  provider.forges = false
})
afterAll(async () => {
  await service.close()
  await provider.stop()
  await database.close()
})

const cookieOf = (header: unknown) => String(header).split(';')[0] ?? ''

/** To the provider's page and on to where it sends the browser. */
async function there() {
  const reply = await service.app.inject('/api/sign-in/oidc')
  const to = new URL(String(reply.headers.location))
  const page = await fetch(to, { redirect: 'manual' })
  return {
    to,
    setCookie: String(reply.headers['set-cookie']),
    cookie: cookieOf(reply.headers['set-cookie']),
    back: new URL(page.headers.get('location') ?? ''),
  }
}

async function andBack(back: URL, cookie: string | undefined) {
  const headers = cookie === undefined ? {} : { cookie }
  const reply = await service.app.inject({ url: `${back.pathname}${back.search}`, headers })
  expect(reply.statusCode).toBe(302)
  const cookies = [reply.headers['set-cookie'] ?? []].flat()
  return {
    to: String(reply.headers.location),
    session: cookies.find(one => one.startsWith('hotline_session=')),
  }
}

async function signIn() {
  const { back, cookie } = await there()
  return await andBack(back, cookie)
}

async function lastAudit() {
  return await database.db
    .selectFrom('audit_log')
    .select(['act', 'key', 'why', 'detail', 'actor_name'])
    .where('subject', '=', 'staff')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}

async function refusedBy(problem: string) {
  const finished = await signIn()
  expect(finished).toEqual({ to: `/?sign-in=${problem}`, session: undefined })
}

test('the sign-in page is told which ways there are, and a password is none here', async () => {
  expect((await service.app.inject('/api/sign-in')).json()).toEqual({ password: false, singleSignOn: true })
  const payload = { login: 'a1001', password: PASSWORD }
  const reply = await service.app.inject({ method: 'POST', url: '/api/session', payload })
  expect(reply.json()).toMatchObject({ code: 'not-allowed' })
  expect(reply.headers['set-cookie']).toBeUndefined()
})

test('the way there asks for a code with PKCE, a state and a nonce, all new each time', async () => {
  const [one, two] = [await there(), await there()]
  expect(Object.fromEntries(one.to.searchParams)).toMatchObject({
    ...{ client_id: 'hotline', response_type: 'code', scope: 'openid', code_challenge_method: 'S256' },
    redirect_uri: 'https://12345.city.example/api/sign-in/oidc/callback',
  })
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(one.to.searchParams.get(name)).toMatch(/^[\w-]{43}$/)
    expect(one.to.searchParams.get(name)).not.toBe(two.to.searchParams.get(name))
  }
  for (const flag of ['HttpOnly', 'SameSite=Lax', 'Path=/api/sign-in/oidc/callback', 'Max-Age=600']) {
    expect(one.setCookie).toContain(flag)
  }
})

test('whoever the provider knows is signed in as the account that names them, and that is on record', async () => {
  const { to, session } = await signIn()
  expect(to).toBe('/')
  for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(session).toContain(flag)
  const me = await service.app.inject({ url: '/api/session', headers: { cookie: cookieOf(session) } })
  expect(me.json()).toMatchObject({ login: 'a1001', role: 'agent' })
  expect(await lastAudit()).toMatchObject({ act: 'single-sign-on', key: 'a1001', actor_name: '姓名a1001' })
})

test('a state that is not the one of this browser opens nothing', async () => {
  const [mine, theirs] = [await there(), await there()]
  const failed = { to: '/?sign-in=failed', session: undefined }
  expect(await andBack(theirs.back, mine.cookie)).toEqual(failed)
  expect(await lastAudit()).toMatchObject({ act: 'single-sign-on-refused', why: 'failed' })
  mine.back.searchParams.delete('state')
  expect(await andBack(mine.back, mine.cookie)).toEqual(failed)
})

test('nor does coming back without the cookie, with one of somebody else’s making, or too late', async () => {
  const { back, cookie } = await there()
  const expired = { to: '/?sign-in=expired', session: undefined }
  expect(await andBack(back, undefined)).toEqual(expired)
  const sealed = cookie.split('=')[1] ?? ''
  const pending = unseal(sealed, provider.clientSecret, Date.now())
  if (pending === null) throw new Error('our own cookie is not ours')
  expect(await andBack(back, `hotline_sign_in=${seal(pending, 'another secret')}`)).toEqual(expired)
  const late = seal({ ...pending, until: Date.now() - 1 }, provider.clientSecret)
  expect(await andBack(back, `hotline_sign_in=${late}`)).toEqual(expired)
  expect((await andBack(back, cookie)).to).toBe('/')
})

test('a code is good once', async () => {
  const { back, cookie } = await there()
  expect((await andBack(back, cookie)).to).toBe('/')
  expect(await andBack(back, cookie)).toEqual({ to: '/?sign-in=failed', session: undefined })
  expect(provider.refused.at(-1)).toBe('code')
  expect(await lastAudit()).toMatchObject({ why: 'failed', detail: { reason: 'invalid_grant' } })
})

test('a code that was asked for with another verifier is refused by the provider', async () => {
  const [mine, theirs] = [await there(), await there()]
  mine.back.searchParams.set('code', theirs.back.searchParams.get('code') ?? '')
  expect((await andBack(mine.back, mine.cookie)).to).toBe('/?sign-in=failed')
  expect(provider.refused.at(-1)).toBe('verifier')
})

test.each([
  ['of another sign-in', { nonce: 'another' }],
  ['without a nonce', { nonce: undefined }],
  ['for another service', { aud: 'another' }],
  ['of another provider', { iss: 'https://elsewhere.example' }],
  ['that is over', { exp: 1_000_000_000 }],
])('an ID token %s opens nothing', async (_, wrong) => {
  provider.wrong = wrong
  await refusedBy('failed')
})

test('nor does one that is signed with another key', async () => {
  provider.forges = true
  await refusedBy('failed')
})

test('whom no account names is told so, and whom to name is on record', async () => {
  provider.subject = 'id of a stranger'
  await refusedBy('unknown-account')
  expect(await lastAudit()).toMatchObject({
    ...{ act: 'single-sign-on-refused', key: 'id of a stranger', why: 'unknown-account' },
    actor_name: 'single-sign-on',
  })
})

test('a closed account stays closed', async () => {
  await database.db.updateTable('staff').set({ active: false }).where('login', '=', 'a1002').execute()
  provider.subject = 'id of a1002'
  await refusedBy('closed-account')
  expect(await lastAudit()).toMatchObject({ key: 'a1002', why: 'closed-account' })
})

test('whoever says no at the provider comes back to the sign-in page', async () => {
  provider.subject = null
  await refusedBy('denied')
})

test('a provider that goes away between there and back is said to be away', async () => {
  const { back, cookie } = await there()
  await provider.stop()
  expect((await andBack(back, cookie)).to).toBe('/?sign-in=unavailable')
  await provider.start()
  expect((await signIn()).to).toBe('/')
})

test('a provider that is down stops neither the service nor, once it is back, anybody', async () => {
  const late = new IdentityProvider()
  await late.start()
  await late.stop()
  const { issuer, clientId, clientSecret } = late
  const other = await startService(database.db, {
    singleSignOn: { issuer, clientId, clientSecret, publicUrl: 'http://127.0.0.1' },
  })
  const begin = async () => (await other.app.inject('/api/sign-in/oidc')).headers.location
  expect(await begin()).toBe('/?sign-in=unavailable')
  expect((await other.app.inject('/api/sign-in')).json()).toEqual({ password: true, singleSignOn: true })
  await late.start()
  expect(await begin()).toContain(`${issuer}/authorize?`)
  await late.stop()
  await other.close()
})

test('the chain is whole, and neither it nor the log holds a secret', async () => {
  expect((await verifyTrail(database.db, () => {})).broken).toBeNull()
  const log = logged.join('')
  expect(log).toContain('a single sign-on did not come off')
  expect(log).not.toContain(provider.clientSecret)
  expect(log).not.toMatch(/code=|state=|id_token/)
})
