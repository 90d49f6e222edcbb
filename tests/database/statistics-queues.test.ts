import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#database/types.ts'
import { asId, type StaffId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, person, type Service, startService } from '../support/service.ts'
import { type CallStory, callRow, pastNine, threeLines } from '../support/statistics.ts'

/** What becomes of callers beyond their first queue, what they wait for on hold, and what their queue needs. */

let database: TestDatabase
let service: Service
let lead: Browser
let agent: StaffId
beforeAll(async () => {
  database = await freshDatabase()
  await threeLines(database.db)
  agent = await person(database.db, 'a1001')
  await person(database.db, 'lead', 'shift-lead')
  service = await startService(database.db)
  lead = await Browser.signIn(service, 'lead')
  await configure()
  await recordQuarter()
})
afterAll(async () => {
  await service.close()
  await database.close()
})

/** The enterprise queue needs two skills and gives its callers to the general queue, which needs none, after 45 s. */
async function configure(): Promise<void> {
  const { db } = database
  const skills = ['enterprise', 'english'].map(id => asId<Database['skills']['id']>(id))
  await db
    .insertInto('skills')
    .values(skills.map(id => ({ id, name_zh: `技能${id}`, name_en: id })))
    .execute()
  await db
    .updateTable('queues')
    .set({
      needs: JSON.stringify(skills.map(skill => ({ skill, level: 3 }))),
      steps: JSON.stringify([
        { afterMs: 20_000, do: 'play', prompt: 'please-wait' },
        { afterMs: 45_000, do: 'overflow', queue: 'general' },
      ]),
    })
    .where('id', '=', asId<Database['queues']['id']>('enterprise'))
    .execute()
}

interface Note {
  readonly at: number
  readonly kind: string
  readonly detail: Readonly<Record<string, unknown>>
}

async function record(story: CallStory, notes: readonly Note[] = []): Promise<void> {
  const row = callRow(story)
  await database.db.insertInto('calls').values(row).execute()
  for (const [position, { at, kind, detail }] of notes.entries()) {
    await sql`
      insert into call_notes (call_id, position, at, kind, detail)
      values (${row.id}, ${position}, ${pastNine(at)}, ${kind}, ${JSON.stringify(detail)})
    `.execute(database.db)
  }
}

async function recordQuarter(): Promise<void> {
  const trade = { line: '12315', queue: 'enterprise' }
  const general = { line: '12345', queue: 'general' }
  const overflow = (at: number): Note => ({
    at,
    kind: 'escalated',
    detail: { queue: 'enterprise', step: 'overflow', afterMs: 45_000, detail: 'general' },
  })
  const announcement = (at: number): Note => ({
    at,
    kind: 'escalated',
    detail: { queue: 'enterprise', step: 'play', afterMs: 20_000, detail: 'please-wait' },
  })
  const hold = (at: number, kind: 'held' | 'unheld', by = 'agent'): Note => ({ at, kind, detail: { by } })
  const left = (at: number) => ({ at, result: 'abandoned', reason: 'left-in-queue' }) as const
  // Overflowed at 45 s, answered at 50 s, and held twice: 10 s, and 7 s up to the end. The caller's own hold is no hold of ours.
  await record(
    {
      ...trade,
      queued: 0,
      answered: { at: 50, by: agent },
      bridged: 52,
      ended: { at: 152, result: 'completed', reason: 'hung-up' },
    },
    [
      announcement(20),
      overflow(45),
      hold(60, 'held'),
      hold(65, 'held', 'caller'),
      hold(70, 'unheld'),
      hold(145, 'held'),
    ],
  )
  // Overflowed and then left: both. Left a moment before the overflow: neither.
  await record({ ...trade, queued: 100, ended: left(160) }, [announcement(120), overflow(145)])
  await record({ ...trade, queued: 200, ended: left(244.999) }, [announcement(220)])
  // No step was due for the one told that all lines are busy, and the general queue has no steps to wait for.
  await record({ ...trade, queued: 300, ended: { at: 304, result: 'our-fault', reason: 'queue-full' } })
  await record({ ...general, queued: 400, ended: left(700) })
}

async function asked(query: Record<string, string>) {
  const period = { from: pastNine(0).toISOString(), to: pastNine(900).toISOString() }
  const reply = await lead.ask(
    'GET',
    `/api/statistics/intervals?${new URLSearchParams({ ...period, ...query })}`,
  )
  expect(reply.status).toBe(200)
  return reply.body
}

