import { join } from 'node:path'
import pg from 'pg'
import { openDatabase } from '#database/connection.ts'
import { type AgentNumber, asId } from '#kernel/ids.ts'
import { addStaff } from '../../src/people/staff/index.ts'
import { Agent } from '../support/agent.ts'
import { deskPhones, sipTarget, TRUNK, voiceAt } from '../support/phones.ts'
import { runSipp } from '../support/sipp.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/until.ts'

/**
 * `npm run bench:first-call`: 5 calls a second for a minute on 50 seats, all real: SIPp citizens with audio, SIPp
 * phones, desks on sockets. A line without greeting, so that what is measured is ours alone.
 */

const SEATS = 50
const CALLS_PER_SECOND = 5
const SECONDS = 60
const UNGREETED = '12320'
const PASSWORD = 'only for this benchmark'

const stack = await startStack({ settings: { HOTLINE_WRAP_UP_MS: '500', HOTLINE_LOG_LEVEL: 'warn' } })
try {
  process.exitCode = await bench(stack)
} finally {
  await stack.stop()
}
process.exit()

async function bench(stack: Stack): Promise<number> {
  const seats = Array.from({ length: SEATS }, (_, index) => String(1001 + index))
  console.log(`${SEATS} agents sign in …`)
  const phones = await deskPhones(stack, { seats, answersAfterMs: 50, voice: await voiceAt(1_000) })
  const agents = await staff(stack, seats)
  console.log(`${CALLS_PER_SECOND} calls/s for ${SECONDS} s …`)
  const usedBefore = await cpuSeconds(stack)
  const citizens = await runSipp({
    scenario: join(import.meta.dirname, 'citizen-talks.xml'),
    target: sipTarget(stack),
    source: TRUNK,
    calls: CALLS_PER_SECOND * SECONDS,
    callsPerSecond: CALLS_PER_SECOND,
    dialled: UNGREETED,
    cwd: await voiceAt(440),
  })
  const used = await cpuSeconds(stack)
  const db = new pg.Client({ connectionString: stack.databaseUrl })
  await db.connect()
  await until(async () => (await db.query('select 1 from calls where ended_at is null')).rowCount === 0)
  const left = await leftInPbx(stack)
  const { rows: results } = await db.query(
    'select result, reason, count(*)::int as calls from calls group by 1, 2 order by 3 desc',
  )
  console.table(results)
  console.table([
    { from: 'arrived', to: 'screen-pop on the desk (acknowledged)', ...(await latency(db, 'popped')) },
    { from: 'arrived', to: "the seat's phone rings (180 received)", ...(await latency(db, 'ringing')) },
    {
      from: 'answered',
      to: 'both bridged (announcement included)',
      ...(await latency(db, 'bridged', 'answered')),
    },
  ])
  const calls = CALLS_PER_SECOND * SECONDS
  console.log(
    `CPU ms a call: Asterisk ${per(used.asterisk - usedBefore.asterisk, calls)}, ` +
      `service ${per(used.service - usedBefore.service, calls)}`,
  )
  console.log(
    `citizens: ${citizens.successful} as they should, ${citizens.failed} failed; left in the PBX: ${left}`,
  )
  await db.end()
  for (const agent of agents) agent.close()
  await phones.stop()
  return citizens.failed === 0 && citizens.successful === calls && left === 0 ? 0 : 1
}

/** As many agents as seats, each signed in, at a seat, ready. */
async function staff(stack: Stack, seats: readonly string[]): Promise<Agent[]> {
  const { db, close } = openDatabase(stack.databaseUrl, () => {})
  const agents: Agent[] = []
  for (const seat of seats) {
    const login = `bench${seat}`
    const agentNumber = asId<AgentNumber>(`9${seat}`)
    await addStaff(db, { login, name: login, role: 'agent', agentNumber, password: PASSWORD })
    const agent = await Agent.signIn(stack, login, PASSWORD)
    await agent.sitDown(seat)
    agents.push(agent)
  }
  await close()
  return agents
}

async function latency(db: pg.Client, to: string, from = 'arrived') {
  const { rows } = await db.query(
    `select percentile_disc(array[0.5, 0.95, 0.99, 1]) within group (order by ms) as p from (
       select extract(epoch from min(b.at) - min(a.at)) * 1000 as ms
       from call_notes a join call_notes b using (call_id)
       where a.kind = $1 and b.kind = $2 group by call_id) t`,
    [from, to],
  )
  const [p50, p95, p99, max] = rows[0].p.map((ms: string) => Math.round(Number(ms)))
  return { 'p50 ms': p50, 'p95 ms': p95, 'p99 ms': p99, 'max ms': max }
}

async function leftInPbx(stack: Stack): Promise<number> {
  const { ariUrl, ariUser } = stack.config
  const authorization = `Basic ${Buffer.from(`${ariUser}:${stack.ariPassword}`).toString('base64')}`
  let left = 0
  for (const what of ['channels', 'bridges']) {
    const reply = await fetch(`${ariUrl}/ari/${what}`, { headers: { authorization } })
    left += ((await reply.json()) as unknown[]).length
  }
  return left
}

/** User and system time of both processes so far, from /proc: in hundredths of a second there. */
async function cpuSeconds(stack: Stack): Promise<{ asterisk: number; service: number }> {
  const { readFile } = await import('node:fs/promises')
  const of = async (pid: number | null | undefined) => {
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  }
  return { asterisk: await of(stack.asterisk.pid), service: await of(stack.service?.pid) }
}

function per(seconds: number, calls: number): string {
  return ((seconds * 1000) / calls).toFixed(1)
}
