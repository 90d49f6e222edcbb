import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { appendAudit, type TrailActor } from '../trail/index.ts'
import { recordedFilter, type TableFormat } from './rules.ts'

export interface ExportToRecord {
  readonly by: Extract<TrailActor, { readonly kind: 'staff' }>
  readonly list: string
  readonly format: TableFormat
  readonly filter: object
  readonly columns: readonly string[]
}

/**
 * Puts it on record, and in the chain that nobody can mend afterwards.
 * @returns the record's id, to be ended with
 */
export async function beginExport(db: Kysely<Database>, one: ExportToRecord): Promise<number> {
  const { by, list, format } = one
  const filter = recordedFilter(one.filter)
  const columns = [...one.columns]
  return await db.transaction().execute(async trx => {
    const { id } = await trx
      .insertInto('exports')
      .values({ by_staff: by.staff, list, format, filter, columns })
      .returning('id')
      .executeTakeFirstOrThrow()
    const detail = { export: id, format, filter: JSON.parse(filter), columns }
    await appendAudit(trx, { subject: 'exports', key: list, by, act: 'export', why: '', detail })
    return id
  })
}

export async function endExport(
  db: Kysely<Database>,
  id: number,
  end: { readonly rows: number; readonly complete: boolean },
): Promise<void> {
  await db.updateTable('exports').set(end).where('id', '=', id).execute()
}
