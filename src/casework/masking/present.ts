import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { BindingId, UnitId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Actor } from '../../cases/actor.ts'
import { isRunning } from '../../cases/masking/lease.ts'
import { type CarrierBindingView, readBindings } from './carrier-bindings.ts'
import { actsFor, mayBindFor, stateOf } from './rules.ts'
import type { BindingView } from './schema.ts'
import { type BindingRow, callsToday, pairOf, time } from './store.ts'
import { readTelephones } from './telephones.ts'

/** What is known of a binding beside its row, from memory. */
export interface LiveBindings {
  /** Whether two people are talking by it, or are being put through. */
  inCall(binding: BindingId): boolean
  pinLocked(binding: BindingId, at: Instant): boolean
}

/** As a reader sees them: never with the citizen's number, and the unit's only for whoever acts for it. */
export async function presentBindings(
  db: Kysely<Database>,
  live: LiveBindings,
  rows: readonly BindingRow[],
  actor: Actor,
  at: Instant,
): Promise<BindingView[]> {
  if (rows.length === 0) return []
  const names = await namesOf(db, rows)
  const used = await callsToday(
    db,
    at,
    rows.map(({ order_id }) => order_id),
  )
  const own = [...new Set(rows.map(({ unit_id }) => unit_id))].filter(unit => actsFor(actor, unit))
  const telephones = await readTelephones(db, own)
  const carriers = await readBindings(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map(row => {
    const lease = { validUntil: time(row.valid_until), endedAt: time(row.ended_at) }
    const runs = isRunning(lease, at)
    const carrier = carriers === null ? null : (carriers.get(row.id) ?? (runs ? NOT_ASKED : null))
    const short = carrier === null ? row.short_number : runs ? boundNumber(carrier) : carrier.number
    const state = stateOf({ ...lease, short, restsUntil: time(row.rests_until) }, at)
    const phones = telephones.shownOf(row.unit_id)
    return {
      id: row.id,
      order: { id: row.order_id, number: names.orders.get(row.order_id) ?? '' },
      unit: { id: row.unit_id, name: names.units.get(row.unit_id) ?? row.unit_id },
      short,
      carrier: carrier === null ? null : { state: carrier.state, problem: carrier.problem },
      state,
      direction: row.direction,
      mostCallsADay: row.most_calls_a_day,
      mostTalkMinutes: row.most_talk_minutes,
      records: row.records,
      validFrom: row.valid_from.toISOString(),
      validUntil: row.valid_until?.toISOString() ?? null,
      endedAt: row.ended_at?.toISOString() ?? null,
      endReason: row.end_reason,
      callsToday: used.get(pairOf(row.order_id, row.unit_id)) ?? 0,
      hasPin: row.pin_digest !== null,
      pinLocked: row.pin_digest !== null && live.pinLocked(row.id, at),
      madeBy: row.made_by === null ? 'dispatch' : 'hand',
      unitPhones: [...phones],
      mayCall:
        // The PBX places it by the short number of its own, whatever number the two dial.
        runs &&
        row.short_number !== null &&
        row.direction !== 'to-unit' &&
        phones.length > 0 &&
        actsFor(actor, row.unit_id),
      mayChange: runs && mayBindFor(actor, row.unit_id),
      inCall: live.inCall(row.id),
      version: row.version,
    }
  })
}

/** It is asked for within seconds. */
const NOT_ASKED: CarrierBindingView = { state: 'binding', number: null, problem: null }

/** Before the carrier has answered, and while it has forgotten, nobody is behind the number. */
function boundNumber({ state, number }: CarrierBindingView): string | null {
  return state === 'bound' ? number : null
}

async function namesOf(db: Kysely<Database>, rows: readonly BindingRow[]) {
  const orders = await db
    .selectFrom('work_orders')
    .select(['id', 'number'])
    .where(
      'id',
      'in',
      rows.map(({ order_id }) => order_id),
    )
    .execute()
  const units = await unitNames(
    db,
    rows.map(({ unit_id }) => unit_id),
  )
  return { orders: new Map(orders.map(({ id, number }) => [id, number])), units }
}

export async function unitNames(
  db: Kysely<Database>,
  units: readonly UnitId[],
): Promise<ReadonlyMap<UnitId, string>> {
  const rows = await db
    .selectFrom('units')
    .select(['id', 'name_zh'])
    .where(sql<boolean>`id = any(${[...new Set(units)]})`)
    .execute()
  return new Map(rows.map(({ id, name_zh }) => [id, name_zh]))
}
