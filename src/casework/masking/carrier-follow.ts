import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type BindingId, type UnitId, type WorkOrderId } from '#kernel/ids.ts'
import { DAY_MS, type Instant } from '#kernel/time.ts'
import type { MaskDirection } from '../../cases/masking/binding.ts'
import { changeBinding, endBinding, wantBinding } from './carrier-bindings.ts'
import { citizenNumberOf } from './store.ts'
import { readTelephones, type Telephones } from './telephones.ts'

/** Looked at in one transaction; the next look finds the rest. */
const AT_ONCE = 200
/** A carrier wants to know an end: that of a binding which lasts as long as its order is put off again and again. */
const AHEAD_MS = 30 * DAY_MS
const LEAST_AHEAD_MS = 15 * DAY_MS

/**
 * Has the carrier follow the bindings: what runs is to be there, until it ends and at the telephone where somebody is
 * at hand; what is over is to go. It compares how things stand, so that nothing is missed, whatever was away meanwhile.
 */
export async function followBindings(db: Kysely<Database>, provider: string, at: Instant): Promise<void> {
  const telephones = await readTelephones(db)
  await db.transaction().execute(async trx => {
    for (const row of await differing(trx, provider, telephones, at)) await follow(trx, provider, row, at)
  })
}

interface Differing {
  readonly key: BindingId
  readonly order: WorkOrderId
  readonly direction: MaskDirection
  readonly records: boolean
  /** Null: as long as its order is open. */
  readonly valid_until: Date | null
  readonly over: boolean
  /** Where the unit answers now; null: nowhere that is known. */
  readonly phone: string | null
  /** What is wanted of the carrier by now; null: nothing. */
  readonly wanted_unit: string | null
  readonly wanted_until: Date | null
}

/** Bindings of which the carrier was told something else, or nothing. */
async function differing(
  trx: Transaction<Database>,
  provider: string,
  telephones: Telephones,
  at: Instant,
): Promise<readonly Differing[]> {
  const now = new Date(at)
  const phones = await phonesNow(trx, telephones, at)
  const { rows } = await sql<Differing>`
    select b.id as key, b.order_id as order, b.direction, b.records, b.valid_until, b.over, p.phone,
           case when c.next_at is null then null else c.unit end as wanted_unit,
           case when c.next_at is null then null else c.valid_until end as wanted_until
    from (select *, coalesce(least(valid_until, ended_at) <= ${now}, false) as over from bindings) b
    left join unnest(${phones.map(one => one.unit)}::text[], ${phones.map(one => one.phone)}::text[])
      as p (unit, phone) on p.unit = b.unit_id
    left join carrier_bindings c on c.key = b.id and c.provider = ${provider}
    where (not b.over and b.valid_from <= ${now} and p.phone is not null and (c.key is null or c.state = 'gone'))
       or (c.state in ('binding', 'bound') and (
            b.over or p.phone <> c.unit or date_trunc('second', b.valid_until) <> c.valid_until
            or (b.valid_until is null and c.valid_until < ${new Date(at + LEAST_AHEAD_MS)})))
    order by b.changed_at
    limit ${AT_ONCE}`.execute(trx)
  return rows
}

async function phonesNow(trx: Transaction<Database>, telephones: Telephones, at: Instant) {
  const units = await trx.selectFrom('bindings').select('unit_id').distinct().execute()
  return units.flatMap(({ unit_id: unit }) => {
    const phone = phoneOf(telephones, unit, at)
    return phone === null ? [] : [{ unit, phone }]
  })
}

/** Out of hours the carrier keeps a telephone of the unit's: its people may call, and who calls it hears it ring. */
function phoneOf(telephones: Telephones, unit: UnitId, at: Instant): string | null {
  return telephones.answersAt(unit, at) ?? telephones.of(unit)[0] ?? null
}

async function follow(
  trx: Transaction<Database>,
  provider: string,
  { key, order, direction, records, valid_until, over, phone, ...wanted }: Differing,
  at: Instant,
): Promise<void> {
  if (over) return await endBinding(trx, asId<BindingId>(key))
  const expiresAt = valid_until?.getTime() ?? at + AHEAD_MS
  if (wanted.wanted_until !== null) {
    const unit = phone === null || phone === wanted.wanted_unit ? {} : { unit: phone }
    return void (await changeBinding(trx, key, { expiresAt, ...unit }))
  }
  const citizen = await citizenNumberOf(trx, order)
  // Withheld: there is nobody to bind, here as there.
  if (citizen === '' || phone === null) return
  await wantBinding(trx, provider, { key, citizen, unit: phone, direction, records, expiresAt })
}
