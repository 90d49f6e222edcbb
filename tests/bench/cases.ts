import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Kysely, sql } from 'kysely'
import { openDatabase } from '#database/connection.ts'
import type { Database } from '#database/types.ts'
import { POSTGRES_MEMORY } from '../../scripts/instance/postgres.ts'
import { migrate } from '../../src/database/migrate.ts'
import { Postgres } from '../support/postgres.ts'
import { type CaseQuery, caseQueries } from './cases-queries.ts'
import { generateOrders } from './generate-orders.ts'

/**
 * `npm run bench:cases -- [--orders 2000000] [--times 500]`: what lists, searches, filters, counts and the sweep cost
 * with a tenth of the orders and with all, over three years each. A PostgreSQL of its own in a temporary folder with
 * the memory that `npm start` gives it (else PostgreSQL's defaults, but for durability, which reading does not use).
 * Each query runs `--times` times, with other words, units and days each time. Needs some 6 GB; removes all of it.
 */
const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '2000000' },
    times: { type: 'string', default: '500' },
  },
})
const ALL = Number(values.orders)
const TIMES = Number(values.times)
const LIMIT_MS = 100

interface Measured {
  readonly p50: number
  readonly p99: number
  /** p99 of the processor time. */
  readonly worked: number
  readonly rows: number
}

const postgres = await Postgres.start(POSTGRES_MEMORY)
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
        [`of it worked, ${inMillions(sizes[1])}`]: round(at.worked),
        growth: round(at.p50 / before.p50),
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
  // To take a large one away again is work of its own.
  const admin = openDatabase(server.url('postgres'), () => {}, { statementMs: 0, answerMs: 600_000 })
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
  // What was written at a stroke is not left for the checkpointer to write while the queries are timed.
  await sql`checkpoint`.execute(maker.db)
  console.log(await sizesOf(maker.db))
  await maker.close()
  // One connection, so that it is known whose processor time is counted.
  const { db, close } = openDatabase(server.url(name), () => {}, { maxConnections: 1 })
  const processorMs = await processorClock(db)
  const measured = new Map<string, Measured>()
  for (const query of await caseQueries(db, until))
    measured.set(query.name, await measure(query, processorMs))
  await close()
  await sql`drop database ${sql.ref(name)}`.execute(admin.db)
  await admin.close()
  return measured
}

async function measure({ name, run }: CaseQuery, processorMs: () => number): Promise<Measured> {
  const taken: number[] = []
  const worked: number[] = []
  let rows = 0
  for (let i = 0; i < TIMES; i++) {
    const [began, workedBefore] = [performance.now(), processorMs()]
    rows += await run(i)
    taken.push(performance.now() - began)
    worked.push(processorMs() - workedBefore)
  }
  const result = {
    p50: percentile(taken, 0.5),
    p99: percentile(taken, 0.99),
    worked: percentile(worked, 0.99),
    rows: rows / TIMES,
  }
  const [p50, p99, processor] = [result.p50, result.p99, result.worked].map(round)
  console.log(
    `${name}: p50 ${p50} ms, p99 ${p99} ms, ${processor} ms of it worked, ${round(result.rows)} rows`,
  )
  return result
}

/** The least figure that this part of them does not exceed (nearest rank). */
function percentile(figures: readonly number[], part: number): number {
  return figures.toSorted((a, b) => a - b)[Math.ceil(figures.length * part) - 1] ?? 0
}

/** Processor time of the connection's server process and of this one: what is left when others keep the machine busy. */
async function processorClock(db: Kysely<Database>): Promise<() => number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
  const file = `/proc/${rows[0]?.pid}/schedstat`
  return () => {
    const { user, system } = process.cpuUsage()
    return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6 + (user + system) / 1e3
  }
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