describe('a quarter counted on paper', () => {
  const ENTERPRISE = {
    offered: 4,
    answered: 1,
    abandoned: 2,
    failed: 1,
    overflowed: 2,
    timedOut: 1,
    turnedAway: 1,
  }
  const GENERAL = {
    offered: 1,
    answered: 0,
    abandoned: 1,
    failed: 0,
    overflowed: 0,
    timedOut: 0,
    turnedAway: 0,
  }
  const WHOLE = {
    offered: 5,
    answered: 1,
    abandoned: 3,
    failed: 1,
    overflowed: 2,
    timedOut: 1,
    turnedAway: 1,
  }

  test('overflow and timeout stand apart, in the first queue', async () => {
    const { rows, total } = await asked({ by: 'queue' })
    expect(rows).toMatchObject([
      { key: 'enterprise', ...ENTERPRISE },
      { key: 'general', ...GENERAL },
    ])
    expect(total).toMatchObject(WHOLE)
  })

  test('hold is no part of the talk, and the parts make up the whole', async () => {
    const parts = {
      announcement: { totalMs: 2_000, calls: 1, meanMs: 2_000 },
      talk: { totalMs: 83_000, calls: 1, meanMs: 83_000 },
      hold: { totalMs: 17_000, calls: 1, meanMs: 17_000 },
      wrapUp: { totalMs: 0, calls: 1, meanMs: 0 },
      whole: { totalMs: 102_000, calls: 1, meanMs: 102_000 },
    }
    expect((await asked({ by: 'line' })).total.handling).toEqual(parts)
    expect((await asked({ by: 'agent' })).total.handling).toEqual(parts)
  })

  test('a call stands under each skill that its queue needs; the total counts it once', async () => {
    const { rows, total, formulas } = await asked({ by: 'skill' })
    expect(rows).toMatchObject([
      { key: '-', name: '无技能要求', ...GENERAL },
      { key: 'english', name: '技能english', ...ENTERPRISE },
      { key: 'enterprise', name: '技能enterprise', ...ENTERPRISE },
    ])
    expect(total).toMatchObject(WHOLE)
    expect(formulas[0]).toMatchObject({ id: 'by-skill', version: 1 })
  })

  test('everything at once is one row an interval', async () => {
    const { rows } = await asked({ by: 'all' })
    expect(rows).toMatchObject([{ start: '2026-11-10T01:00:00.000Z', key: 'all', name: '全部', ...WHOLE }])
  })

  test('all of it is in the CSV', async () => {
    const period = { from: pastNine(0).toISOString(), to: pastNine(900).toISOString() }
    const query = new URLSearchParams({ ...period, by: 'skill', format: 'csv' })
    const { body } = await service.app.inject({
      url: `/api/statistics/intervals?${query}`,
      headers: { cookie: lead.cookie },
    })
    const [titles = '', ...lines] = body.split('\r\n')
    const english = lines.find(line => line.includes('技能english'))?.split(',') ?? []
    const cell = (title: string) => english[titles.split(',').indexOf(title)]
    expect(['溢出', '排队超时', '队满婉拒', '平均保持(秒)', '60秒内放弃'].map(cell)).toEqual([
      '2',
      '1',
      '1',
      '17',
      '2',
    ])
  })
})

describe('the answer rate of any 24 hours', () => {
  const rolling = (from: Date, to: Date) =>
    lead.ask('GET', `/api/statistics/answer-rate/rolling?from=${from.toISOString()}&to=${to.toISOString()}`)

  test('a quarter comes in when it is over and goes out a day later', async () => {
    const { status, body } = await rolling(pastNine(0), pastNine(900))
    expect(status).toBe(200)
    expect(body).toMatchObject({ target: 0.95, formulas: [{ id: 'answer-rate' }] })
    const nothing = { part: 0, whole: 0, value: null }
    const all = { part: 1, whole: 5, value: 0.2 }
    expect(body.rates).toEqual([
      { at: pastNine(0).toISOString(), answerRate: nothing },
      { at: pastNine(900).toISOString(), answerRate: all },
    ])
    const later = (await rolling(pastNine(86_400), pastNine(86_400 + 900))).body.rates
    expect(later.map((rate: { answerRate: object }) => rate.answerRate)).toEqual([all, nothing])
  })

  test('nothing is said of what has not come yet', async () => {
    const tomorrow = new Date(Math.ceil(Date.now() / 900_000) * 900_000 + 86_400_000)
    const { body } = await rolling(tomorrow, new Date(tomorrow.getTime() + 900_000))
    expect(body.rates).toEqual([])
  })

  test('the same as asked for one instant, and only for overseers', async () => {
    const at = pastNine(1_800)
    const one = (await lead.ask('GET', `/api/statistics/answer-rate?at=${at.toISOString()}`)).body
    const { rates } = (await rolling(at, pastNine(2_700))).body
    expect(rates[0].answerRate).toEqual(one.figures.answerRate)
    const agentPage = await Browser.signIn(service, 'a1001')
    const query = `from=${at.toISOString()}&to=${pastNine(2_700).toISOString()}`
    expect((await agentPage.ask('GET', `/api/statistics/answer-rate/rolling?${query}`)).status).toBe(403)
  })
})
