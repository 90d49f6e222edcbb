import type { Kysely, Transaction } from 'kysely'
import type { DatabaseError } from 'pg'
import type { Logger } from 'pino'
import { isRefusedByTables } from '#database/refused.ts'
import type { Database } from '#database/types.ts'
import type { Fact } from '../../contact-center/events.ts'
import type { FactStore } from '../../engine/ports.ts'

/** Writes what one room keeps of a fact; facts that do not concern it are passed over. */
export type FactHandler = (trx: Transaction<Database>, fact: Fact) => Promise<void>

export const FACT_LIMITS = {
  /** Events written in one transaction. */
  batch: 200,
  /** Events kept in memory while PostgreSQL is away: some 100 MB, a peak day. The journal has them all. */
  waiting: 200_000,
  firstPauseMs: 100,
  longestPauseMs: 2_000,
} as const

type FactLimits = Readonly<Record<keyof typeof FACT_LIMITS, number>>

export interface FactWriterParts {
  readonly db: Kysely<Database>
  /** The journal's id: its sequence numbers mean nothing beside another journal. */
  readonly journal: string
  readonly handlers: readonly FactHandler[]
  readonly log: Logger
  /** Told of facts once they are in the tables, each once; for counters. */
  written?(facts: readonly Fact[]): void
  /** Asks for all facts after this sequence again, when there were too many to keep in memory. */
  retell?(after: number): void
  readonly limits?: Partial<FactLimits>
}

interface Waiting {
  readonly sequence: number
  readonly facts: readonly Fact[]
}

/**
 * Facts on their way into PostgreSQL, in order, each exactly once: how far the journal has been written is kept
 * in the same transaction as what it says, so facts told again after a crash are recognised and passed over.
 */
export class FactWriter implements FactStore {
  private readonly parts: FactWriterParts
  private readonly limits: FactLimits
  private readonly waiting: Waiting[] = []
  private readonly onFlushed: (() => void)[] = []
  private readonly closing = new AbortController()
  private batch: number
  private running: Promise<void> | null = null
  private overflowed = false
  private positionKept = false
  private setAsideCount = 0

  constructor(parts: FactWriterParts) {
    this.parts = parts
    this.limits = { ...FACT_LIMITS, ...parts.limits }
    this.batch = this.limits.batch
  }

  /** How many events wait to be written. */
  get behind(): number {
    return this.waiting.length
  }

  /** How many events' facts the tables refused since this process began: each is a bug to be looked at. */
  get refused(): number {
    return this.setAsideCount
  }

  /** Everything up to and including this sequence is in the tables; 0 when nothing is. */
  async position(): Promise<number> {
    const row = await this.parts.db
      .selectFrom('fact_positions')
      .select('sequence')
      .where('journal', '=', this.parts.journal)
      .executeTakeFirst()
    return row?.sequence ?? 0
  }

  accept(sequence: number, facts: readonly Fact[]): void {
    if (facts.length === 0 || this.overflowed) return
    if (this.waiting.length >= this.limits.waiting) {
      this.overflowed = true
      this.parts.log.error(
        { waiting: this.waiting.length, sequence },
        'too many facts wait for PostgreSQL; later ones stay in the journal until these are written',
      )
      return
    }
    this.waiting.push({ sequence, facts })
    this.running ??= this.run()
  }

  /** Resolves once nothing waits. */
  flushed(): Promise<void> {
    if (this.running === null) return Promise.resolve()
    return new Promise(resolve => this.onFlushed.push(resolve))
  }

  /** Gives what waits this long to be written; what is not stays in the journal. */
  async close(withinMs: number): Promise<void> {
    await Promise.race([this.flushed(), pause(withinMs, this.closing.signal)])
    this.closing.abort()
    await this.running
  }

  private async run(): Promise<void> {
    let pauseMs = this.limits.firstPauseMs
    while (this.waiting.length > 0 && !this.closing.signal.aborted) {
      try {
        await this.writeHead()
        pauseMs = this.limits.firstPauseMs
      } catch (error) {
        this.parts.log.warn({ err: error, waiting: this.waiting.length }, 'facts not written; trying again')
        await pause(pauseMs, this.closing.signal)
        pauseMs = Math.min(pauseMs * 2, this.limits.longestPauseMs)
      }
    }
    this.running = null
    for (const resolve of this.onFlushed.splice(0)) resolve()
  }

  private async writeHead(): Promise<void> {
    const head = this.waiting.slice(0, this.batch)
    const last = head.at(-1)
    if (last === undefined) return
    try {
      const written = await this.apply(head)
      this.parts.written?.(written.flatMap(event => event.facts))
      this.batch = Math.min(this.batch * 2, this.limits.batch)
    } catch (error) {
      if (!isRefusedByTables(error)) throw error
      if (head.length > 1) {
        // One of them is at fault: find it by writing them one by one.
        this.batch = 1
        return
      }
      await this.setAside(last, error)
    }
    this.waiting.splice(0, head.length)
    if (this.waiting.length === 0 && this.overflowed) {
      this.overflowed = false
      this.parts.retell?.(last.sequence)
    }
  }

  /** @returns those that were not in the tables already */
  private async apply(events: readonly Waiting[]): Promise<readonly Waiting[]> {
    return await this.inOrder(events, async (trx, fresh) => {
      for (const { facts } of fresh) {
        for (const fact of facts) {
          for (const handle of this.parts.handlers) await handle(trx, fact)
        }
      }
    })
  }

  /** Facts that the tables refuse must neither block all later ones nor be lost. */
  private async setAside(event: Waiting, problem: DatabaseError): Promise<void> {
    this.parts.log.error({ err: problem, sequence: event.sequence }, 'facts refused by the tables; set aside')
    this.setAsideCount++
    await this.inOrder([event], async (trx, fresh) => {
      for (const { sequence, facts } of fresh) {
        await trx
          .insertInto('unwritten_facts')
          .values({
            journal: this.parts.journal,
            sequence,
            facts: JSON.stringify(facts),
            problem: problem.message,
          })
          .execute()
      }
    })
  }

  private async inOrder(
    events: readonly Waiting[],
    write: (trx: Transaction<Database>, fresh: readonly Waiting[]) => Promise<void>,
  ): Promise<readonly Waiting[]> {
    const { db, journal } = this.parts
    if (!this.positionKept) {
      // Before the first transaction, so that its row can be locked: a commit of which we never heard back
      // may still be under way.
      await db
        .insertInto('fact_positions')
        .values({ journal, sequence: 0 })
        .onConflict(conflict => conflict.doNothing())
        .execute()
      this.positionKept = true
    }
    return await db.transaction().execute(async trx => {
      const { sequence: position } = await trx
        .selectFrom('fact_positions')
        .select('sequence')
        .where('journal', '=', journal)
        .forUpdate()
        .executeTakeFirstOrThrow()
      const fresh = events.filter(event => event.sequence > position)
      const last = fresh.at(-1)
      if (last === undefined) return []
      await write(trx, fresh)
      await trx
        .updateTable('fact_positions')
        .set({ sequence: last.sequence })
        .where('journal', '=', journal)
        .execute()
      return fresh
    })
  }
}

/** Ends early when the signal aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
