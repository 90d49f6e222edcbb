import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { JobSender } from '#database/jobs.ts'
import type { Database } from '#database/types.ts'
import { DAY_MS, type Instant, MINUTE_MS } from '#kernel/time.ts'
import { type DeliveryJob, WEBHOOK_QUEUE } from './outbox.ts'
import type { Answer } from './post.ts'
import { signedHeaders, waitAfter } from './rules.ts'
import {
  type DeliveryChange,
  dueDeliveries,
  moveDelivery,
  readToDeliver,
  removeOldEvents,
  takeOn,
} from './store.ts'

export interface DeliveryDeps {
  readonly db: Kysely<Database>
  readonly poster: {
    post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer>
  }
  readonly clock: { now(): Instant }
  readonly log: Logger
}

export interface RelayDeps extends Pick<DeliveryDeps, 'db' | 'clock'> {
  readonly jobs: JobSender
}

/** The other side says that it will never want any again (RFC 9110 §15.5.11). */
const GONE = 410
/** Longer than an attempt can take: a delivery whose process died is taken on again then. */
const TAKEN_MS = MINUTE_MS
const KEPT_MS = 30 * DAY_MS

/** One attempt. Doubled jobs do nothing more; whoever is told twice all the same knows it by `webhook-id`. */
export async function deliver({ db, poster, clock, log }: DeliveryDeps, job: DeliveryJob): Promise<void> {
  const now = clock.now()
  if (!(await takeOn(db, job, new Date(now), new Date(now + TAKEN_MS)))) return
  const found = await readToDeliver(db, job)
  if (found === null) return
  const { secret } = found
  const answer: Answer =
    found.active && secret !== null
      ? await poster.post(
          found.url,
          signedHeaders(secret, { id: job.event, body: found.body, at: now }),
          found.body,
        )
      : { status: null, problem: 'switched-off' }
  const change = changeAfter(answer, found.attempts + 1, clock.now())
  await moveDelivery(db, job, ['waiting'], change)
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

/** Sends a job for each delivery that is due; one that has its job already gets no other. */
export async function sendDue({ db, jobs, clock }: RelayDeps): Promise<void> {
  const due = await dueDeliveries(db, new Date(clock.now()))
  if (due.length === 0) return
  await db.transaction().execute(async trx => {
    for (const job of due) await jobs.send(trx, WEBHOOK_QUEUE, job)
  })
}

/** Removes old messages that nobody waits for. */
export async function sweepWebhooks(db: Kysely<Database>, now: Instant): Promise<void> {
  await removeOldEvents(db, new Date(now - KEPT_MS))
}
