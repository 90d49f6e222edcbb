import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type CallId, type SeatNumber, type StaffId, type WorkOrderId } from '#kernel/ids.ts'
import { maskPhoneNumber } from '#kernel/phone-number.ts'
import { mayBeTied } from '../../casework/citizens/index.ts'
import type { ScreenPop } from '../../contact-center/events.ts'
import type { Pop } from './schema.ts'

export const POP_LIMITS = {
  earlierCalls: 10,
  openWorkOrders: 20,
  /** A desk that was away this long starts afresh; one shift has fewer pops for one seat. */
  replayed: 100,
} as const

/** The pop without what only PostgreSQL knows. */
export function barePop(pop: ScreenPop): Pop {
  return {
    id: 0,
    callId: pop.call,
    direction: pop.direction,
    // Who watches has no pop.
    purpose: pop.purpose === 'watch' ? 'call' : pop.purpose,
    attempt: pop.attempt,
    callerNumber: pop.caller,
    dialled: pop.dialled,
    line: { number: pop.line.number, name: pop.line.name },
    waitedMs: pop.waitedMs,
    offeredAt: new Date(pop.offeredAt).toISOString(),
    draft: pop.draft,
    earlierCalls: [],
    openWorkOrders: [],
  }
}

/**
 * Stores the pop with the caller's history, in one statement: the phone waits for it. Stored twice, the first
 * stands. Secret orders and their calls are shown to who took part in them alone: a number must lead nobody to them.
 */
