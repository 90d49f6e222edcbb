import type { Jobs } from '#database/jobs.ts'
import { keepReading } from '#database/keep-reading.ts'
import { type DeliveryDeps, deliver, sendDue } from './deliver.ts'
import { WEBHOOK_QUEUE } from './outbox.ts'

export { listOf as networks } from './addresses.ts'
export { type DeliveryDeps, sweepWebhooks } from './deliver.ts'
export { type OrderEvent, queueEvent, WEBHOOK_QUEUE } from './outbox.ts'
export { WebhookPoster } from './post.ts'
export { webhookRoutes } from './routes.ts'

/** A system that does not answer holds one of them for ten seconds. */
const POSTERS = 2

const LOOK_EVERY_MS = 2_000

/**
 * Starts telling what is due; `jobs.stop()` ends the attempts in hand.
 * @returns a function that stops looking
 */
export function workOnWebhooks(deps: DeliveryDeps, jobs: Jobs, everyMs = LOOK_EVERY_MS): () => void {
  jobs.work(WEBHOOK_QUEUE, POSTERS, job => deliver(deps, job))
  const { db, clock, log } = deps
  return keepReading(() => sendDue({ db, jobs, clock }), everyMs, 'webhook deliveries', log)
}
