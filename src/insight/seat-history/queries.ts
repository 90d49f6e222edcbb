import { type RawBuilder, sql } from 'kysely'
import type { StaffId } from '#kernel/ids.ts'
import type { SeatStateName } from '../../contact-center/events.ts'
import type { Sitting } from './schema.ts'

export interface HistoryQuestion {
  readonly from: Date
  readonly to: Date
  /** Null: everybody. */
  readonly staff: readonly StaffId[] | null
}

/** A spell, or all spells of a sitting that are alike in state and reason: then `call_id` is null. */
export interface SpellRow {
  readonly staff_id: StaffId
  readonly name: string
  readonly agent_number: string | null
  readonly seat: string
  /** Counts a seat's sittings. */
  readonly sitting: number
  readonly state: SeatStateName
  readonly reason: string | null
  readonly call_id: string | null
  readonly since: Date
  readonly until: Date
  readonly ms: number
  readonly times: number
  readonly began: Sitting['began']
  readonly ended: Sitting['ended']
}

/** Every spell, by agent and time. */
export function spellQuery(question: HistoryQuestion, now: Date): RawBuilder<SpellRow> {
  return sql`
    with ${spells(question, now)}
    select staff_id, ${NAMES}, seat, sitting, state, reason, call_id, since, until,
      ${MS} as ms, 1 as times, began, ended
    from spells ${STAFF}
    order by agent_number, staff_id, since, spells.id`
}

/** The spells of each sitting added up by state and reason. */
export function sumQuery(question: HistoryQuestion, now: Date): RawBuilder<SpellRow> {
  return sql`
    with ${spells(question, now)}
    select staff_id, ${NAMES}, seat, sitting, state, reason, null as call_id,
      min(since) as since, max(until) as until, sum(${MS})::bigint as ms, count(*) as times, began, ended
    from spells ${STAFF}
    group by staff_id, staff.name, staff.agent_number, seat, sitting, state, reason, began, ended
    order by agent_number, staff_id, min(since)`
}

const STAFF = sql`left join staff on staff.id = spells.staff_id`
const NAMES = sql`coalesce(staff.name, staff_id::text) as name, staff.agent_number`
const MS = sql`(extract(epoch from until - since) * 1000)::bigint`

/**
 * A state of a seat lasts until the seat's next one, or until now. A sitting begins with a change that names another
 * agent than the one before it, or that says somebody has signed in: after a journal was begun anew the leaving of
 * whoever sat there is nowhere. What ended before the period is left out.
 */
function spells({ from, to, staff }: HistoryQuestion, now: Date): RawBuilder<unknown> {
  const end = now < to ? now : to
  return sql`
    their_seats as (${theirSeats(from, to, staff)}),
    changes as (
      ${staff === null ? within(from, to) : sql`select during.* from their_seats cross join lateral (${atSeat(from, to)}) as during`}
      union all
      select before.* from their_seats cross join lateral (${lastBefore(from, sql`their_seats.seat`)}) as before
    ),
    marked as (
      select *,
        staff_id is distinct from lag(staff_id) over changing or coalesce(reason = 'signed-in', false) as begins
      from changes
      window changing as (partition by seat order by at, id)
    ),
    numbered as (
      select *, count(*) filter (where begins) over changing as sitting, lead(at) over changing as next_at,
        case
          when lead(at) over changing is null then ${now < to ? 'open' : 'goes-on'}
          when lead(staff_id) over changing is null then 'signed-out'
          when lead(begins) over changing then 'not-recorded'
        end as left_seat
      from marked
      window changing as (partition by seat order by at, id)
    ),
    lasting as (
      select seat, sitting, staff_id, state, reason, call_id, id, at,
        greatest(at, ${from}) as since,
        greatest(at, ${from}, least(next_at, ${end})) as until,
        case when min(at) over sat >= ${from} then 'signed-in' else 'before' end as began,
        max(left_seat) over sat as ended
      from numbered
      where ${isOneOf(staff, sql`staff_id`)}
      window sat as (partition by seat, sitting)
    ),
    spells as (select * from lasting where until > since or at >= ${from})`
}

/** Where one of these people sat in the period: none other is looked at. */
function theirSeats(from: Date, to: Date, staff: HistoryQuestion['staff']): RawBuilder<unknown> {
  if (staff === null) return sql`select number as seat from seats`
  return sql`
    select seat from seat_changes where at >= ${from} and at < ${to} and ${isOneOf(staff, sql`staff_id`)}
    union
    select number from seats cross join lateral (${lastBefore(from, sql`number`)}) as before
    where ${isOneOf(staff, sql`before.staff_id`)}`
}

function within(from: Date, to: Date): RawBuilder<unknown> {
  return sql`select ${COLUMNS} from seat_changes where at >= ${from} and at < ${to}`
}

/** Seat by seat: a month of a few seats is little, a month of the whole room is not. */
function atSeat(from: Date, to: Date): RawBuilder<unknown> {
  return sql`${within(from, to)} and seat_changes.seat = their_seats.seat offset 0`
}

function isOneOf(staff: HistoryQuestion['staff'], id: RawBuilder<unknown>): RawBuilder<unknown> {
  return staff === null ? sql`${id} is not null` : sql`${id} in (${sql.join(staff)})`
}

const COLUMNS = sql`seat, at, id, staff_id, state, reason, call_id`

function lastBefore(from: Date, seat: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select ${COLUMNS} from seat_changes
    where seat_changes.seat = ${seat} and at < ${from}
    order by at desc, id desc
    limit 1`
}
