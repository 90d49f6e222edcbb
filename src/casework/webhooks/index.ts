import type { Jobs } from '#database/jobs.ts'
import { type DeliveryDeps, deliver } from './deliver.ts'
import { WEBHOOK_QUEUE } from './outbox.ts'

export { listOf as networks } from './addresses.ts'
export { type DeliveryDeps, sweepWebhooks } from './deliver.ts'
export { type OrderEvent, type QueueEvent, WEBHOOK_QUEUE, webhookOutbox } from './outbox.ts'
export { WebhookPoster } from './post.ts'
export { webhookRoutes } from './routes.ts'

/** A system that does not answer holds one of them for ten seconds. */
const POSTERS = 2

/** Starts telling; `jobs.stop()` ends it. */
export function workOnWebhooks(deps: DeliveryDeps, jobs: Jobs): void {
  jobs.work(WEBHOOK_QUEUE, POSTERS, job => deliver(deps, job))
}
