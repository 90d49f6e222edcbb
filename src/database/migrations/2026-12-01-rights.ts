import { type Kysely, sql } from 'kysely'

/**
 * Whoever looked citizens up by what else they may do has a right of its own for it from now on; other systems, which
 * register orders, are told nothing of anybody else's.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update roles set rights = rights || '{citizen.read}'::text[], version = version + 1
    where rights && '{order.register,order.dispatch,order.lead,order.call-back}'
      and code <> 'integration' and not 'citizen.read' = any(rights);
  `.execute(db)
}
