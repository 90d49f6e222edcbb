import { type RawBuilder, sql } from 'kysely'
import {
  type AgentCount,
  BANDS_S,
  type Counts,
  type Period,
  type QueueCount,
  SEAT_TIME,
  type SeatTime,
  STATISTICS,
  STEP_ORIGIN,
} from './rules.ts'

export interface QueueQuestion {
  readonly by: 'all' | 'line' | 'queue' | 'skill'
  readonly period: Period
  readonly stepMs: number
}
export type AgentQuestion = Omit<QueueQuestion, 'by'>

export interface Place {
  readonly start: Date
  readonly key: string
  readonly name: string
  /** Of an agent who has one. */
  readonly agent_number: string | null
}

/** A group's row, or the sum of them all, which has no place. */
export type CountedRow<Name extends string> = (Place | Record<keyof Place, null>) & Counts<Name>

export interface QuarterRow {
  readonly start: Date
  readonly offered: number
  readonly answered: number
}

const ANSWERED = [
  'offered',
  'answered',
  ...BANDS_S.map(band => `answered_${band}` as const),
  'wait_ms',
  'handled',
  'announcement_ms',
  'talk_ms',
  'hold_ms',
  'wrap_up_ms',
] as const satisfies readonly AgentCount[]

export const QUEUE_COUNTS = [
  ...ANSWERED,
  'abandoned',
  ...BANDS_S.map(band => `abandoned_${band}` as const),
  'short_abandoned',
  'overflowed',
  'timed_out',
  'turned_away',
  'failed',
  'waiting',
] as const satisfies readonly QueueCount[]

export const AGENT_COUNTS = [
  ...ANSWERED,
  'available_ms',
  'talking_ms',
  'finishing_ms',
  'not_ready_ms',
] as const satisfies readonly AgentCount[]

/** What a skill's row stands under whose queue needs none: no skill is called so. */
const NO_SKILL = '-'

const LISTS = {
  all: {
    key: sql`'all'`,
    names: sql`select 'all' as key, '全部' as name, null as agent_number`,
  },
  line: { key: sql`line_number`, names: sql`select number as key, name, null as agent_number from lines` },
  queue: {
    key: sql`queue_id`,
    names: sql`select id as key, name_zh as name, null as agent_number from queues`,
  },
  /** Counted by queue; each queue then stands under every skill that it needs. */
  skill: {
    key: sql`queue_id`,
    names: sql`
      select id as key, name_zh as name, null as agent_number from skills
      union all
      select ${NO_SKILL}, '无技能要求', null`,
  },
  agent: { key: sql`staff_id::text`, names: sql`select id::text as key, name, agent_number from staff` },
}

/** One who booked a call-back is counted as the call-back, which came into the queue when its caller did. */
export const STANDS_FOR_ITSELF = sql`reason is distinct from 'call-back-booked'`

/** Of at most a day, by anything but the agent. */
export function queueQuery({ by, period, stepMs }: QueueQuestion): RawBuilder<CountedRow<QueueCount>> {
  return sql`
    with ${cohort(LISTS[by].key, period, stepMs)},
    counted as (
      select start, key,
        ${answeredCounts()},
        count(*) filter (where outcome = 'abandoned') as abandoned,
        ${bands('abandoned')},
        count(*) filter (where outcome = 'abandoned' and wait_ms < ${STATISTICS.shortAbandonS * 1_000}) as short_abandoned,
        count(*) filter (where overflowed) as overflowed,
        count(*) filter (where outcome in ('abandoned', 'failed') and wait_ms >= longest_step_ms) as timed_out,
        count(*) filter (where turned_away) as turned_away,
        count(*) filter (where outcome = 'failed') as failed,
        count(*) filter (where outcome = 'waiting') as waiting
      from cohort
      left join wrap_ups using (id)
      left join holds using (id)
      left join longest_steps using (queue_id)
      group by start, key
    )
    ${by === 'skill' ? sql`, ${bySkill()}` : sql``}
    ${listed(LISTS[by].names, QUEUE_COUNTS, sql.raw(by === 'skill' ? 'by_skill' : 'counted'))}`
}

