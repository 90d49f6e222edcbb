import { type Kysely, sql, type Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#database/types.ts'
import { asId, type BindingId } from '#kernel/ids.ts'
import { DAY_MS, type Instant } from '#kernel/time.ts'
import type { CarrierEvent } from './provider.ts'
import { date } from './store.ts'

export interface InboxDeps {
  readonly db: Kysely<Database>
  readonly log: Logger
  /** What an event means for the rest of the house, in the transaction in which it is noted: once, as it is. */
  caused?(trx: Transaction<Database>, event: CarrierEvent, binding: BindingId): Promise<void>
}

/** Longer than any carrier tries to deliver, and its recordings are gone by then. */
const KEPT_MS = 90 * DAY_MS

/**
 * Takes what a carrier tells: each event once, however often and in whatever order it comes, together with all that
 * it causes. What throws leaves nothing behind, so that the carrier's next delivery is the first.
 */
export async function receiveEvents(
  { db, log, caused }: InboxDeps,
  provider: string,
  events: readonly CarrierEvent[],
): Promise<void> {
  // In one order whoever delivers, so that two deliveries of the same events wait for one another in a row.
  const sorted = [...events].sort((a, b) => (a.id < b.id ? -1 : 1))
  await db.transaction().execute(async trx => {
    for (const event of sorted) {
      const binding = await bindingOf(trx, provider, event)
      const { id, kind } = event
      const noted = await trx
        .insertInto('carrier_events')
        .values({ provider, id, kind, binding_key: binding })
        .onConflict(conflict => conflict.columns(['provider', 'id']).doNothing())
        .executeTakeFirst()
      if (noted.numInsertedOrUpdatedRows !== 1n) continue
      if (binding === null) {
        log.warn({ provider, kind, subsId: event.subsId }, 'the carrier tells of a binding that is not ours')
        continue
      }
      await applyToCall(trx, provider, event, binding)
      await caused?.(trx, event, binding)
    }
  })
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** By our own key, by the call that it goes on with, or by the carrier's id. */
async function bindingOf(
  trx: Transaction<Database>,
  provider: string,
  { key, call, subsId }: CarrierEvent,
): Promise<BindingId | null> {
  const ours = key !== null && UUID.test(key) ? asId<BindingId>(key) : null
  const row = await trx
    .selectFrom('carrier_bindings')
    .select('key')
    .where('provider', '=', provider)
    .where(({ eb, or, selectFrom }) =>
      or([
        ...(ours === null ? [] : [eb('key', '=', ours)]),
        eb('subs_id', '=', subsId),
        eb(
          'key',
          'in',
          selectFrom('carrier_calls')
            .select('binding_key')
            .where('provider', '=', provider)
            .where('call_id', '=', call),
        ),
      ]),
    )
    .executeTakeFirst()
  return row?.key ?? null
}

/** Each event adds what it knows, and what is known stays: so their order does not matter. */
async function applyToCall(
  trx: Transaction<Database>,
  provider: string,
  event: CarrierEvent,
  binding: BindingId,
): Promise<void> {
  const known = {
    from_side: event.from,
    begun_at: date(event.begunAt),
    ringing_at: date(event.ringingAt),
    answered_at: date(event.answeredAt),
    ended_at: date(event.endedAt),
    cause: event.cause,
    recording_at: event.kind === 'recording-ready' ? new Date() : null,
  }
  await trx
    .insertInto('carrier_calls')
    .values({ provider, call_id: event.call, binding_key: binding, ...known })
    .onConflict(conflict =>
      conflict.columns(['provider', 'call_id']).doUpdateSet({
        from_side: sql`coalesce(carrier_calls.from_side, excluded.from_side)`,
        begun_at: sql`coalesce(carrier_calls.begun_at, excluded.begun_at)`,
        ringing_at: sql`coalesce(carrier_calls.ringing_at, excluded.ringing_at)`,
        answered_at: sql`coalesce(carrier_calls.answered_at, excluded.answered_at)`,
        ended_at: sql`coalesce(carrier_calls.ended_at, excluded.ended_at)`,
        cause: sql`coalesce(carrier_calls.cause, excluded.cause)`,
        recording_at: sql`coalesce(carrier_calls.recording_at, excluded.recording_at)`,
      }),
    )
    .execute()
}

/** Forgets which events came long ago; the calls stay. */
export async function sweepCarrierEvents(db: Kysely<Database>, now: Instant): Promise<void> {
  await db
    .deleteFrom('carrier_events')
    .where('received_at', '<', new Date(now - KEPT_MS))
    .execute()
}