export async function storePop(db: Kysely<Database>, pop: ScreenPop): Promise<Pop> {
  const iso = sql.lit('YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  const bare = JSON.stringify(barePop(pop))
  const { rows } = await sql<{ id: number; payload: Pop }>`
    with earlier as (
      select calls.id, arrived_at, line_name, staff.name as agent_name, result
      from calls left join staff on staff.id = calls.staff_id
      where caller_number = ${pop.caller} and ${pop.caller} <> '' and calls.id <> ${pop.call}
        and not exists (
          select from work_orders where call_id = calls.id and not ${mayBeTied(pop.staff, 'work_orders')})
      order by arrived_at desc limit ${POP_LIMITS.earlierCalls}
    ), orders as (
      select id, number, title, status, opened_at
      from work_orders
      where caller_number = ${pop.caller} and ${pop.caller} <> '' and id <> ${pop.draft}
        and ${mayBeTied(pop.staff, 'work_orders')}
      order by opened_at desc limit ${POP_LIMITS.openWorkOrders}
    )
    insert into screen_pops (call_id, attempt, seat, staff_id, payload)
    select ${pop.call}, ${pop.attempt}, ${pop.seat}, ${pop.staff}, ${bare}::jsonb || jsonb_build_object(
      'earlierCalls', (select coalesce(jsonb_agg(jsonb_build_object(
          'id', id, 'at', to_char(arrived_at at time zone 'UTC', ${iso}),
          'lineName', line_name, 'agentName', agent_name, 'result', result)
        order by arrived_at desc), '[]') from earlier),
      'openWorkOrders', (select coalesce(jsonb_agg(jsonb_build_object(
          'id', id, 'number', number, 'title', title, 'status', status,
          'openedAt', to_char(opened_at at time zone 'UTC', ${iso}))
        order by opened_at desc), '[]') from orders))
    on conflict (call_id, attempt) do update set seat = excluded.seat
    returning id, payload
  `.execute(db)
  const [stored] = rows
  if (stored === undefined) throw new Error('an insert with returning gave no row')
  return { ...stored.payload, id: stored.id }
}

/** The desk has shown it. */
export async function markAcknowledged(db: Kysely<Database>, call: CallId, attempt: number): Promise<void> {
  await db
    .updateTable('screen_pops')
    .set({ acknowledged_at: new Date() })
    .where('call_id', '=', call)
    .where('attempt', '=', attempt)
    .where('acknowledged_at', 'is', null)
    .execute()
}

export interface Replay {
  /** The pop of the call the seat is busy with, and whether a desk has shown it. */
  readonly current: Pop | null
  readonly acknowledged: boolean
  /** Pops after the cursor, oldest first, without the current one; none for a desk that has no cursor yet. */
  readonly missed: readonly Pop[]
  /** Where to resume from next time. */
  readonly cursor: number | null
}

/** What a desk that connects has to be shown: as secrecy says now, whatever it said when the phone rang. */
export async function replayPops(
  db: Kysely<Database>,
  staff: StaffId,
  seat: { readonly number: SeatNumber; readonly call: CallId } | null,
  cursor: number | null,
): Promise<Replay> {
  const rows = await db
    .selectFrom('screen_pops')
    .select(['id', 'call_id', 'seat', 'acknowledged_at', sql<Pop>`payload`.as('payload')])
    .where('staff_id', '=', staff)
    .orderBy('id', 'desc')
    .limit(POP_LIMITS.replayed)
    .execute()
  const current =
    seat === null ? undefined : rows.find(row => row.call_id === seat.call && row.seat === seat.number)
  const missed = cursor === null ? [] : rows.filter(row => row.id > cursor && row.call_id !== seat?.call)
  const pops = [...(current === undefined ? [] : [current]), ...missed].map(({ payload }) => payload)
  const hidden = await hiddenFrom(db, staff, pops)
  return {
    current: current === undefined ? null : withoutOthers(present(current), hidden),
    acknowledged: current?.acknowledged_at != null,
    missed: missed.reverse().map(row => withoutCaller(present(row), hidden)),
    cursor: rows[0]?.id ?? cursor,
  }
}

function present(row: { readonly id: number; readonly payload: Pop }): Pop {
  // Pops stored before there were others had neither.
  return { ...FIRST_POPS, ...row.payload, id: row.id }
}

/** The protected orders among these that somebody took no part in, and their calls. */
interface Hidden {
  readonly orders: ReadonlySet<string>
  readonly calls: ReadonlySet<string>
}

async function hiddenFrom(db: Kysely<Database>, staff: StaffId, pops: readonly Pop[]): Promise<Hidden> {
  const ids = pops.flatMap(({ draft, openWorkOrders }) => [draft, ...openWorkOrders.map(({ id }) => id)])
  const calls = pops.flatMap(({ earlierCalls }) => earlierCalls.map(({ id }) => asId<CallId>(id)))
  if (ids.length === 0) return { orders: new Set(), calls: new Set() }
  const rows = await db
    .selectFrom('work_orders as wo')
    .select(['wo.id', 'wo.call_id'])
    .where(({ eb, or, fn, val }) =>
      or([
        eb('wo.id', '=', fn.any(val(ids.map(id => asId<WorkOrderId>(id))))),
        eb('wo.call_id', '=', fn.any(val(calls))),
      ]),
    )
    .where(sql<SqlBool>`not ${mayBeTied(staff)}`)
    .execute()
  return {
    orders: new Set(rows.map(row => row.id)),
    calls: new Set(rows.flatMap(row => row.call_id ?? [])),
  }
}

function withoutOthers(pop: Pop, { orders, calls }: Hidden): Pop {
  return {
    ...pop,
    earlierCalls: pop.earlierCalls.filter(({ id }) => !calls.has(id)),
    openWorkOrders: pop.openWorkOrders.filter(({ id }) => !orders.has(id)),
  }
}

/** Somebody else took the call, and its order is protected: what else its caller asked for would tell who it was. */
function withoutCaller(pop: Pop, hidden: Hidden): Pop {
  if (!hidden.orders.has(pop.draft)) return withoutOthers(pop, hidden)
  return {
    ...pop,
    callerNumber: maskPhoneNumber(pop.callerNumber),
    // A call to a citizen was dialled by their number.
    dialled: maskPhoneNumber(pop.dialled),
    earlierCalls: [],
    openWorkOrders: [],
  }
}

const FIRST_POPS = { direction: 'inbound', purpose: 'call' } as const
