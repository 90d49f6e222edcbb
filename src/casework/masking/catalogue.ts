import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import { keepReading } from '#database/keep-reading.ts'
import type { Database } from '#database/types.ts'
import { asId, type BindingId, type ShortNumber } from '#kernel/ids.ts'
import { cityDate, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import { type Binding, overAt } from '../../cases/masking/binding.ts'
import { type MaskCaller, type MaskRouting, routeFrom, routeOf } from '../../cases/masking/route.ts'
import type { MaskAnswer, MaskedRoute, MaskQuery } from '../../contact-center/events.ts'
import type { Masking } from '../../engine/ports.ts'
import { isDenied } from '../../floor/call-control/index.ts'
import { sameNumber } from '../citizens/index.ts'
import { BindingBook, type Known, readKnown } from './book.ts'
import type { PinKey } from './pin.ts'
import { callsToday, pairOf, wrongPinCalls } from './store.ts'
import { NO_TELEPHONES, readTelephones, type Telephones } from './telephones.ts'
import { WrongPins } from './wrong-pins.ts'

/** What jobs and other services have bound or ended is known to calls within this time. */
const CHANGES_EVERY_MS = SECOND_MS
const TELEPHONES_EVERY_MS = 5 * SECOND_MS
/** A citizen's number changes seldom; all is read anew so often. */
const ALL_EVERY_MS = MINUTE_MS
/** A call that was put through is written within this time; one that was not after all (busy) never is. */
const WRITTEN_WITHIN_MS = 5 * SECOND_MS
/** A call that ends at a wrong PIN has used up its tries; how many it keyed is not kept. */
const TRIES_OF_A_CALL = 3
/** A change is seen once its transaction ends, which may be later than it says: these are looked at again. */
const LOOK_BACK_MS = 20 * SECOND_MS

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

interface Caller extends MaskCaller {
  /** As the carrier told it. */
  readonly told: string
}

/** The bindings in memory: no call is kept waiting for PostgreSQL; while it is away the last known ones stand. */
export class MaskCatalogue implements Masking {
  private readonly parts: MaskCatalogueParts
  private book = new BindingBook()
  /** Of this day, by `pairOf`. */
  private readonly used = new Map<string, { readonly calls: number; readonly lastAt: Instant }>()
  private usedOn = ''
  private readonly wrongPins = new WrongPins()
  private ranges: readonly { readonly first: string; readonly last: string }[] = []
  private telephones: Telephones = NO_TELEPHONES
  /** Up to when changes have been read, by the database's clock. */
  private readUpTo: Date | null = null
  /** One reading after another: an older one that ends later would put back what has changed since. */
  private lastReading: Promise<void> = Promise.resolve()
  /** Not begun yet: it will see all that is committed by now. */
  private nextCatchUp: Promise<void> | null = null

  constructor(parts: MaskCatalogueParts) {
    this.parts = parts
  }

  arrival(caller: string, dialled: string, at: Instant): MaskAnswer | null {
    if (dialled === this.parts.accessNumber) return { answer: 'ask', key: 'short-number', short: null }
    const known = this.book.of(asShort(dialled))
    if (known === null && !this.isOurs(dialled)) return null
    return this.routed(known, callerOf(caller, 'none'), asShort(dialled), at)
  }

  answer({ caller, short, pin, route }: MaskQuery, at: Instant): MaskAnswer {
    if (route !== null) return this.still(route, caller, at)
    const known = this.book.of(short)
    const keyed = known === null || pin === null ? 'none' : this.tryPin(known, caller, pin, at)
    return this.routed(known, callerOf(caller, keyed), short, at)
  }

  offer(caller: string, at: Instant): MaskedRoute | null {
    const number = sameNumber(caller)
    const known = this.book
      .ofCitizen(number)
      .filter(one => at >= one.validFrom && at < overAt(one))
      .sort((a, b) => b.validFrom - a.validFrom)
    // Two cases behind one telephone may be two people's: neither is put through to the other's unit.
    if (known.some(({ order }) => order !== known[0]?.order)) return null
    for (const one of known) {
      const routing = routeFrom(this.binding(one, at), 'citizen', number, this.usedToday(pairFor(one), at))
      const answer = routing.kind === 'route' ? this.putThrough(routing) : null
      if (answer?.answer === 'route') return answer.route
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
  load(): Promise<void> {
    return this.inTurn(() => this.readAll())
  }

  /** What has changed since. @throws when PostgreSQL cannot be asked */
  refresh(): Promise<void> {
    return this.inTurn(async () => {
      await this.readChanges()
      await this.readRest()
    })
  }

  /**
   * From here on calls know of every binding and telephone that was committed before. Whoever asks while one reading
   * is under way shares the next.
   * @throws when PostgreSQL cannot be asked
   */
  catchUp(): Promise<void> {
    this.nextCatchUp ??= this.inTurn(async () => {
      this.nextCatchUp = null
      await Promise.all([this.readChanges(), this.readTelephones()])
    })
    return this.nextCatchUp
  }

  /** @returns a function that stops it */
  keepFresh(): () => void {
    const { log } = this.parts
    const stops = [
      keepReading(() => this.refresh(), CHANGES_EVERY_MS, 'bindings', log),
      keepReading(
        () => this.inTurn(() => this.readTelephones()),
        TELEPHONES_EVERY_MS,
        'telephones of units',
        log,
      ),
      keepReading(() => this.load(), ALL_EVERY_MS, 'all bindings', log),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  private inTurn(read: () => Promise<void>): Promise<void> {
    const mine = this.lastReading.then(read)
    this.lastReading = mine.catch(() => {})
    return mine
  }

  private async readAll(): Promise<void> {
    // Those of before the service began: a restart gives nobody new tries.
    if (this.readUpTo === null) await this.recallWrongPins()
    const book = new BindingBook()
    await Promise.all([this.readInto(book, null), this.readTelephones()])
    this.book = book
    await this.readRest()
  }

  private async readChanges(): Promise<void> {
    if (this.readUpTo === null) return await this.readAll()
    const since = new Date(this.readUpTo.getTime() - LOOK_BACK_MS)
    await this.readInto(this.book, since)
  }

  private async readTelephones(): Promise<void> {
    this.telephones = await readTelephones(this.parts.db)
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
    for (const pair of this.used.keys()) if (!written.has(pair)) this.keepUsed(pair, 0, at)
    for (const [pair, calls] of written) this.keepUsed(pair, calls, at)
  }

  /** Into a book. */
  private async readInto(book: BindingBook, since: Date | null): Promise<void> {
    const { db, now } = this.parts
    const asked = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db)
    for await (const known of readKnown(db, now(), since)) book.add(known)
    this.readUpTo = asked.rows[0]?.at ?? null
  }

  /** Its call is counted already. */
  private still(route: MaskedRoute, caller: string, at: Instant): MaskAnswer {
    const { binding, order, short, from } = route
    const known = this.book.of(short)
    if (known?.id !== binding || at < known.validFrom || at >= overAt(known)) {
      return { answer: 'refuse', why: 'mask-expired', binding, order }
    }
    const routing = routeFrom(this.binding(known, at), from, sameNumber(caller), 0)
    return routing.kind === 'route'
      ? this.putThrough(routing)
      : { answer: 'refuse', why: routing.why, binding, order }
  }

  private routed(known: Known | null, caller: Caller, short: ShortNumber, at: Instant): MaskAnswer {
    // Once it has rested its number is nobody's.
    const standing = known !== null && at < known.restsUntil ? known : null
    const binding = standing === null ? null : this.binding(standing, at)
    const routing = routeOf(
      binding,
      caller,
      standing === null ? 0 : this.usedToday(pairFor(standing), at),
      at,
    )
    switch (routing.kind) {
      case 'route': {
        const pair = pairFor(routing.binding)
        const answer = this.putThrough(routing)
        if (answer.answer === 'route')
          this.used.set(pair, { calls: this.usedToday(pair, at) + 1, lastAt: at })
        return answer
      }
      case 'refuse':
        return { answer: 'refuse', why: routing.why, binding: routing.binding, order: routing.order }
      case 'ask-pin':
        // A locked PIN is not asked for: none would be taken.
        return this.wrongPins.lockFor(routing.binding, caller.told, at)
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
    if (pinDigest === null || this.wrongPins.lockFor(id, caller, at)) return 'wrong'
    if (this.parts.pins.fits(id, pin, pinDigest)) return 'right'
    this.wrongPins.add({ binding: id, caller, at })
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

  /** Unless it would cost money. */
  private putThrough(routing: Extract<MaskRouting, { kind: 'route' }>): MaskAnswer {
    const { id, order } = routing.binding
    return isDenied(routing.number, this.parts.deniedPrefixes)
      ? { answer: 'refuse', why: 'mask-direction', binding: id, order }
      : { answer: 'route', route: this.routeBy(routing) }
  }

  private routeBy({ from, number, binding }: Extract<MaskRouting, { kind: 'route' }>): MaskedRoute {
    const { id, order, short, records, mostTalkMs } = binding
    const { shows } = this.parts
    return { binding: id, order, short, from, number, shows, records, mostTalkMs, staff: null }
  }

  /** A call of this moment may not be written yet. */
  private keepUsed(pair: string, written: number, at: Instant): void {
    const known = this.usedToday(pair, at)
    const { lastAt = Number.NEGATIVE_INFINITY } = this.used.get(pair) ?? {}
    this.used.set(pair, {
      calls: at - lastAt < WRITTEN_WITHIN_MS ? Math.max(written, known) : written,
      lastAt,
    })
  }

  private usedToday(pair: string, at: Instant): number {
    const day = cityDate(at)
    if (day !== this.usedOn) {
      this.used.clear()
      this.usedOn = day
    }
    return this.used.get(pair)?.calls ?? 0
  }

  private isOurs(dialled: string): boolean {
    return this.ranges.some(
      ({ first, last }) => dialled.length === first.length && dialled >= first && dialled <= last,
    )
  }
}

function callerOf(caller: string, pin: MaskCaller['pin']): Caller {
  return { number: sameNumber(caller), told: caller, pin }
}

function pairFor({ order, unit }: Pick<Binding, 'order' | 'unit'>): string {
  return pairOf(order, unit)
}

/** What was dialled, where a short number may have been. */
function asShort(dialled: string): ShortNumber {
  return asId<ShortNumber>(dialled)
}
