import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import { tookPartAsSpell } from '../../floor/call-records/index.ts'
import type { RatingBy } from './schema.ts'

/** Grades and the number of calls that have them; grade null: asked, and no key was pressed. */
export interface RatingCount {
  readonly key: string | null
  readonly name_zh: string | null
  readonly name_en: string | null
  readonly agent_number: string | null
  readonly grade: number | null
  readonly calls: number
}

/** Of the calls whose citizen was asked in the period. */
export async function countRatings(
  db: Kysely<Database>,
  by: RatingBy,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly RatingCount[]> {
  const asked = sql`
    select notes.call_id, notes.at, calls.queue_id, ratings.grade,
      coalesce(ratings.staff_id, ${lastWith}, calls.staff_id) as staff_id
    from call_notes as notes
    join calls on calls.id = notes.call_id
    left join call_ratings as ratings on ratings.call_id = notes.call_id
    where notes.kind = 'rating-asked' and notes.at >= ${from} and notes.at < ${to}`
  const { rows } = await (by === 'agent'
    ? sql<RatingCount>`
        select asked.staff_id::text as key, staff.name as name_zh, staff.name as name_en, staff.agent_number,
          asked.grade, count(*)::int as calls
        from (${asked}) as asked left join staff on staff.id = asked.staff_id
        group by asked.staff_id, staff.name, staff.agent_number, asked.grade
        order by staff.agent_number, asked.staff_id, asked.grade`
    : sql<RatingCount>`
        select asked.queue_id as key, queues.name_zh, queues.name_en, null as agent_number,
          asked.grade, count(*)::int as calls
        from (${asked}) as asked left join queues on queues.id = asked.queue_id
        group by asked.queue_id, queues.name_zh, queues.name_en, asked.grade
        order by asked.queue_id, asked.grade`
  ).execute(db)
  return rows
}

/** With whom the citizen spoke last. */
const lastWith = sql`(
  select seat_changes.staff_id from seat_changes
  where seat_changes.call_id = notes.call_id and seat_changes.staff_id is not null
    and seat_changes.at <= notes.at and ${tookPartAsSpell}
  order by seat_changes.id desc limit 1
)`
