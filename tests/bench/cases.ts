import { parseArgs } from 'node:util'
import { type Kysely, sql } from 'kysely'
import { openDatabase } from '#database/connection.ts'
import type { Database } from '#database/types.ts'
import { migrate } from '../../src/database/migrate.ts'
import { Postgres } from '../support/postgres.ts'
import { type CaseQuery, caseQueries } from './cases-queries.ts'
import { generateOrders } from './generate-orders.ts'

/**
 * `npm run bench:cases -- [--orders 2000000] [--times 200]`: what lists, searches, filters, counts and the sweep cost
 * with a tenth of the orders and with all, over three years each. A PostgreSQL of its own in a temporary folder with
 * the settings that `npm start` gives it (PostgreSQL's defaults but for durability, which reading does not use).
 * Each query runs `--times` times, with other words, units and days each time. Needs some 6 GB; removes all of it.
 */
const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '2000000' },
    times: { type: 'string', default: '200' },
  },
})
const ALL = Number(values.orders)
const TIMES = Number(values.times)
const LIMIT_MS = 100

interface Measured {
  readonly p50: number
  readonly p99: number
  readonly rows: number
}

const postgres = await Postgres.start()
const stop = async () => {
  await postgres.remove()
  process.exit(1)
}
process.once('SIGINT', stop).once('SIGTERM', stop)
try {
  process.exitCode = await bench(postgres)
} finally {
  await postgres.remove()
}
process.exit()

async function bench(server: Postgres): Promise<number> {
  const sizes = [Math.round(ALL / 10), ALL]
  const results: Map<string, Measured>[] = []
  for (const size of sizes) results.push(await measureAt(server, size))
  const [small = new Map<string, Measured>(), large = new Map<string, Measured>()] = results
  console.table(
    [...large].map(([query, at]) => {
      const before = small.get(query) ?? at
      return {
        query,
        [`p50 ms, ${inMillions(sizes[0])}`]: round(before.p50),
        [`p99 ms, ${inMillions(sizes[0])}`]: round(before.p99),
        [`p50 ms, ${inMillions(sizes[1])}`]: round(at.p50),
        [`p99 ms, ${inMillions(sizes[1])}`]: round(at.p99),
        growth: round(at.p99 / before.p99),
        rows: Math.round(at.rows),
      }
    }),
  )
  const slow = [...large].filter(([, { p99 }]) => p99 >= LIMIT_MS).map(([query]) => query)
  console.log(slow.length === 0 ? `each p99 below ${LIMIT_MS} ms` : `over ${LIMIT_MS} ms: ${slow.join(', ')}`)
  return slow.length === 0 ? 0 : 1
}

/** A database of that size, made and measured; the next one has its room. */
async function measureAt(server: Postgres, size: number): Promise<Map<string, Measured>> {
  const name = `cases_${size}`
  const admin = openDatabase(server.url('postgres'), () => {})
  await sql`create database ${sql.ref(name)} template template0`.execute(admin.db)
  const maker = openDatabase(server.url(name), () => {}, {
    statementMs: 0,
    answerMs: 3_600_000,
    maxConnections: 1,
  })
  await migrate(maker.db)
  const until = new Date()
  await generateOrders(maker.db, { orders: size, seed: 1, until, progress: showProgress })
  process.stderr.write('\n')
  console.log(await sizesOf(maker.db))
  await maker.close()
  const { db, close } = openDatabase(server.url(name), () => {})
  const measured = new Map<string, Measured>()
  for (const query of await caseQueries(db, until)) measured.set(query.name, await measure(query))
  await close()
  await sql`drop database ${sql.ref(name)}`.execute(admin.db)
  await admin.close()
  return measured
}

async function measure({ name, run }: CaseQuery): Promise<Measured> {
  const taken: number[] = []
  let rows = 0
  for (let i = 0; i < TIMES; i++) {
    const began = performance.now()
    rows += await run(i)
    taken.push(performance.now() - began)
  }
  taken.sort((a, b) => a - b)
  const at = (part: number) => taken[Math.min(TIMES - 1, Math.floor(TIMES * part))] ?? 0
  const result = { p50: at(0.5), p99: at(0.99), rows: rows / TIMES }
  console.log(`${name}: p50 ${round(result.p50)} ms, p99 ${round(result.p99)} ms, ${round(result.rows)} rows`)
  return result
}

async function sizesOf(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ name: string; mb: number }>`
    select relname as name, (pg_relation_size(oid) / 1e6)::int as mb from pg_class
    where pg_relation_size(oid) > 1e6 and relnamespace = 'public'::regnamespace order by 2 desc`.execute(db)
  return `MB: ${rows.map(({ name, mb }) => `${name} ${mb}`).join(', ')}`
}

function showProgress(text: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`)
}

function inMillions(orders = 0): string {
  return `${orders / 1e6} M`
}

function round(figure: number): number {
  return Math.round(figure * 10) / 10
}
