import type { MaskDirection } from '../../src/cases/masking/binding.ts'
import type { Instant } from '../../src/kernel/time.ts'

/** A moment by the order in which things happened, and by the city's clock. */
export interface Moment {
  readonly turn: number
  readonly at: Instant
}

/** Who is tied to whom by a short number, as the doors have answered: nothing here is read from the service's tables. */
export interface Tie {
  readonly id: string
  readonly order: string
  readonly unit: string
  readonly short: string
  readonly citizen: string
  readonly direction: MaskDirection
  readonly pin: string | null
  /** As the request that made it was sent. */
  readonly from: Moment
  /** Null: as long as its order is open. */
  until: Instant | null
  /** As the request that ended it was answered. */
  ended: Moment | null
}

interface Registered {
  readonly unit: string
  readonly numbers: readonly string[]
  readonly from: Moment
  to: Moment | null
}

export interface Pair {
  readonly caller: string
  readonly called: string
}

/** What a city's clerk would know who was told of every binding, telephone and end, and of nothing else. */
export class MaskLedger {
  readonly ties: Tie[] = []
  private readonly registered: Registered[] = []
  private turns = 0
  private readonly now: () => Instant

  constructor(now: () => Instant) {
    this.now = now
  }

  moment(): Moment {
    return { turn: ++this.turns, at: this.now() }
  }

  /** @param from as the request was sent */
  register(unit: string, numbers: readonly string[], from: Moment): void {
    const before = this.registered.findLast(one => one.unit === unit)
    if (before !== undefined) before.to = this.moment()
    this.registered.push({ unit, numbers, from, to: null })
  }

  phones(unit: string): readonly string[] {
    return this.registered.findLast(one => one.unit === unit)?.numbers ?? []
  }

  /** Ties that hold at this moment. */
  live(at: Instant = this.now()): readonly Tie[] {
    return this.ties.filter(tie => tie.ended === null && (tie.until === null || at < tie.until))
  }

  /** Whether somebody may have been put through at some moment between these two, by this short number. */
  allows(
    { caller, called }: Pair,
    short: string | null,
    keyed: string | null,
    from: Moment,
    to: Moment,
  ): boolean {
    const phones = (unit: string) =>
      this.registered
        .filter(
          one =>
            one.unit === unit && one.from.turn <= to.turn && (one.to === null || one.to.turn >= from.turn),
        )
        .flatMap(({ numbers }) => numbers)
    return this.ties.some(tie => {
      if (short !== null && tie.short !== short) return false
      if (tie.from.turn > to.turn || (tie.ended !== null && tie.ended.turn < from.turn)) return false
      if (tie.until !== null && tie.until <= from.at) return false
      const known = phones(tie.unit)
      const speaks = known.includes(caller) || (tie.pin !== null && keyed === tie.pin)
      const toCitizen = tie.direction !== 'to-unit' && speaks && called === tie.citizen
      const toUnit = tie.direction !== 'to-citizen' && caller === tie.citizen && known.includes(called)
      return toCitizen || toUnit
    })
  }

  /** Whom a caller must reach when nothing changes meanwhile; null: nobody. */
  reaches(caller: string, short: string, keyed: string | null): string | null {
    const tie = this.live().find(one => one.short === short)
    if (tie === undefined) return null
    const [first = null] = this.phones(tie.unit)
    const called = caller === tie.citizen ? first : this.speaksFor(tie, caller, keyed) ? tie.citizen : null
    if (called === null || called === caller) return null
    return tie.direction === (caller === tie.citizen ? 'to-citizen' : 'to-unit') ? null : called
  }

  private speaksFor(tie: Tie, caller: string, keyed: string | null): boolean {
    return this.phones(tie.unit).includes(caller) || (tie.pin !== null && keyed === tie.pin)
  }
}
