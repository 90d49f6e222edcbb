import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import { recordedFilter, type TableFormat } from './rules.ts'

export interface ExportToRecord {
  readonly by: StaffId
  readonly list: string
  readonly format: TableFormat
  readonly filter: object
  readonly columns: readonly string[]
}

/** @returns the record's id, to be ended with */
export async function beginExport(db: Kysely<Database>, one: ExportToRecord): Promise<number> {
  const { id } = await db
    .insertInto('exports')
    .values({
      by_staff: one.by,
      list: one.list,
      format: one.format,
      filter: recordedFilter(one.filter),
      columns: [...one.columns],
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function endExport(
  db: Kysely<Database>,
  id: number,
  end: { readonly rows: number; readonly complete: boolean },
): Promise<void> {
  await db.updateTable('exports').set(end).where('id', '=', id).execute()
}
