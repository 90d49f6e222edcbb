import { type Kysely, type Selectable, sql, type Transaction, type Updateable } from 'kysely'
import type { CarrierBindingsTable, Database } from '#database/types.ts'
import type { BindingId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { CarrierStanding } from './carrier-rules.ts'
import type { Subscription } from './provider.ts'

/** A row that is not over: it still knows whose numbers it is about. */
export interface LiveRow extends CarrierStanding {
  readonly key: BindingId
  readonly citizen: string
  readonly direction: Subscription['direction']
  readonly records: boolean
  readonly number: string | null
  readonly attempts: number
  readonly nextAt: Instant
  readonly takenUntil: Instant | null
}

/** Jobs sent at once; the next look finds the rest. */
const DUE_AT_ONCE = 200

export async function dueBindings(db: Kysely<Database>, provider: string, now: Date): Promise<BindingId[]> {
  const rows = await db
    .selectFrom('carrier_bindings')
    .select('key')
    .where('provider', '=', provider)
    .where('next_at', '<=', now)
    .where(({ eb, or }) => or([eb('taken_until', 'is', null), eb('taken_until', '<=', now)]))
    .orderBy('next_at')
    .limit(DUE_AT_ONCE)
    .execute()
  return rows.map(row => row.key)
}

/** Nobody else changes it until the transaction ends. Null: there is none, or it is over. */
export async function lockLive(trx: Transaction<Database>, key: BindingId): Promise<LiveRow | null> {
  const row = await trx
    .selectFrom('carrier_bindings')
    .selectAll()
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? null : liveRow(row)
}

function liveRow(row: Selectable<CarrierBindingsTable>): LiveRow | null {
  const { citizen, unit, next_at: nextAt } = row
  if (citizen === null || unit === null || nextAt === null) return null
  return {
    key: row.key,
    state: row.state,
    citizen,
    wantedUnit: unit,
    wantedUntil: row.valid_until.getTime(),
    toldUnit: row.told_unit,
    toldUntil: row.told_until?.getTime() ?? null,
    direction: row.direction,
    records: row.records,
    number: row.number,
    subsId: row.subs_id,
    unsure: row.unsure,
    attempts: row.attempts,
    nextAt: nextAt.getTime(),
    takenUntil: row.taken_until?.getTime() ?? null,
  }
}

export async function changeRow(
  trx: Transaction<Database>,
  key: BindingId,
  change: Updateable<CarrierBindingsTable>,
): Promise<void> {
  await trx.updateTable('carrier_bindings').set(change).where('key', '=', key).execute()
}

/** The active number that has rested longest, for this binding alone. Null: none is free. */
export async function takeNumber(
  trx: Transaction<Database>,
  provider: string,
  key: BindingId,
  now: Date,
): Promise<string | null> {
  const row = await trx
    .updateTable('carrier_numbers')
    .set({ held_by: key })
    .where('number', '=', eb =>
      eb
        .selectFrom('carrier_numbers')
        .select('number')
        .where('provider', '=', provider)
        .where('active', '=', true)
        .where('held_by', 'is', null)
        .where('free_from', '<=', now)
        .orderBy('free_from')
        .orderBy('number')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returning('number')
    .executeTakeFirst()
  return row?.number ?? null
}

/** The binding's number, if it has one, rests until `freeFrom`. */
export async function giveNumberBack(
  trx: Transaction<Database>,
  key: BindingId,
  freeFrom: Date,
): Promise<void> {
  await trx
    .updateTable('carrier_numbers')
    .set({ held_by: null, free_from: freeFrom })
    .where('held_by', '=', key)
    .execute()
}

/** Makes the rows those of the numbers that the city has; one that it has no longer gets no new binding. */
export async function keepNumbers(
  db: Kysely<Database>,
  provider: string,
  numbers: readonly string[],
): Promise<void> {
  await db.transaction().execute(async trx => {
    await sql`
      insert into carrier_numbers (number, provider)
      select number, ${provider} from unnest(${numbers}::text[]) as n (number)
      on conflict (number) do update set provider = excluded.provider, active = true`.execute(trx)
    await trx
      .updateTable('carrier_numbers')
      .set({ active: false })
      .where('provider', '=', provider)
      .where(({ not, eb }) => not(eb('number', '=', sql<string>`any(${numbers}::text[])`)))
      .execute()
  })
}

/** Numbers that were not compared with the carrier's word since `before`, the longest ago first. */
export async function numbersToCheck(
  db: Kysely<Database>,
  provider: string,
  before: Date,
  most: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('carrier_numbers')
    .select('number')
    .where('provider', '=', provider)
    .where(({ eb, or }) => or([eb('active', '=', true), eb('held_by', 'is not', null)]))
    .where('checked_at', '<=', before)
    .orderBy('checked_at')
    .limit(most)
    .execute()
  return rows.map(row => row.number)
}

/** Who has a number, and as what the carrier knows that. Null: it is no number of ours. */
export async function numberStanding(
  db: Kysely<Database>,
  number: string,
): Promise<{ readonly heldBy: BindingId | null; readonly subsId: string | null } | null> {
  const row = await db
    .selectFrom('carrier_numbers as n')
    .leftJoin('carrier_bindings as b', 'b.key', 'n.held_by')
    .select(['n.held_by as heldBy', 'b.subs_id as subsId'])
    .where('n.number', '=', number)
    .executeTakeFirst()
  return row ?? null
}

/** Which of the carrier's subscriptions are those of bindings that are not over. */
export async function subsKnown(
  db: Kysely<Database>,
  provider: string,
  subsIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('carrier_bindings')
    .select('subs_id')
    .where('provider', '=', provider)
    .where('subs_id', '=', sql<string>`any(${subsIds}::text[])`)
    .where('next_at', 'is not', null)
    .execute()
  return new Set(rows.flatMap(row => row.subs_id ?? []))
}

export async function markChecked(db: Kysely<Database>, number: string, at: Date): Promise<void> {
  await db.updateTable('carrier_numbers').set({ checked_at: at }).where('number', '=', number).execute()
}
