import type { Kysely } from 'kysely'
import cron from 'node-cron'
import type { Logger } from 'pino'
import type { Database } from '#database/types.ts'
import { CITY_ZONE } from '#kernel/time.ts'
import { prepareLeaderDays } from '../casework/callbacks/index.ts'
import { keepClocks } from '../casework/clocks/index.ts'
import { archiveOld, forgetKeys, onStage } from '../casework/life/index.ts'
import { bindWaiting } from '../casework/masking/index.ts'
import { sweepNotices } from '../casework/notices/index.ts'
import { anchorTrail } from '../casework/trail/index.ts'
import { sweepWebhooks } from '../casework/webhooks/index.ts'
import { sweepSessions } from '../people/sessions/index.ts'

/** Work that the wall clock calls for. */
export interface Sweep {
  readonly name: string
  /** Minute, hour, day, month, weekday, in the city's time. */
  readonly cron: string
  run(): Promise<void>
}

/** Every wall-clock job there is. */
export function sweeps(db: Kysely<Database>): readonly Sweep[] {
  return [
    { name: 'expired sessions and old sign-in failures', cron: '*/15 * * * *', run: () => sweepSessions(db) },
    { name: 'old notices', cron: '20 3 * * *', run: () => sweepNotices(db) },
    // The first after midnight does it; the others find what a service that stood still has missed.
    { name: 'anchors of the trail', cron: '10 * * * *', run: async () => void (await anchorTrail(db)) },
    {
      name: 'stages of case clocks',
      cron: '* * * * *',
      run() {
        const now = Date.now()
        return keepClocks(db, now, (trx, reached) => onStage(trx, reached, now))
      },
    },
    { name: 'bindings that wait for a number', cron: '* * * * *', run: () => bindWaiting(db, Date.now()) },
    { name: 'orders to the archive', cron: '40 2 * * *', run: () => archiveOld(db, Date.now()) },
    // From eight in the evening on; the others find whoever was put on the plan later, or was missed.
    { name: 'lists of duty leaders', cron: '*/10 * * * *', run: () => prepareLeaderDays(db, Date.now()) },
    { name: 'old webhook messages', cron: '0 4 * * *', run: () => sweepWebhooks(db, Date.now()) },
    { name: 'idempotency keys of days ago', cron: '50 3 * * *', run: () => forgetKeys(db) },
  ]
}

/** @returns a function that stops them all */
export function startSchedule(all: readonly Sweep[], log: Logger): () => Promise<void> {
  const tasks = all.map(sweep =>
    cron.schedule(
      sweep.cron,
      () => sweep.run().catch(error => log.error({ err: error, sweep: sweep.name }, 'sweep failed')),
      { timezone: CITY_ZONE, noOverlap: true, name: sweep.name },
    ),
  )
  return async () => {
    for (const task of tasks) await task.destroy()
  }
}
