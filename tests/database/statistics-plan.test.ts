import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agentQuery, queueQuery } from '../../src/insight/intervals/queries.ts'
import { STEP_MS } from '../../src/insight/intervals/rules.ts'
import { countAgents, countQueues } from '../../src/insight/intervals/store.ts'
import { spellQuery, sumQuery } from '../../src/insight/seat-history/queries.ts'
import { asId, type StaffId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { NINE, pastNine, threeLines } from '../support/statistics.ts'

const CALLS = 200_000
const DAYS = 31
const PARTS = 50

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
  await threeLines(database.db)
  await recordMonth()
})
afterAll(() => database.close())

/** 200,000 calls over 31 days from nine, 50 agents, and every change of their seats. */
async function recordMonth(): Promise<void> {
  const { db } = database
  await sql`insert into seats select (1000 + n)::text from generate_series(1, 50) as n`.execute(db)
  await sql`
    insert into staff (id, login, name, password_hash, role, agent_number)
    select md5(n::text)::uuid, 'a' || n, '姓名' || n, '', 'agent', (1000 + n)::text
    from generate_series(1, 50) as n
  `.execute(db)
  // In parts: no statement here may run longer than any other of the service.
  for (let part = 0; part < PARTS; part++) {
    await sql`
      with told as (
        select n, md5('call' || n)::uuid as id, n % 50 + 1 as agent,
          ${new Date(NINE)}::timestamptz + n * ${DAYS} * interval '1 day' / ${CALLS}::int as queued
        from generate_series(${part * (CALLS / PARTS)}::int, ${(part + 1) * (CALLS / PARTS) - 1}::int) as n
      ), opened as (
        insert into calls (id, leg, caller_number, dialled, line_number, line_name, queue_id, arrived_at,
          queued_at, answered_at, bridged_at, ended_at, seat, staff_id, offers, result, reason, ended_by)
        select id, id::text, '13907551234', line, line, line, queue, queued, queued,
          queued + n % 40 * interval '1 s', queued + (n % 40 + 2) * interval '1 s',
          queued + (n % 40 + 2 + n % 200) * interval '1 s', (1000 + agent)::text, md5(agent::text)::uuid, 1,
          'completed', 'hung-up', 'caller'
        from told
        join (values (0, '12345', 'general'), (1, '12320', 'general'), (2, '12315', 'enterprise'))
          as lines (i, line, queue) on i = n % 3
      )
      insert into seat_changes (seat, at, staff_id, state, call_id)
      select (1000 + agent)::text, queued + late * interval '1 s', md5(agent::text)::uuid, state,
        case when state <> 'ready' then id end
      from told, lateral (values (0, 'reserved'), (n % 40, 'talking'),
        (n % 40 + 2 + n % 200, 'wrap-up'), (n % 40 + 32 + n % 200, 'ready')) as changes (late, state)
    `.execute(db)
  }
  for (const table of ['calls', 'seat_changes']) await sql`analyze ${sql.table(table)}`.execute(db)
}

type Explained = { readonly 'QUERY PLAN': readonly [{ readonly Plan: Node }] }
interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly Plans?: readonly Node[]
}

function nodes(plan: Node): Node[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodes)]
}

const day = { from: pastNine(86_400), to: pastNine(2 * 86_400) }
const month = { from: pastNine(0), to: pastNine(DAYS * 86_400) }
const now = month.to

test.each([
  ['line', queueQuery({ by: 'line', period: day, stepMs: STEP_MS['15m'] })],
  ['agent', agentQuery({ period: day, stepMs: STEP_MS['15m'] }, now)],
])('a day by %s reads no more than the day', async (by, query) => {
  const { rows } = await sql<Explained>`explain (analyze, format json) ${query}`.execute(database.db)
  const [plan] = rows[0]?.['QUERY PLAN'] ?? []
  if (plan === undefined) throw new Error('no plan')
  const all = nodes(plan.Plan)
  const scanned = all.filter(node => node['Node Type'] === 'Seq Scan').map(node => node['Relation Name'])
  expect(scanned).not.toContain('calls')
  expect(scanned).not.toContain('seat_changes')
  // What a seat did next, or before, is found by the seat: by time alone, a quiet seat would cost the whole table.
  const lookups = all.filter(node => node['Index Name'] === 'seat_changes_seat_at_id_idx')
  expect(lookups).toHaveLength(by === 'line' ? 1 : 2)
  // By the agent, each call would read all that its agent did.
  expect(all.map(node => node['Index Name'])).not.toContain('seat_changes_staff_id_at_idx')
})

test.each([
  ["everybody's day of seat history", sumQuery({ from: day.from, to: day.to, staff: null }, now), day],
  [
    "one agent's month of it",
    spellQuery({ ...month, staff: [asId<StaffId>('c4ca4238-a0b9-2382-0dcc-509a6f75849b')] }, now),
    month,
  ],
])('%s reads no more than it needs, and comes to the whole time', async (_, query, { from, to }) => {
  const { rows } = await sql<Explained>`explain (analyze, format json) ${query}`.execute(database.db)
  const [plan] = rows[0]?.['QUERY PLAN'] ?? []
  if (plan === undefined) throw new Error('no plan')
  const scanned = nodes(plan.Plan)
    .filter(node => node['Node Type'] === 'Seq Scan')
    .map(node => node['Relation Name'])
  expect(scanned).not.toContain('seat_changes')
  const found = (await query.execute(database.db)).rows
  const agents = new Set(found.map(row => row.staff_id)).size
  const wholeMs = (to.getTime() - from.getTime()) * agents
  const signedInMs = found.reduce((sum, row) => sum + row.ms, 0)
  // Some had not sat down yet at the first instant of the month.
  expect(wholeMs - signedInMs).toBeLessThan(86_400_000)
  expect(signedInMs).toBeLessThanOrEqual(wholeMs)
})

test('a month is counted to the last call, a day at a time', async () => {
  const { db } = database
  const byLine = await countQueues(db, { by: 'line', period: month, stepMs: STEP_MS['1h'] })
  expect(byLine?.total).toMatchObject({ offered: CALLS, answered: CALLS, handled: CALLS })
  expect(byLine?.rows).toHaveLength(DAYS * 24 * 3)
  const week = { from: month.from, to: pastNine(7 * 86_400) }
  const byAgent = await countAgents(db, { period: week, stepMs: STEP_MS['1d'] }, now)
  const inWeek = Math.ceil((CALLS * 7) / DAYS)
  expect(byAgent?.total).toMatchObject({ offered: inWeek, answered: inWeek, handled: inWeek })
})

test('more rows than an answer holds are refused', async () => {
  expect(await countAgents(database.db, { period: month, stepMs: STEP_MS['15m'] }, now)).toBeNull()
})
