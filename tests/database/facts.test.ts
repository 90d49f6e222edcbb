import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '#database/types.ts'
import { openDraft } from '../../src/casework/work-orders/index.ts'
import type { Fact } from '../../src/contact-center/events.ts'
import {
  type FactHandler,
  FactWriter,
  type FactWriterParts,
  recordFact,
} from '../../src/floor/call-records/index.ts'
import { asId, type StaffId } from '../../src/kernel/ids.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { createTemplate } from '../support/database-setup.ts'
import { answeredCall, EVENING, type ToldCall } from '../support/facts.ts'
import { Postgres } from '../support/postgres.ts'
import { person } from '../support/service.ts'
import { until } from '../support/until.ts'

let postgres: Postgres
let database: TestDatabase
let staff: StaffId
let journal: string

/** A PostgreSQL of its own, to be stopped and frozen. */
beforeAll(async () => {
  postgres = await Postgres.start()
  await createTemplate(postgres)
})
afterAll(async () => {
  await database.close()
  await postgres.remove()
})
beforeEach(async () => {
  await database?.close()
  database = await freshDatabase(postgres.url('postgres'))
  staff = await person(database.db, 'a1001')
  journal = randomUUID()
})

function writer(more: Partial<FactWriterParts> = {}): FactWriter {
  const log = pino({ level: 'silent' })
  return new FactWriter({ db: database.db, journal, handlers: [recordFact, openDraft], log, ...more })
}

/** Tells all events from this sequence number on; returns the last. */
function tell(to: FactWriter, calls: readonly ToldCall[], first = 1): number {
  let sequence = first
  for (const events of calls.map(call => call.events)) {
    for (const facts of events) to.accept(sequence++, facts)
  }
  return sequence - 1
}

async function expectWritten(db: Kysely<Database>, calls: readonly ToldCall[]): Promise<void> {
  const ids = calls.map(call => call.id)
  const rows = await db.selectFrom('calls').selectAll().where('id', 'in', ids).execute()
  expect(rows).toHaveLength(calls.length)
  for (const row of rows) expect(row).toMatchObject({ result: 'completed', seat: '1001', staff_id: staff })
  for (const { id, draft } of calls) {
    const notes = await db
      .selectFrom('call_notes')
      .selectAll()
      .where('call_id', '=', id)
      .orderBy('position')
      .execute()
    expect(notes.map(note => [note.position, note.kind])).toEqual([
      [1, 'arrived'],
      [2, 'queued'],
      [3, 'offered'],
      [4, 'answered'],
      [5, 'bridged'],
      [6, 'ended'],
    ])
    const orders = await db
      .selectFrom('work_orders')
      .select(['id', 'status'])
      .where('call_id', '=', id)
      .execute()
    expect(orders).toEqual([{ id: draft, status: 'draft' }])
  }
  const changes = await db.selectFrom('seat_changes').select('call_id').execute()
  expect(changes).toHaveLength(calls.length)
}

test('a call becomes one row, its timeline and one draft, and their numbers agree', async () => {
  const facts = writer()
  const call = answeredCall(staff)
  const last = tell(facts, [call])
  await facts.flushed()
  await expectWritten(database.db, [call])
  expect(await facts.position()).toBe(last)

  const row = await database.db.selectFrom('calls').selectAll().executeTakeFirstOrThrow()
  const notes = await database.db.selectFrom('call_notes').selectAll().orderBy('position').execute()
  const noted = (kind: string) => notes.find(note => note.kind === kind)?.at
  expect(row.arrived_at).toEqual(noted('arrived'))
  expect(row.queued_at).toEqual(noted('queued'))
  expect(row.answered_at).toEqual(noted('answered'))
  expect(row.bridged_at).toEqual(noted('bridged'))
  expect(row.ended_at).toEqual(noted('ended'))
  expect(notes.at(-1)?.detail).toEqual({ result: row.result, reason: row.reason, by: row.ended_by })
  const order = await database.db.selectFrom('work_orders').selectAll().executeTakeFirstOrThrow()
  expect(order.number).toBe('261121205804000001')
  expect(order).toMatchObject({ caller_number: '13907551234', line_number: '12345', opened_by: staff })
})

test('a running call is known as far as it has come', async () => {
  const facts = writer()
  const { events } = answeredCall(staff)
  events.slice(0, 5).forEach((told, i) => {
    facts.accept(i + 1, told)
  })
  await facts.flushed()
  const row = await database.db.selectFrom('calls').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ staff_id: staff, seat: '1001', ended_at: null, result: null })
  expect(row.bridged_at).not.toBeNull()
})

test('told again after a crash between commit and memory, nothing is written twice', async () => {
  const calls = [answeredCall(staff), answeredCall(staff, EVENING + 60_000)]
  const first = writer()
  const last = tell(first, calls)
  await first.flushed()
  const second = writer()
  expect(await second.position()).toBe(last)
  const later = answeredCall(staff, EVENING + 120_000)
  tell(second, [...calls, later])
  await second.flushed()
  await expectWritten(database.db, [...calls, later])
})

