import pg from 'pg'
import { expect } from 'vitest'
import { Agent, pageUrl } from './agent.ts'
import { deskPhones, dial, voiceAt } from './phones.ts'
import type { SippRun } from './sipp.ts'
import { type Stack, type StackOptions, startStack } from './stack.ts'
import { until } from './until.ts'

export const CITIZEN_HZ = 440
export const AGENT_HZ = 1_000

export interface CallRecord {
  readonly id: string
  readonly result: string | null
  readonly reason: string | null
  readonly ended_by: string | null
  readonly seat: string | null
  readonly offers: number
  readonly arrived_at: Date
  readonly queued_at: Date | null
  readonly answered_at: Date | null
  readonly bridged_at: Date | null
  readonly ended_at: Date | null
  readonly talk_ms: number | null
}

export interface Note {
  readonly kind: string
  readonly at: Date
  readonly detail: Record<string, unknown>
}

type HealthParts = Record<string, { readonly ok: boolean; readonly detail: string }>

/** A running hotline with the people round it: citizens who ring, agents at seats, and what was written down. */
export class Floor {
  readonly stack: Stack
  readonly db: pg.Client
  private readonly voices: { readonly citizen: string; readonly agent: string }
  private readonly citizens: SippRun[] = []
  private readonly phones: SippRun[] = []
  private readonly agents: Agent[] = []

  private constructor(stack: Stack, db: pg.Client, voices: Floor['voices']) {
    this.stack = stack
    this.db = db
    this.voices = voices
  }

  static async open(settings: StackOptions['settings']): Promise<Floor> {
    const voices = { citizen: await voiceAt(CITIZEN_HZ), agent: await voiceAt(AGENT_HZ) }
    const stack = await startStack({ settings: settings ?? {} })
    const db = new pg.Client({ connectionString: stack.databaseUrl })
    await db.connect()
    return new Floor(stack, db, voices)
  }

  async close(): Promise<void> {
    // A test that failed may have left some.
    for (const run of [...this.citizens, ...this.phones]) await run.stop()
    for (const agent of this.agents) agent.close()
    await this.db.end()
    await this.stack.stop()
  }

  /** Everybody goes home; nothing may be left in the PBX. */
  async clear(): Promise<void> {
    for (const run of this.citizens.splice(0)) await hangUpForSure(run)
    for (const agent of this.agents.splice(0)) {
      await agent.ask('POST', '/api/my-seat/hang-up')
      await until(async () => (await agent.ask('DELETE', '/api/my-seat')).status !== 409)
      agent.close()
    }
    for (const run of this.phones.splice(0)) await run.stop()
    await this.nothingLeft()
  }

  async sitDown(login: string, seat: string): Promise<Agent> {
    const agent = await Agent.signIn(this.stack, login)
    this.agents.push(agent)
    await agent.sitDown(seat)
    return agent
  }

  async phone(seats: string[], answersAfterMs: number | null): Promise<SippRun> {
    const run = await deskPhones(this.stack, { seats, answersAfterMs, voice: this.voices.agent })
    this.phones.push(run)
    return run
  }

  async citizen(caller: string, dialled = '12345'): Promise<SippRun> {
    const run = await dial(this.stack, { caller, dialled, voice: this.voices.citizen })
    this.citizens.push(run)
    return run
  }

  /** A citizen of another make, who goes home with the others. */
  adopt(citizen: SippRun): void {
    this.citizens.push(citizen)
  }

  /** No channel and no bridge: asked of Asterisk itself. */
  async nothingLeft(): Promise<void> {
    for (const what of ['channels', 'bridges']) {
      await until(async () => (await this.ari<unknown[]>(what)).length === 0)
    }
  }

  async ari<T>(path: string): Promise<T> {
    const { ariUrl, ariUser } = this.stack.config
    const authorization = `Basic ${Buffer.from(`${ariUser}:${this.stack.ariPassword}`).toString('base64')}`
    return (await (await fetch(`${ariUrl}/ari/${path}`, { headers: { authorization } })).json()) as T
  }

  health(): Promise<HealthParts | null> {
    return healthOf(this.stack)
  }

  /** Waits until exactly these parts are named as not well. */
  async untilUnwell(parts: readonly string[], limitMs = 30_000): Promise<void> {
    await until(async () => {
      const health = await this.health()
      if (health === null) return false
      const unwell = Object.keys(health).filter(name => health[name]?.ok !== true)
      return unwell.join() === parts.join()
    }, limitMs)
  }

  async callFrom(caller: string): Promise<CallRecord | undefined> {
    const { rows } = await this.db.query<CallRecord>('select * from calls where caller_number = $1', [caller])
    expect(rows.length).toBeLessThan(2)
    return rows[0]
  }

  async endedCall(caller: string): Promise<CallRecord> {
    await until(async () => (await this.callFrom(caller))?.ended_at != null, 20_000)
    const call = await this.callFrom(caller)
    if (call === undefined) throw new Error('no call')
    return call
  }

  async notesOf(call: string): Promise<Note[]> {
    const { rows } = await this.db.query<Note>(
      'select kind, at, detail from call_notes where call_id = $1 order by position',
      [call],
    )
    return rows
  }

  async kindsOf(caller: string): Promise<string[]> {
    const call = await this.callFrom(caller)
    return call === undefined ? [] : (await this.notesOf(call.id)).map(note => note.kind)
  }

  async untilNoted(caller: string, kind: string): Promise<CallRecord> {
    await until(async () => (await this.kindsOf(caller)).includes(kind), 30_000)
    const call = await this.callFrom(caller)
    if (call === undefined) throw new Error('no call')
    return call
  }

  /** The recording is on the shelf and as long as the talk was. */
  async isKeptWhole(call: CallRecord): Promise<void> {
    const recording = async () =>
      (await this.db.query('select * from recordings where call_id = $1', [call.id])).rows[0]
    await until(async () => (await recording())?.state === 'kept', 30_000)
    const { duration_ms, length_differs } = await recording()
    expect(length_differs).toBe(false)
    expect(Math.abs(duration_ms - (call.talk_ms ?? 0))).toBeLessThan(500)
  }

  /** How many work orders stand behind the call. */
  async draftsOf(caller: string): Promise<number> {
    const { rows } = await this.db.query(
      'select w.id from work_orders w join calls c on c.id = w.call_id where c.caller_number = $1',
      [caller],
    )
    return rows.length
  }
}

/** The parts as /healthz names them; null while the service does not answer. */
export async function healthOf(stack: Stack): Promise<HealthParts | null> {
  try {
    return ((await (await fetch(`${pageUrl(stack)}/healthz`)).json()) as { parts: HealthParts }).parts
  } catch {
    return null
  }
}

/** Asked for too early, it would be lost. */
async function hangUpForSure(run: SippRun): Promise<void> {
  let over = false
  void run.done.then(() => {
    over = true
  })
  await until(
    async () => {
      await run.hangUp()
      return over
    },
    10_000,
    200,
  )
}
