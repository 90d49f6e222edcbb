import { afterAll, beforeAll, expect, test } from 'vitest'
import { Health } from '../../src/server/health.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { createTemplate } from '../support/database-setup.ts'
import { Postgres } from '../support/postgres.ts'
import { type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

let postgres: Postgres
let database: TestDatabase
let service: Service
beforeAll(async () => {
  postgres = await Postgres.start()
  await createTemplate(postgres)
  database = await freshDatabase(postgres.url('postgres'))
  service = await startService(database.db)
})
afterAll(async () => {
  await service.close()
  await database.close()
  await postgres.remove()
})

const health = () => service.app.inject('/healthz')
const status = (wanted: number, limitMs: number) =>
  until(async () => (await health()).statusCode === wanted, limitMs)

test('falls within 5 s when PostgreSQL goes silent without closing anything, and recovers', async () => {
  await status(200, 5_000)
  expect((await health()).json()).toMatchObject({ ok: true, parts: { database: { ok: true } } })
  await postgres.freeze()
  try {
    await status(503, 5_000)
    expect((await health()).json()).toMatchObject({
      ok: false,
      parts: { database: { ok: false, since: expect.any(String), detail: 'no answer in time' } },
    })
  } finally {
    await postgres.thaw()
  }
  await status(200, 10_000)
})

test('falls when PostgreSQL stops and recovers when it is back', async () => {
  await postgres.stop()
  await status(503, 5_000)
  await postgres.run()
  await status(200, 10_000)
})

test('any part that says no, throws or never answers makes the whole unwell, and is named', async () => {
  const watched = new Health()
  let answer: () => Promise<{ ok: boolean; detail: string }> = async () => ({ ok: true, detail: 'fine' })
  watched.watch({ name: 'good', check: async () => ({ ok: true, detail: 'fine' }) })
  watched.watch({ name: 'moody', check: () => answer() })
  expect(watched.report().ok).toBe(false)
  await until(() => watched.report().ok)
  const since = watched.report().parts.moody?.since
  for (const [next, detail] of [
    [async () => ({ ok: false, detail: 'disk full' }), 'disk full'],
    [() => Promise.reject(new Error('broken')), 'broken'],
    [() => new Promise<never>(() => {}), 'no answer in time'],
  ] as const) {
    answer = next
    await until(() => watched.report().parts.moody?.detail === detail, 5_000)
    expect(watched.report()).toMatchObject({ ok: false, parts: { good: { ok: true }, moody: { ok: false } } })
  }
  expect(watched.report().parts.moody?.since).not.toBe(since)
  watched.stop()
})
