import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Kysely, sql } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { SECOND_MS } from '#kernel/time.ts'

/** A part of the system that can fail by itself. */
export interface HealthPart {
  readonly name: string
  /** Rejecting, or not answering in time, counts as failed. */
  check(): Promise<{ readonly ok: boolean; readonly detail: string }>
}

/** Together less than the 5 s within which a part that falls silent must be seen. */
const CHECK_EVERY_MS = SECOND_MS
const ANSWER_WITHIN_MS = 2 * SECOND_MS

export const HealthReport = Type.Object({
  ok: Type.Boolean(),
  parts: Type.Record(
    Type.String(),
    Type.Object({
      ok: Type.Boolean(),
      /** Since when it has been so. */
      since: Type.String({ format: 'date-time' }),
      detail: Type.String(),
    }),
  ),
})

interface PartState {
  ok: boolean
  since: Date
  detail: string
}

/** Asks every part once a second in the background, so that asking for health costs and hangs nothing. */
export class Health {
  private readonly states = new Map<string, PartState>()
  private readonly timers = new Set<NodeJS.Timeout>()
  private stopped = false

  /** Starts watching a part. */
  watch(part: HealthPart): void {
    this.states.set(part.name, { ok: false, since: new Date(), detail: 'not checked yet' })
    void this.watchOn(part)
  }

  report(): { ok: boolean; parts: Record<string, { ok: boolean; since: string; detail: string }> } {
    const parts = Object.fromEntries(
      [...this.states].map(([name, state]) => [name, { ...state, since: state.since.toISOString() }]),
    )
    return { ok: [...this.states.values()].every(state => state.ok), parts }
  }

  stop(): void {
    this.stopped = true
    for (const timer of this.timers) clearTimeout(timer)
  }

  private async watchOn(part: HealthPart): Promise<void> {
    const result = await this.inTime(part)
    const state = this.states.get(part.name)
    if (state === undefined || this.stopped) return
    if (state.ok !== result.ok || state.detail === 'not checked yet') state.since = new Date()
    state.ok = result.ok
    state.detail = result.detail
    this.later(CHECK_EVERY_MS, () => void this.watchOn(part))
  }

  private inTime(part: HealthPart): Promise<{ readonly ok: boolean; readonly detail: string }> {
    return new Promise(resolve => {
      const timer = this.later(ANSWER_WITHIN_MS, () => resolve({ ok: false, detail: 'no answer in time' }))
      part
        .check()
        .catch(error => ({ ok: false, detail: error instanceof Error ? error.message : String(error) }))
        .then(result => {
          clearTimeout(timer)
          this.timers.delete(timer)
          resolve(result)
        })
    })
  }

  private later(ms: number, then: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      then()
    }, ms)
    this.timers.add(timer)
    return timer
  }
}

export function databasePart(db: Kysely<Database>): HealthPart {
  return {
    name: 'database',
    async check() {
      await sql`select 1`.execute(db)
      return { ok: true, detail: 'answers' }
    },
  }
}

/** /healthz: 200 when every part is well, else 503; both name each part. */
export function healthRoutes(health: Health): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/healthz',
      { schema: { tags: ['server'], summary: 'Health', response: { 200: HealthReport, 503: HealthReport } } },
      async (_request, reply) => {
        const report = health.report()
        return reply.status(report.ok ? 200 : 503).send(report)
      },
    )
  }
}
