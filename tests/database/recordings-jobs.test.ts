import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { sql, type Transaction } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '#database/connection.ts'
import { Jobs } from '#database/jobs.ts'
import { migrate } from '#database/migrate.ts'
import type { Database } from '#database/types.ts'
import { DAY_MS, HOUR_MS } from '#kernel/time.ts'
import type { CallSummary, Fact } from '../../src/contact-center/events.ts'
import {
  keepRecording,
  RECORDING_QUEUE,
  recordingFacts,
  sweepRecordings,
  workOnRecordings,
} from '../../src/quality/recordings/index.ts'
import { Postgres } from '../support/postgres.ts'
import { RecordingBench } from '../support/recordings.ts'
import { until } from '../support/until.ts'

let bench: RecordingBench
let jobs: Jobs
const errors: Error[] = []
beforeEach(async () => {
  errors.length = 0
  bench = await RecordingBench.open()
  jobs = new Jobs(bench.database.url, error => errors.push(error))
  await jobs.start([RECORDING_QUEUE])
})
afterEach(async () => {
  await jobs.stop()
  await bench.close()
  expect(errors).toEqual([])
})

const closed = (call: CallSummary): Fact => ({ fact: 'call-closed', call })
const tell = (fact: Fact) =>
  bench.database.db.transaction().execute((trx: Transaction<Database>) => recordingFacts(jobs)(trx, fact))
async function waitingJobs(): Promise<number> {
  const { rows } = await sql`select id from jobs.job where state = 'created'`.execute(bench.database.db)
  return rows.length
}

async function state(call: CallSummary): Promise<string> {
  return (await bench.row(call.call)).state
}

describe('a closed call', () => {
  test('that came to a talk has a row and a job', async () => {
    const call = await bench.endedCall(8_000)
    await tell(closed(call))
    const row = await bench.row(call.call)
    expect(row).toMatchObject({ state: 'waiting', raw_name: `${call.leg}.raw`, talk_ms: 8_000 })
    expect(await waitingJobs()).toBe(1)
  })

  test('that came to none has neither', async () => {
    const call = await bench.endedCall(8_000)
    await tell(closed({ ...call, bridgedAt: null, talkMs: null }))
    await expect(bench.row(call.call)).rejects.toThrow('no result')
    expect(await waitingJobs()).toBe(0)
  })

  test('told again changes nothing, whatever has become of it', async () => {
    const call = await bench.endedCall(3_000)
    await tell(closed(call))
    await tell(closed(call))
    expect(await waitingJobs()).toBe(1)
    await bench.writeRaw(`${call.leg}.raw`, 3_000)
    await keepRecording(bench.deps(), call.call)
    await tell(closed(call))
    expect(await state(call)).toBe('kept')
    expect(await waitingJobs()).toBe(1)
  })

  test('whose transaction fails has neither row nor job', async () => {
    const call = await bench.endedCall(3_000)
    const failing = bench.database.db.transaction().execute(async trx => {
      await recordingFacts(jobs)(trx, closed(call))
      throw new Error('another room failed')
    })
    await expect(failing).rejects.toThrow('another room failed')
    await expect(bench.row(call.call)).rejects.toThrow('no result')
    expect(await waitingJobs()).toBe(0)
  })
})

test('a recording is ready within five seconds of the end of the call', async () => {
  const call = await bench.endedCall(10_000)
  await bench.writeRaw(`${call.leg}.raw`, 10_000)
  workOnRecordings(bench.deps(), jobs)
  await tell(closed(call))
  await until(async () => (await state(call)) === 'kept', 5_000)
})

test('a talk that is not to be kept leaves neither row nor raw file', async () => {
  const call = await bench.endedCall(3_000)
  await bench.writeRaw(`${call.leg}.raw`, 3_000)
  workOnRecordings(bench.deps(), jobs)
  await tell(closed({ ...call, records: false }))
  await until(async () => (await bench.files.raw(`${call.leg}.raw`)) === null)
  await expect(bench.row(call.call)).rejects.toThrow('no result')
})

test('a failed job is tried again', async () => {
  const call = await bench.endedCall(3_000)
  await bench.writeRaw(`${call.leg}.raw`, 3_000)
  let encodings = 0
  const encoder = Object.assign(Object.create(bench.encoder), {
    async encode(raw: Readable, ogg: string, serial: number) {
      if (++encodings === 1) throw new Error('the encoder was killed')
      await bench.encoder.encode(raw, ogg, serial)
    },
  })
  workOnRecordings(bench.deps({ encoder }), jobs)
  await tell(closed(call))
  await until(async () => (await state(call)) === 'kept')
  expect(encodings).toBe(2)
})

