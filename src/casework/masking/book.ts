import { setImmediate as nextTick } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { BindingId, ShortNumber, UnitId, WorkOrderId } from '#kernel/ids.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '#kernel/time.ts'
import type { MaskDirection } from '../../cases/masking/binding.ts'
import { sameNumber } from '../citizens/index.ts'
import { citizenNumber } from './store.ts'

/** Rows at a time: calls go on between them. */
const AT_ONCE = 500

/** A binding as calls know it; its unit's telephones are looked up by themselves. */
export interface Known {
  readonly id: BindingId
  readonly order: WorkOrderId
  readonly unit: UnitId
  readonly short: ShortNumber
  /** In the one form in which numbers are compared; empty when it was withheld. */
  readonly citizen: string
  readonly pinDigest: Buffer | null
  readonly direction: MaskDirection
  readonly validFrom: Instant
  readonly validUntil: Instant
  readonly endedAt: Instant | null
  readonly restsUntil: Instant
  readonly mostCallsADay: number
  readonly mostTalkMs: number
  readonly records: boolean
}

/** Bindings by the short number that each has, or had last and that rests, and by its citizen. */
export class BindingBook {
  private readonly byShort = new Map<ShortNumber, Known>()
  private readonly byCitizen = new Map<string, Set<Known>>()

  of(short: ShortNumber): Known | null {
    return this.byShort.get(short) ?? null
  }

  ofCitizen(number: string): readonly Known[] {
    return [...(this.byCitizen.get(number) ?? [])]
  }

  add(known: Known): void {
    const before = this.byShort.get(known.short)
    // One that had the number earlier may have changed as well.
    if (before !== undefined && isLater(before, known)) return
    if (before !== undefined) this.forget(before)
    this.byShort.set(known.short, known)
    if (known.citizen === '') return
    const others = this.byCitizen.get(known.citizen) ?? new Set()
    this.byCitizen.set(known.citizen, others.add(known))
  }

  private forget(known: Known): void {
    const others = this.byCitizen.get(known.citizen)
    others?.delete(known)
    if (others?.size === 0) this.byCitizen.delete(known.citizen)
  }
}

/** Who binds again within the same instant has the number that was ended then. */
function isLater(one: Known, other: Known): boolean {
  if (one.validFrom !== other.validFrom) return one.validFrom > other.validFrom
  return one.id !== other.id && one.endedAt === null
}

/**
 * Those whose numbers are bound, or rested not long ago.
 * @param since only those that have changed since; null: all
 */
export async function* readKnown(
  db: Kysely<Database>,
  at: Instant,
  since: Date | null,
): AsyncGenerator<Known> {
  let last: BindingId | null = null
  for (;;) {
    const rows = await readSome(db, at, since, last)
    for (const row of rows) yield row
    if (rows.length < AT_ONCE) return
    last = rows.at(-1)?.id ?? null
    await nextTick()
  }
}

async function readSome(
  db: Kysely<Database>,
  at: Instant,
  since: Date | null,
  after: BindingId | null,
): Promise<readonly Known[]> {
  const rows = await db
    .selectFrom('bindings as b')
    .innerJoin('work_orders as o', 'o.id', 'b.order_id')
    .select(['b.id', 'b.order_id', 'b.unit_id', 'b.short_number', 'b.pin_digest', 'b.direction'])
    .select(['b.valid_from', 'b.valid_until', 'b.ended_at', 'b.rests_until'])
    .select(['b.most_calls_a_day', 'b.most_talk_minutes', 'b.records'])
    .select(citizenNumber)
    .where('b.short_number', 'is not', null)
    .where(({ eb, or }) =>
      or([eb('b.rests_until', 'is', null), eb('b.rests_until', '>', new Date(at - HOUR_MS))]),
    )
    .$if(since !== null, query => query.where('b.changed_at', '>', since ?? new Date(0)))
    .$if(after !== null, query => query.where('b.id', '>', after ?? sql.lit(null)))
    .orderBy('b.id')
    .limit(AT_ONCE)
    .execute()
  return rows.flatMap(row =>
    row.short_number === null
      ? []
      : [
          {
            ...{ id: row.id, order: row.order_id, unit: row.unit_id, short: row.short_number },
            ...{ citizen: sameNumber(row.citizen_number), pinDigest: row.pin_digest },
            ...{ direction: row.direction, validFrom: row.valid_from.getTime(), records: row.records },
            validUntil: row.valid_until?.getTime() ?? Number.POSITIVE_INFINITY,
            endedAt: row.ended_at?.getTime() ?? null,
            restsUntil: row.rests_until?.getTime() ?? Number.POSITIVE_INFINITY,
            mostCallsADay: row.most_calls_a_day,
            mostTalkMs: row.most_talk_minutes * MINUTE_MS,
          },
        ],
  )
}
