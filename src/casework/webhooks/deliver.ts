import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { JobSender } from '#database/jobs.ts'
import type { Database } from '#database/types.ts'
import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import { type DeliveryJob, WEBHOOK_QUEUE } from './outbox.ts'
import type { Answer } from './post.ts'
import { signedHeaders, waitAfter } from './rules.ts'
import {
  type DeliveryChange,
  moveDelivery,
  overdueDeliveries,
  readToDeliver,
  removeOldEvents,
} from './store.ts'

export interface DeliveryDeps {
  readonly db: Kysely<Database>
  readonly jobs: JobSender
  readonly poster: {
    post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer>
  }
  readonly clock: { now(): Instant }
  readonly log: Logger
}

/** The other side says that it will never want any again (RFC 9110 §15.5.11). */
const GONE = 410
/** A job may come a little before its time. */
const EARLY_MS = SECOND_MS
/** A delivery this late has lost its job. */
const LOST_AFTER_MS = 10 * MINUTE_MS
const KEPT_MS = 30 * DAY_MS

/** One attempt. Doubled jobs do nothing more; whoever is told twice all the same knows it by `webhook-id`. */
export async function deliver(
  { db, jobs, poster, clock, log }: DeliveryDeps,
  job: DeliveryJob,
): Promise<void> {
  const found = await readToDeliver(db, job.event, job.webhook)
  const now = clock.now()
  if (found === null || found.at.getTime() > now + EARLY_MS) return
  const answer: Answer = found.active
    ? await poster.post(
        found.url,
        signedHeaders(found.secret, { id: job.event, body: found.body, at: now }),
        found.body,
      )
    : { status: null, problem: 'switched-off' }
  const change = changeAfter(answer, found.attempts + 1, clock.now())
  await db.transaction().execute(async trx => {
    const moved = await moveDelivery(trx, job, ['waiting'], change)
    if (!moved || change.state !== 'waiting') return
    const inSeconds = Math.ceil((change.at.getTime() - clock.now()) / SECOND_MS)
    await jobs.send(trx, WEBHOOK_QUEUE, job, Math.max(0, inSeconds))
  })
  if (change.state === 'delivered') return
  const { state, attempts, status, problem } = change
  log.warn({ ...job, state, attempts, status, problem }, 'webhook not delivered')
}

function changeAfter(answer: Answer, attempts: number, now: Instant): DeliveryChange {
  const { status } = answer
  const settled = { attempts, status, at: new Date(now) }
  if (status !== null && status >= 200 && status < 300)
    return { ...settled, state: 'delivered', problem: null }
  const problem =
    answer.problem ?? (status !== null && status >= 300 && status < 400 ? 'redirected' : 'refused')
  const hopeless = status === GONE || problem === 'switched-off'
  const waitMs = hopeless ? null : waitAfter(attempts)
  if (waitMs === null) return { ...settled, state: 'given-up', problem }
  return { ...settled, state: 'waiting', problem, at: new Date(now + waitMs) }
}

/** Jobs that were lost are sent anew, messages that nobody waits for removed. May come late, or twice. */
export async function sweepWebhooks({
  db,
  jobs,
  clock,
}: Pick<DeliveryDeps, 'db' | 'jobs' | 'clock'>): Promise<void> {
  const now = clock.now()
  for (const job of await overdueDeliveries(db, new Date(now - LOST_AFTER_MS))) {
    await db.transaction().execute(trx => jobs.send(trx, WEBHOOK_QUEUE, job))
  }
  await removeOldEvents(db, new Date(now - KEPT_MS))
}
