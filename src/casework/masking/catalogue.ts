import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import { keepReading } from '#database/keep-reading.ts'
import type { Database } from '#database/types.ts'
import { asId, type BindingId, type ShortNumber, type UnitId, type WorkOrderId } from '#kernel/ids.ts'
import { maskPhoneNumber } from '#kernel/phone-number.ts'
import { cityDate, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import { type Binding, type MaskDirection, overAt } from '../../cases/masking/binding.ts'
import { type MaskCaller, type MaskRouting, routeFrom, routeOf } from '../../cases/masking/route.ts'
import type { MaskAnswer, MaskedRoute, MaskQuery } from '../../contact-center/events.ts'
import type { Masking } from '../../engine/ports.ts'
import { isDenied } from '../../floor/call-control/index.ts'
import { sameNumber } from '../citizens/index.ts'
import type { PinKey } from './pin.ts'
import { callsToday, citizenNumber, wrongPinCalls } from './store.ts'
import { NO_TELEPHONES, readTelephones, type Telephones } from './telephones.ts'
import { WrongPins } from './wrong-pins.ts'

/** What was bound or ended is known to calls within this time. */
const CHANGES_EVERY_MS = SECOND_MS
const TELEPHONES_EVERY_MS = 5 * SECOND_MS
/** A citizen's number changes seldom; all is read anew so often. */
const ALL_EVERY_MS = MINUTE_MS
/** A call that was put through is written within this time; one that was not after all (busy) never is. */
const WRITTEN_WITHIN_MS = 5 * SECOND_MS
/** A call that ends at a wrong PIN has used up its tries; how many it keyed is not kept. */
const TRIES_OF_A_CALL = 3
/** A change is seen once its transaction ends, which may be later than it says: the last minute is looked at again. */
const LOOK_BACK_MS = MINUTE_MS

export interface MaskCatalogueParts {
  readonly db: Kysely<Database>
  readonly log: Logger
  readonly pins: PinKey
  /** The one number that both sides see. */
  readonly shows: string
  /** Behind it short numbers are keyed; null: there is none. */
  readonly accessNumber: string | null
  /** Numbers that begin so are called for nobody. */
  readonly deniedPrefixes: readonly string[]
  now(): Instant
}

interface Known {
  readonly id: BindingId
  readonly order: WorkOrderId
  readonly unit: UnitId
  readonly short: ShortNumber
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

interface Caller extends MaskCaller {
  /** As calls by bindings keep their callers. */
  readonly masked: string
}

/** The bindings in memory: no call is kept waiting for PostgreSQL; while it is away the last known ones stand. */
export class MaskCatalogue implements Masking {
  private readonly parts: MaskCatalogueParts
  /** By the short number that each has, or had last and that rests. */
  private readonly byShort = new Map<ShortNumber, Known>()
  private readonly byCitizen = new Map<string, Set<Known>>()
  private readonly used = new Map<BindingId, { readonly calls: number; readonly lastAt: Instant }>()
  private usedOn = ''
  private readonly wrongPins = new WrongPins()
  private ranges: readonly { readonly first: string; readonly last: string }[] = []
  private telephones: Telephones = NO_TELEPHONES
  /** Up to when changes have been read, by the database's clock. */
  private readUpTo: Date | null = null

  constructor(parts: MaskCatalogueParts) {
    this.parts = parts
  }

  arrival(caller: string, dialled: string, at: Instant): MaskAnswer | null {
    if (dialled === this.parts.accessNumber) return { answer: 'ask', key: 'short-number', short: null }
    const known = this.byShort.get(asShort(dialled))
    if (known === undefined && !this.isOurs(dialled)) return null
    return this.routed(known ?? null, callerOf(caller, 'none'), asShort(dialled), at)
  }

  answer({ caller, short, pin }: MaskQuery, at: Instant): MaskAnswer {
    const known = this.byShort.get(short) ?? null
    const keyed = known === null || pin === null ? 'none' : this.tryPin(known, caller, pin, at)
    return this.routed(known, callerOf(caller, keyed), short, at)
  }

  offer(caller: string, at: Instant): MaskedRoute | null {
    const number = sameNumber(caller)
    const known = [...(this.byCitizen.get(number) ?? [])]
      .filter(one => at >= one.validFrom && at < overAt(one))
      .sort((a, b) => b.validFrom - a.validFrom)
    // Two cases behind one telephone may be two people's: neither is put through to the other's unit.
    if (known.some(({ order }) => order !== known[0]?.order)) return null
    for (const one of known) {
      const routing = routeFrom(this.binding(one, at), 'citizen', number, this.usedToday(one.id, at))
      if (routing.kind === 'route') return this.routeBy(routing)
    }
    return null
  }

  /** For everybody: some callers may be locked out before. */
  pinLocked(binding: BindingId, at: Instant): boolean {
    return this.wrongPins.lockAll(binding, at)
  }

  pinChanged(binding: BindingId): void {
    this.wrongPins.renewed(binding)
  }

  /** All that is bound or rests. @throws when PostgreSQL cannot be asked */
  async load(): Promise<void> {
    // Those of before the service began: a restart gives nobody new tries.
    if (this.readUpTo === null) await this.recallWrongPins()
    const [rows, telephones] = await Promise.all([this.rows(null), readTelephones(this.parts.db)])
    this.telephones = telephones
    this.byShort.clear()
    this.byCitizen.clear()
    for (const known of rows) this.add(known)
    await this.readRest()
  }

  /** What has changed since. @throws when PostgreSQL cannot be asked */
  async refresh(): Promise<void> {
    if (this.readUpTo === null) return await this.load()
    const since = new Date(this.readUpTo.getTime() - LOOK_BACK_MS)
    for (const known of await this.rows(since)) this.add(known)
    await this.readRest()
  }

  /** @returns a function that stops it */
  keepFresh(): () => void {
    const { log, db } = this.parts
    const telephones = async () => {
      this.telephones = await readTelephones(db)
    }
    const stops = [
      keepReading(() => this.refresh(), CHANGES_EVERY_MS, 'bindings', log),
      keepReading(telephones, TELEPHONES_EVERY_MS, 'telephones of units', log),
      keepReading(() => this.load(), ALL_EVERY_MS, 'all bindings', log),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  private async recallWrongPins(): Promise<void> {
    const { db, now } = this.parts
    for (const wrong of await wrongPinCalls(db, now() - HOUR_MS)) {
      this.wrongPins.add(...Array.from({ length: TRIES_OF_A_CALL }, () => wrong))
    }
  }

  private async readRest(): Promise<void> {
    const { db, now } = this.parts
    const pools = await db.selectFrom('number_pools').select(['first_number', 'last_number']).execute()
    this.ranges = pools.map(({ first_number: first, last_number: last }) => ({ first, last }))
    const at = now()
    const written = await callsToday(db, at)
    for (const id of this.used.keys()) if (!written.has(id)) this.keepUsed(id, 0, at)
    for (const [id, calls] of written) this.keepUsed(id, calls, at)
  }

  private async rows(since: Date | null): Promise<readonly Known[]> {
    const { db, now } = this.parts
    const asked = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db)
    const rows = await db
      .selectFrom('bindings as b')
      .innerJoin('work_orders as o', 'o.id', 'b.order_id')
      .selectAll('b')
      .select(citizenNumber)
      .where('b.short_number', 'is not', null)
      .where(({ eb, or }) =>
        or([eb('b.rests_until', 'is', null), eb('b.rests_until', '>', new Date(now() - HOUR_MS))]),
      )
      .$if(since !== null, query => query.where('b.changed_at', '>', since ?? new Date(0)))
      .execute()
    this.readUpTo = asked.rows[0]?.at ?? null
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

  private add(known: Known): void {
    const before = this.byShort.get(known.short)
    // One that had the number earlier may have changed as well.
    if (before !== undefined && before.validFrom > known.validFrom) return
    if (before !== undefined) this.byCitizen.get(before.citizen)?.delete(before)
    this.byShort.set(known.short, known)
    if (known.citizen === '') return
    const others = this.byCitizen.get(known.citizen) ?? new Set()
    this.byCitizen.set(known.citizen, others.add(known))
  }

  private routed(known: Known | null, caller: Caller, short: ShortNumber, at: Instant): MaskAnswer {
    // Once it has rested its number is nobody's.
    const standing = known !== null && at < known.restsUntil ? known : null
    const binding = standing === null ? null : this.binding(standing, at)
    const routing = routeOf(binding, caller, standing === null ? 0 : this.usedToday(standing.id, at), at)
    switch (routing.kind) {
      case 'route':
        if (isDenied(routing.number, this.parts.deniedPrefixes)) {
          const { id, order } = routing.binding
          return { answer: 'refuse', why: 'mask-direction', binding: id, order }
        }
        this.used.set(routing.binding.id, {
          calls: this.usedToday(routing.binding.id, at) + 1,
          lastAt: at,
        })
        return { answer: 'route', route: this.routeBy(routing) }
      case 'refuse':
        return { answer: 'refuse', why: routing.why, binding: routing.binding, order: routing.order }
      case 'ask-pin':
        // A locked PIN is not asked for: none would be taken.
        return this.wrongPins.lockFor(routing.binding, caller.masked, at)
          ? {
              answer: 'refuse',
              why: 'mask-wrong-pin',
              binding: routing.binding,
              order: standing?.order ?? null,
            }
          : { answer: 'ask', key: 'pin', short }
    }
  }

  private tryPin({ id, pinDigest }: Known, caller: string, pin: string, at: Instant): MaskCaller['pin'] {
    if (pinDigest === null || this.wrongPins.lockFor(id, maskPhoneNumber(caller), at)) return 'wrong'
    if (this.parts.pins.fits(id, pin, pinDigest)) return 'right'
    this.wrongPins.add({ binding: id, caller: maskPhoneNumber(caller), at })
    return 'wrong'
  }

  private binding(known: Known, at: Instant): Binding {
    const { pinDigest, ...rest } = known
    return {
      ...rest,
      hasPin: pinDigest !== null,
      unitNumbers: this.telephones.of(known.unit),
      unitAnswersAt: this.telephones.answersAt(known.unit, at),
    }
  }

  private routeBy({ from, number, binding }: Extract<MaskRouting, { kind: 'route' }>): MaskedRoute {
    const { id, order, short, records, mostTalkMs } = binding
    const { shows } = this.parts
    return { binding: id, order, short, from, number, shows, records, mostTalkMs, staff: null }
  }

  /** A call of this moment may not be written yet. */
  private keepUsed(id: BindingId, written: number, at: Instant): void {
    const known = this.usedToday(id, at)
    const { lastAt = Number.NEGATIVE_INFINITY } = this.used.get(id) ?? {}
    this.used.set(id, { calls: at - lastAt < WRITTEN_WITHIN_MS ? Math.max(written, known) : written, lastAt })
  }

  private usedToday(binding: BindingId, at: Instant): number {
    const day = cityDate(at)
    if (day !== this.usedOn) {
      this.used.clear()
      this.usedOn = day
    }
    return this.used.get(binding)?.calls ?? 0
  }

  private isOurs(dialled: string): boolean {
    return this.ranges.some(
      ({ first, last }) => dialled.length === first.length && dialled >= first && dialled <= last,
    )
  }
}

function callerOf(caller: string, pin: MaskCaller['pin']): Caller {
  return { number: sameNumber(caller), masked: maskPhoneNumber(caller), pin }
}

/** What was dialled, where a short number may have been. */
function asShort(dialled: string): ShortNumber {
  return asId<ShortNumber>(dialled)
}
