import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { keepReading } from '#database/keep-reading.ts'
import type { Database } from '#database/types.ts'
import type { UnitId } from '#kernel/ids.ts'
import { cityDate, type Instant, SECOND_MS } from '#kernel/time.ts'
import { earliestDue, instantsOf } from '../../cases/clocks/instants.ts'
import { type ClockLimits, extensionFor, limitFor } from '../../cases/clocks/limits.ts'
import { endOfBusiness, type WorkTime, workingDayAfter } from '../../cases/clocks/working-time.ts'
import type { Context } from '../../cases/life/context.ts'
import type { Order, OrderStatus } from '../../cases/life/order.ts'
import type { LifeTable } from '../../cases/life/table.ts'
import { cityCalendar } from '../../floor/calendar/index.ts'
import { readLimits } from '../clocks/index.ts'
import type { Versions } from './store.ts'
import { readTables } from './tables.ts'

/** What is published takes effect within this time. */
const REFRESH_EVERY_MS = 5 * SECOND_MS

/** The rules of the house in memory: life tables, limits, the calendar, who stands below whom. */
export class House {
  private readonly db: Kysely<Database>
  private readonly log: Logger
  private tables: ReadonlyMap<number, LifeTable> = new Map()
  private limits: ReadonlyMap<number, ClockLimits> = new Map()
  private calendar: WorkTime['calendar'] = new Map()
  private paths: ReadonlyMap<UnitId, readonly UnitId[]> = new Map()

  constructor(db: Kysely<Database>, log: Logger) {
    this.db = db
    this.log = log
  }

  /** @throws when PostgreSQL cannot be asked */
  async load(): Promise<void> {
    const [tables, limits, calendar, units] = await Promise.all([
      readTables(this.db),
      readLimits(this.db),
      cityCalendar(this.db),
      this.db.selectFrom('units').select(['id', 'path']).execute(),
    ])
    this.tables = new Map(tables.map(({ version, table }) => [version, table]))
    this.limits = new Map(limits.map(one => [one.version, one.limits]))
    this.calendar = calendar
    this.paths = new Map(units.map(({ id, path }) => [id, path]))
  }

  /** @returns a function that stops it */
  keepFresh(): () => void {
    return keepReading(() => this.load(), REFRESH_EVERY_MS, 'the rules of cases', this.log)
  }

  /** What an order that begins now goes by. */
  get versions(): Versions {
    return { life: Math.max(...this.tables.keys()), limits: Math.max(...this.limits.keys()) }
  }

  timeOf(order: Pick<Order, 'limitsVersion'>): WorkTime {
    return { calendar: this.calendar, hours: this.limitsOf(order).hours }
  }

  limitsOf({ limitsVersion }: Pick<Order, 'limitsVersion'>): ClockLimits {
    const limits = this.limits.get(limitsVersion)
    if (limits === undefined) throw new Error(`no version ${limitsVersion} of the limits`)
    return limits
  }

  tableOf({ lifeVersion }: Pick<Order, 'lifeVersion'>): LifeTable {
    const table = this.tables.get(lifeVersion)
    if (table === undefined) throw new Error(`no version ${lifeVersion} of the life table`)
    return table
  }

  /** When the clock that is due first is due; null: none runs. */
  dueOf(order: Order): Instant | null {
    return earliestDue(order.clocks, this.timeOf(order))
  }

  contextFor(
    order: Order,
    at: Instant,
    { tookPart, mergeTarget }: { readonly tookPart: boolean; readonly mergeTarget: OrderStatus | null },
  ): Context {
    const limits = this.limitsOf(order)
    const time = this.timeOf(order)
    return {
      at,
      tookPart,
      mergeTarget,
      table: this.tableOf(order),
      isBelow: (unit, above) => unit !== above && this.paths.get(unit)?.includes(above) === true,
      limitOf: (kind, type, priority, startedAt) => limitFor(limits, kind, type, priority, startedAt),
      extensionOf: (type, priority) =>
        extensionFor(limits, order.reworks > 0 ? 'rework' : 'handle', type, priority),
      dueOf: clock => instantsOf(clock, time).due,
      afterWorkingDays: (from, days) =>
        endOfBusiness(workingDayAfter(cityDate(from), days, this.calendar), time),
    }
  }
}