test('two services that tell the same facts at once write them once', async () => {
  const calls = Array.from({ length: 20 }, (_, i) => answeredCall(staff, EVENING + i * 1_000))
  const both = [writer(), writer()]
  for (const one of both) tell(one, calls)
  await Promise.all(both.map(one => one.flushed()))
  await expectWritten(database.db, calls)
})

test('facts told once more under another journal are harmless where it counts', async () => {
  const call = answeredCall(staff)
  tell(writer(), [call])
  const again = writer({ journal: randomUUID() })
  tell(again, [call])
  await again.flushed()
  await until(async () => (await database.db.selectFrom('fact_positions').selectAll().execute()).length === 2)
  const notes = await database.db.selectFrom('call_notes').selectAll().execute()
  expect(notes).toHaveLength(6)
  expect(await database.db.selectFrom('work_orders').selectAll().execute()).toHaveLength(1)
})

test('PostgreSQL stopped: facts wait in order and are written when it returns', async () => {
  const facts = writer()
  const before = answeredCall(staff)
  let sequence = tell(facts, [before])
  await facts.flushed()
  await postgres.stop()
  const meanwhile = Array.from({ length: 10 }, (_, i) => answeredCall(staff, EVENING + (i + 1) * 60_000))
  sequence = tell(facts, meanwhile, sequence + 1)
  expect(facts.behind).toBe(60)
  await postgres.run()
  await facts.flushed()
  expect(facts.behind).toBe(0)
  expect(await facts.position()).toBe(sequence)
  await expectWritten(database.db, [before, ...meanwhile])
})

test('PostgreSQL silent: nothing is lost or doubled whatever became of the write under way', async () => {
  let giveUps = 0
  const log = pino({ level: 'warn' }, { write: () => void giveUps++ })
  const facts = writer({ log })
  const calls = Array.from({ length: 30 }, (_, i) => answeredCall(staff, EVENING + i * 60_000))
  tell(facts, calls.slice(0, 15))
  await postgres.freeze()
  tell(facts, calls.slice(15), 91)
  // Long enough that the write is given up and begun anew on another connection.
  await until(() => giveUps > 0)
  await postgres.thaw()
  await facts.flushed()
  await expectWritten(database.db, calls)
})

test('facts that the tables refuse are set aside; those before and after are written', async () => {
  const facts = writer()
  const [one, bad, two] = [
    answeredCall(staff),
    answeredCall(asId(randomUUID()), EVENING + 60_000),
    answeredCall(staff, EVENING + 120_000),
  ]
  const last = tell(facts, [one, bad, two])
  await facts.flushed()
  expect(await facts.position()).toBe(last)
  const aside = await database.db.selectFrom('unwritten_facts').selectAll().orderBy('sequence').execute()
  expect(aside.map(row => row.sequence)).toEqual([10, 12])
  expect(JSON.parse(aside[0]?.facts ?? '')).toEqual(bad.events[3])
  expect(aside[0]?.problem).toMatch(/foreign key/)
  expect(facts.refused).toBe(2)
  const closed = await database.db.selectFrom('calls').select('id').where('result', 'is not', null).execute()
  expect(closed.map(row => row.id).sort()).toEqual([one.id, two.id].sort())
})

test('a handler that fails leaves nothing of its event behind', async () => {
  let fail = true
  const flaky: FactHandler = async (_trx, fact) => {
    if (fact.fact === 'call-answered' && fail) {
      fail = false
      throw new Error('not now')
    }
  }
  const facts = writer({ handlers: [recordFact, openDraft, flaky] })
  const call = answeredCall(staff)
  tell(facts, [call])
  await facts.flushed()
  expect(fail).toBe(false)
  await expectWritten(database.db, [call])
})

test('more than memory may hold stays in the journal and is asked for again', async () => {
  const calls = Array.from({ length: 5 }, (_, i) => answeredCall(staff, EVENING + i * 60_000))
  const all: (readonly Fact[])[] = calls.flatMap(call => call.events)
  const asked: number[] = []
  const facts: FactWriter = writer({
    limits: { waiting: 8 },
    retell(after) {
      asked.push(after)
      all.slice(after).forEach((told, i) => {
        facts.accept(after + i + 1, told)
      })
    },
  })
  tell(facts, calls)
  expect(facts.behind).toBe(8)
  await facts.flushed()
  expect(asked[0]).toBe(8)
  await expectWritten(database.db, calls)
})

test('counters hear of each fact once, when it is in the tables', async () => {
  const told: Fact[] = []
  const parts = { written: (facts: readonly Fact[]) => void told.push(...facts) }
  const call = answeredCall(staff)
  const first = writer(parts)
  tell(first, [call])
  await first.flushed()
  const second = writer(parts)
  tell(second, [call])
  await second.flushed()
  expect(told).toEqual(call.events.flat())
})
