import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { UnitId } from '#kernel/ids.ts'
import type { Position } from './cursor.ts'
import { dueAfter, inRange, type Range } from './index-terms.ts'

/*
 * Orders (`order_id`) by the parts that units have in them, without those returned or taken back. What lists are sorted
 * by stands in `order_assignments` beside the unit, so that each unit's first ones are the beginning of an index; those
 * of several units are the first of their first. An order may be with several of them.
 */

const STANDS = sql<SqlBool>`order_assignments.state not in ('returned', 'withdrawn')`

/** @param limit of each unit; of all together, as many are surely the newest */
export function newestOfUnits(units: readonly UnitId[], range: Range, limit: number): RawBuilder<unknown> {
  return sql`
    select distinct part.order_id, part.opened_at
    from unnest(${[...units]}::text[]) as unit (id) cross join lateral (
      select order_assignments.order_id, order_assignments.opened_at from order_assignments
      where order_assignments.unit_id = unit.id and ${STANDS} and ${inRange(range, 'order_assignments')}
      order by order_assignments.opened_at desc, order_assignments.order_id desc limit ${sql.lit(limit)}) as part`
}

/** Those that are not over. */
export function openOfUnits(units: readonly UnitId[]): RawBuilder<unknown> {
  return sql`
    select distinct order_assignments.order_id from order_assignments
    where order_assignments.unit_id = any(${[...units]}::text[]) and order_assignments.open and ${STANDS}`
}

/** Those with a due instant. @param limit of each unit; of all together, as many are surely the first due */
export function firstDueOfUnits(
  units: readonly UnitId[],
  after: Position | null,
  limit: number,
): RawBuilder<unknown> {
  return sql`
    select distinct part.order_id
    from unnest(${[...units]}::text[]) as unit (id) cross join lateral (
      select order_assignments.order_id from order_assignments
      where order_assignments.unit_id = unit.id and order_assignments.open and ${STANDS}
        and ${dueAfter(after, 'order_assignments')}
      order by order_assignments.due_at, order_assignments.order_id limit ${sql.lit(limit)}) as part`
}
