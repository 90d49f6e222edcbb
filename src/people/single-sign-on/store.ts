import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'

/** The account of whoever is `subject` to the provider, closed or not. */
export async function findBySubject(
  db: Kysely<Database>,
  subject: string,
): Promise<{ readonly id: StaffId; readonly login: string; readonly name: string; active: boolean } | null> {
  const row = await db
    .selectFrom('staff')
    .select(['id', 'login', 'name', 'active'])
    .where('oidc_subject', '=', subject)
    .executeTakeFirst()
  return row ?? null
}