describe('the sweep', () => {
  test('takes up what has no job any more, once', async () => {
    await bench.waitingCall(3_000)
    expect(await sweepRecordings(bench.deps(), jobs)).toEqual({ sent: 1, found: 0, orphans: [] })
    expect(await sweepRecordings(bench.deps(), jobs)).toEqual({ sent: 0, found: 0, orphans: [] })
    expect(await waitingJobs()).toBe(1)
  })

  test('finds a raw file that was given up', async () => {
    const call = await bench.waitingCall(3_000, null)
    bench.now += HOUR_MS
    await keepRecording(bench.deps(), call)
    expect(await sweepRecordings(bench.deps(), jobs)).toMatchObject({ sent: 0, found: 0 })
    await bench.writeRaw((await bench.row(call)).raw_name, 3_000)
    expect(await sweepRecordings(bench.deps(), jobs)).toMatchObject({ sent: 1, found: 1 })
    await keepRecording(bench.deps(), call)
    expect(await bench.row(call)).toMatchObject({ state: 'kept', problem: null })
  })

  test('reports raw files that no talk waits for, after a day, and leaves them', async () => {
    await bench.waitingCall(3_000)
    await bench.writeRaw('pbx-9.1.raw', 500)
    expect((await sweepRecordings(bench.deps(), jobs)).orphans).toEqual([])
    bench.now += DAY_MS
    expect((await sweepRecordings(bench.deps(), jobs)).orphans).toEqual(['pbx-9.1.raw'])
    expect(bench.alarms()).toEqual(['recording-orphans'])
    expect(await bench.raws()).toHaveLength(2)
  })

  test('clears away the empty files of callers who never spoke with an agent, after a day', async () => {
    await bench.writeRaw('pbx-9.2.raw', 0)
    await sweepRecordings(bench.deps(), jobs)
    expect(await bench.raws()).toEqual(['pbx-9.2.raw'])
    bench.now += DAY_MS
    expect((await sweepRecordings(bench.deps(), jobs)).orphans).toEqual([])
    expect(await bench.raws()).toEqual([])
    expect(bench.alarms()).toEqual([])
  })

  test('clears away the drafts of a crash, not those in the making', async () => {
    const call = await bench.waitingCall(1_000)
    const [old, young] = [await bench.files.newDraft(call), await bench.files.newDraft(call)]
    for (const draft of [old, young])
      await bench.encoder.encode(bench.files.openRaw((await bench.raws())[0] ?? ''), draft, 1)
    const twoDaysAgo = new Date(bench.now - 2 * DAY_MS)
    await utimes(old, twoDaysAgo, twoDaysAgo)
    await sweepRecordings(bench.deps(), jobs)
    expect((await bench.finished()).map(name => join(bench.recordings, name))).toEqual([young])
  })
})

test('jobs start once PostgreSQL is there, and go on after it went away and came back', async () => {
  const postgres = await Postgres.start()
  const { db, close } = openDatabase(postgres.url('postgres'), () => {})
  const lost: Error[] = []
  const survivors = new Jobs(postgres.url('postgres'), error => lost.push(error))
  try {
    await migrate(db)
    await postgres.stop()
    await expect(survivors.start([RECORDING_QUEUE])).rejects.toThrow()
    await postgres.run()
    await survivors.start([RECORDING_QUEUE])
    const done: string[] = []
    survivors.work(RECORDING_QUEUE, 1, async ({ call }) => {
      // Gone in the midst of a job: its completion cannot be stored.
      if (done.push(call) === 1) await postgres.stop()
    })
    const { call } = await bench.endedCall(1_000)
    await db.transaction().execute(trx => survivors.send(trx, RECORDING_QUEUE, { call }))
    await until(() => done.length === 1 && lost.length > 0)
    await postgres.run()
    const { call: next } = await bench.endedCall(1_000)
    await db.transaction().execute(trx => survivors.send(trx, RECORDING_QUEUE, { call: next }))
    await until(() => done.includes(next))
  } finally {
    await survivors.stop()
    await close()
    await postgres.remove()
  }
})
