import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { Condition } from './conditions.ts'
import {
  ALL_TIME,
  every,
  ordersOf,
  otherTerms,
  periodsOf,
  someByIndex,
  termsOf,
  unitsOf,
  without,
} from './index-terms.ts'
import { allOf, type Terms, term } from './terms.ts'
import { openOfUnits } from './unit-parts.ts'

/** Not over, or with a clock that still runs. */
const OPEN = term('@q')

/**
 * What comes behind `from` in a query of open orders that meet the conditions. Those of units come by their parts, those
 * with some words by the index: what is open in a whole city is far more than either.
 * @param parts of the units' orders these alone (`order_id`), where they are known to be enough
 */
export async function openOrders(
  db: Kysely<Database>,
  conditions: readonly Condition[],
  parts?: RawBuilder<unknown>,
): Promise<RawBuilder<unknown>> {
  const ofUnits = unitsOf(conditions)
  if (ofUnits !== null) {
    const own = parts ?? openOfUnits(ofUnits.units.ids)
    const others = otherTerms(conditions, ofUnits)
    const found = others === null ? own : sql`${own} union ${await indexed(db, conditions, others)}`
    return among(found, without(conditions, ofUnits))
  }
  const terms = termsOf(conditions)
  if (terms !== null && conditions.some(({ words }) => words))
    return among(await indexed(db, conditions, terms), conditions)
  return sql`work_orders where ${every(conditions)}`
}

function among(found: RawBuilder<unknown>, conditions: readonly Condition[]): RawBuilder<unknown> {
  return sql`(${found}) as found ${ordersOf('found.order_id')} where ${every(conditions)}`
}

async function indexed(
  db: Kysely<Database>,
  conditions: readonly Condition[],
  terms: Terms,
): Promise<RawBuilder<unknown>> {
  const periods = await periodsOf(db, ALL_TIME)
  // Due instants are of the rows alone, which are asked for them anyway.
  const known = conditions.filter(({ few }) => few === undefined)
  return someByIndex({ conditions: known, range: ALL_TIME, terms: allOf([terms, OPEN]), periods }, null)
}