/** Of at most a day, by agent. */
export function agentQuery({ period, stepMs }: AgentQuestion, now: Date): RawBuilder<CountedRow<AgentCount>> {
  const counts = sql.join(AGENT_COUNTS.map(name => sql`coalesce(${sql.ref(name)}, 0) as ${sql.ref(name)}`))
  return sql`
    with ${cohort(LISTS.agent.key, period, stepMs)},
    taken as (
      select start, key, ${answeredCounts()}
      from cohort left join wrap_ups using (id) left join holds using (id)
      where outcome = 'answered'
      group by start, key
    ),
    offers as (
      select cohort.start, change.staff_id::text as key, count(distinct cohort.id) as offered
      from cohort
      join seat_changes as change on change.call_id = cohort.id
      where change.state = 'reserved' and ${whileTheyLasted('change', period)}
      group by cohort.start, change.staff_id
    ),
    ${seatTimes(period, stepMs, now)},
    counted as (
      select start, key, ${counts}
      from (select start, key, ${sql.join(ANSWERED.slice(1).map(name => sql.ref(name)))} from taken) as taken
      full join offers using (start, key)
      full join times using (start, key)
    )
    ${listed(LISTS.agent.names, AGENT_COUNTS, sql`counted`)}`
}

/**
 * The calls that entered a queue in the period, each with what became of it, the time that its caller was on hold,
 * and the wrap-up that its agent did for it, once that is over: a state of a seat lasts until the seat's next one.
 * queue_id is the first queue of a call, wherever it overflowed to. Agents are compared by `is not distinct from`, which
 * no index serves: by the agent, each call would read all that its agent did in the period.
 */
function cohort(key: RawBuilder<unknown>, period: Period, stepMs: number): RawBuilder<unknown> {
  return sql`
    cohort as (
      select id, staff_id, queue_id, ${key} as key, ${stepOf(sql`queued_at`, stepMs)} as start,
        case
          when answered_at is not null then 'answered'
          when ended_at is null then 'waiting'
          when result = 'abandoned' then 'abandoned'
          else 'failed'
        end as outcome,
        answered_at is not null and ended_at is not null as handled,
        ${ms(sql`coalesce(answered_at, ended_at) - queued_at`)} as wait_ms,
        ${ms(sql`coalesce(bridged_at, ended_at) - answered_at`)} as announcement_ms,
        talk_ms,
        coalesce(reason = 'queue-full', false) as turned_away,
        ended_at,
        exists (
          select from call_notes
          where call_id = calls.id and kind = 'escalated' and detail->>'step' = 'overflow'
        ) as overflowed
      from calls
      where queued_at >= ${period.from} and queued_at < ${period.to} and ${STANDS_FOR_ITSELF}
    ),
    longest_steps as (
      select id as queue_id, max((step->>'afterMs')::bigint) as longest_step_ms
      from queues cross join lateral jsonb_array_elements(steps) as step
      group by id
    ),
    hold_notes as (
      select cohort.id, cohort.ended_at, note.kind, note.at,
        lead(note.at) over (partition by cohort.id order by note.position) as next_at
      from cohort
      join call_notes as note on note.call_id = cohort.id
      where cohort.handled and note.kind in ('held', 'unheld') and note.detail->>'by' = 'agent'
    ),
    holds as (
      select id, sum(${ms(sql`coalesce(next_at, ended_at) - at`)})::bigint as hold_ms
      from hold_notes
      where kind = 'held'
      group by id
    ),
    wrap_ups as (
      select cohort.id, sum(${ms(sql`next.at - change.at`)})::bigint as wrap_up_ms
      from cohort
      join seat_changes as change
        on change.call_id = cohort.id and change.staff_id is not distinct from cohort.staff_id
      join lateral (
        select at from seat_changes as later
        where later.seat = change.seat and later.at >= change.at and (later.at, later.id) > (change.at, change.id)
        order by later.at, later.id
        limit 1
      ) as next on true
      where cohort.handled and change.state = 'wrap-up' and ${whileTheyLasted('change', period)}
      group by cohort.id
    )`
}

/** Finds changes of seats by their time, as they lie on disk, instead of one by one by their call. */
function whileTheyLasted(change: string, { from, to }: Period): RawBuilder<unknown> {
  const end = new Date(to.getTime() + STATISTICS.longestCallMs)
  return sql`${sql.ref(change)}.at >= ${from} and ${sql.ref(change)}.at < ${end}`
}

