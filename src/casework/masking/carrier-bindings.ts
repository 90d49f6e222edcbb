import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { CarrierBindingsTable, Database } from '#database/types.ts'
import type { BindingId } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import { activeCarrier } from './carrier-mode.ts'
import type { CarrierState } from './carrier-rules.ts'
import type { Subscription } from './provider.ts'

/*
 * What a carrier is to be asked for, as rows; it is told behind that (carrier-work.ts), so that nothing in the house
 * ever waits for a carrier, and none is told of what was rolled back.
 */

/** Whatever the clocks of service and database say. */
const AT_ONCE = new Date(0)

/** Asked for twice with the same key it is asked for once; one that has gone is made anew. */
export async function wantBinding(
  trx: Transaction<Database>,
  provider: string,
  { key, citizen, unit, direction, records, expiresAt }: Omit<Subscription, 'number'>,
): Promise<void> {
  const wanted = { citizen, unit, direction, records, valid_until: wholeSecond(expiresAt), next_at: AT_ONCE }
  const nothing = { number: null, subs_id: null, told_until: null, unsure: false, attempts: 0, problem: null }
  await trx
    .insertInto('carrier_bindings')
    .values({ key, provider, ...wanted })
    .onConflict(conflict =>
      conflict
        .column('key')
        .doUpdateSet({ ...wanted, ...nothing, state: 'binding' })
        .where('carrier_bindings.state', '=', 'gone'),
    )
    .execute()
}

/** Carriers know no parts of seconds, and what they say of a binding is compared with ours. */
function wholeSecond(at: Instant): Date {
  return new Date(Math.floor(at / SECOND_MS) * SECOND_MS)
}

export interface BindingChange {
  readonly expiresAt?: Instant
  /** Which of the unit's telephones it is from now on. */
  readonly unit?: string
}

/** @returns false when there is none, or it is over or about to be */
export async function changeBinding(
  trx: Transaction<Database>,
  key: BindingId,
  { expiresAt, unit }: BindingChange,
): Promise<boolean> {
  const row = await trx
    .updateTable('carrier_bindings')
    .set({
      next_at: AT_ONCE,
      ...(expiresAt === undefined ? {} : { valid_until: wholeSecond(expiresAt), next_at: AT_ONCE }),
      ...(unit === undefined ? {} : { unit }),
    })
    .where('key', '=', key)
    .where('state', 'in', ['binding', 'bound'])
    .returning('key')
    .executeTakeFirst()
  return row !== undefined
}

/** Calls that run go on; the carrier takes no new ones once it has heard of it. */
export async function endBinding(trx: Transaction<Database>, key: BindingId): Promise<void> {
  await trx
    .updateTable('carrier_bindings')
    .set({ state: 'ending', next_at: AT_ONCE })
    .where('key', '=', key)
    .where('state', 'in', ['binding', 'bound'])
    .execute()
}

export interface CarrierBindingView {
  readonly state: CarrierState
  /** What both sides see and dial; null: not yet, or never. */
  readonly number: string | null
  /** Why it is not as it should be, as a code of the carrier's or ours; null: nothing is wrong. */
  readonly problem: string | null
}

export async function readBinding(db: Kysely<Database>, key: BindingId): Promise<CarrierBindingView | null> {
  const row = await viewsOf(db, [key]).executeTakeFirst()
  return row === undefined ? null : viewOf(row)
}

/** Those that the city's carrier has, or had, or is asked for; null: the city has no carrier. */
export async function readBindings(
  db: Kysely<Database>,
  keys: readonly BindingId[],
): Promise<ReadonlyMap<BindingId, CarrierBindingView> | null> {
  const carrier = await activeCarrier(db)
  if (carrier === null) return null
  const rows = await viewsOf(db, keys).where('provider', '=', carrier).execute()
  return new Map(rows.map(row => [row.key, viewOf(row)]))
}

function viewsOf(db: Kysely<Database>, keys: readonly BindingId[]) {
  return db
    .selectFrom('carrier_bindings')
    .select(['key', 'state', 'number', 'problem', 'subs_id'])
    .where('key', '=', sql<BindingId>`any(${keys}::uuid[])`)
}

function viewOf({
  state,
  problem,
  number,
  subs_id,
}: Pick<Selectable<CarrierBindingsTable>, 'state' | 'problem' | 'number' | 'subs_id'>): CarrierBindingView {
  return { state, problem, number: subs_id === null ? null : number }
}
