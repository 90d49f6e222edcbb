import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { WebhookHealth } from './schema.ts'

interface HealthRow extends Omit<WebhookHealth, 'lastDeliveredAt'> {
  readonly id: string
  readonly lastDeliveredAt: Date | null
}

/**
 * How telling goes, by webhook: each reads the end of one index, however much was told before.
 * What a pause has dropped is no failure.
 * @param since counted is what was settled after this, and what waits
 */
export async function readHealth(
  db: Kysely<Database>,
  since: Date,
): Promise<ReadonlyMap<string, WebhookHealth>> {
  const { rows } = await sql<HealthRow>`
    select w.id, counts.*, taken.at as "lastDeliveredAt",
           failed.problem as "lastProblem", failed.status as "lastStatus"
    from webhooks w
    cross join lateral (
      select count(*) filter (where state = 'delivered')::int as delivered,
             count(*) filter (where state = 'given-up' and problem is distinct from 'switched-off')::int as "givenUp",
             count(*) filter (where state = 'waiting')::int as waiting,
             count(*) filter (where state = 'waiting' and attempts > 0)::int as retrying
      from webhook_deliveries where webhook_id = w.id and at >= ${since}
    ) counts
    left join lateral (
      select at from webhook_deliveries where webhook_id = w.id and state = 'delivered' order by at desc limit 1
    ) taken on true
    left join lateral (
      select problem, status from webhook_deliveries
      where webhook_id = w.id and at >= ${since} and problem <> 'switched-off' order by at desc limit 1
    ) failed on true
    where w.removed_at is null
  `.execute(db)
  return new Map(
    rows.map(({ id, lastDeliveredAt, ...health }) => [
      id,
      { ...health, lastDeliveredAt: lastDeliveredAt?.toISOString() ?? null },
    ]),
  )
}