function answeredCounts(): RawBuilder<unknown> {
  return sql`
    count(*) as offered,
    count(*) filter (where outcome = 'answered') as answered,
    ${bands('answered')},
    coalesce(sum(wait_ms) filter (where outcome = 'answered'), 0)::bigint as wait_ms,
    count(*) filter (where handled) as handled,
    coalesce(sum(announcement_ms) filter (where handled), 0)::bigint as announcement_ms,
    coalesce(sum(talk_ms - coalesce(hold_ms, 0)) filter (where handled), 0)::bigint as talk_ms,
    coalesce(sum(hold_ms), 0)::bigint as hold_ms,
    coalesce(sum(wrap_up_ms), 0)::bigint as wrap_up_ms`
}

function bands(outcome: 'answered' | 'abandoned'): RawBuilder<unknown> {
  return sql.join(
    BANDS_S.map(
      band => sql`
        count(*) filter (where outcome = ${sql.lit(outcome)} and wait_ms <= ${band * 1_000})
        as ${sql.ref(`${outcome}_${band}`)}`,
    ),
  )
}

/** Each state of each seat, from the one in which it entered the period, cut at the ends of steps. */
function seatTimes({ from, to }: Period, stepMs: number, now: Date): RawBuilder<unknown> {
  const end = now < to ? now : to
  const step = sql`(${stepMs} * interval '1 ms')`
  return sql`
    changes as (
      select seat, at, id, staff_id, state from seat_changes where at >= ${from} and at < ${to}
      union all
      select before.* from seats cross join lateral (
        select seat, at, id, staff_id, state from seat_changes
        where seat_changes.seat = seats.number and at < ${from}
        order by at desc, id desc
        limit 1
      ) as before
    ),
    spans as (
      select staff_id, state, greatest(at, ${from}) as since,
        least(lead(at) over (partition by seat order by at, id), ${end}) as until
      from changes
    ),
    pieces as (
      select start, staff_id, state,
        ${ms(sql`least(until, start + ${step}) - greatest(since, start)`)} as lasted_ms
      from spans
      cross join lateral generate_series(${stepOf(sql`since`, stepMs)}, until, ${step}) as start
      where staff_id is not null and start < until
    ),
    times as (
      select start, staff_id::text as key,
        ${timeIn('available')} as available_ms,
        ${timeIn('talking')} as talking_ms,
        ${timeIn('wrap-up')} as finishing_ms,
        ${timeIn('not-ready')} as not_ready_ms
      from pieces
      group by start, staff_id
    )`
}

function timeIn(kind: SeatTime): RawBuilder<unknown> {
  const states = Object.entries(SEAT_TIME).flatMap(([state, of]) => (of === kind ? [state] : []))
  return sql`coalesce(sum(lasted_ms) filter (where state in (${sql.join(states)})), 0)::bigint`
}

/** What was counted by queue, under each skill that the queue needs now. */
function bySkill(): RawBuilder<unknown> {
  return sql`
    needed as (
      select distinct id, need->>'skill' as skill
      from queues cross join lateral jsonb_array_elements(needs) as need
    ),
    by_skill as (
      select start, coalesce(skill, ${NO_SKILL}) as key,
        ${sql.join(QUEUE_COUNTS.map(name => sql`sum(${sql.ref(name)})::bigint as ${sql.ref(name)}`))}
      from counted left join needed on needed.id = counted.key
      group by 1, 2
    )`
}

/** The groups with their names, and the sum of what was counted: each call once, in however many groups it stands. */
function listed(
  names: RawBuilder<unknown>,
  counts: readonly string[],
  groups: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`
    (
      select start, key, coalesce(named.name, key) as name, agent_number,
        ${sql.join(counts.map(name => sql.ref(name)))}
      from ${groups} left join (${names}) as named using (key)
      order by start, agent_number, key
    )
    union all
    select null, null, null, null,
      ${sql.join(counts.map(name => sql`coalesce(sum(${sql.ref(name)}), 0)::bigint`))}
    from counted`
}

/** Offered and answered by the quarter hour in which the call came into its queue. */
export function quarterQuery({ from, to }: Period, stepMs: number): RawBuilder<QuarterRow> {
  return sql`
    select ${stepOf(sql`queued_at`, stepMs)} as start, count(*) as offered, count(answered_at) as answered
    from calls
    where queued_at >= ${from} and queued_at < ${to} and ${STANDS_FOR_ITSELF}
    group by 1
    order by 1`
}

function stepOf(at: RawBuilder<unknown>, stepMs: number): RawBuilder<unknown> {
  return sql`date_bin(${stepMs} * interval '1 ms', ${at}, ${STEP_ORIGIN})`
}

function ms(interval: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(extract(epoch from ${interval}) * 1000)::bigint`
}
