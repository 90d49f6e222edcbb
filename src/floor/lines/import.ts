import { isDeepStrictEqual } from 'node:util'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type LineNumber } from '#kernel/ids.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { runsTheFloor, type StaffMember } from '../../people/staff/index.ts'
import { type ImportedRow, readLineTable } from './line-table.ts'
import { lineForm, recordLine } from './record.ts'
import type { LineForm, LineImport } from './schema.ts'
import { insertLine, type LineRow, lockLines, queueNames, updateLine } from './store.ts'

const LINE_FIELDS = ['name', 'mergeMode', 'queue', 'greets', 'hours', 'active'] as const

/** What an import does with the row of a line, and what is wrong with it by column. */
type RowOutcome = LineImport['rows'][number]

/**
 * Adds the lines that are new and saves those that differ, all of them or none; lines that the table does not name
 * stay as they are. As a dry run it only tells what it would do, or what is wrong with each row.
 */
export async function importLines(
  db: Kysely<Database>,
  member: StaffMember,
  csv: string,
  dryRun: boolean,
): Promise<Outcome<LineImport>> {
  if (!runsTheFloor(member)) return refuse('not-allowed')
  const table = readLineTable(csv, await queueNames(db))
  if ('lacking' in table) return badInput(Object.fromEntries(table.lacking.map(name => [name, 'required'])))
  return await db.transaction().execute(async trx => {
    // Nobody saves one of them between what is looked at and what is written.
    const old = new Map((await lockLines(trx)).map(row => [String(row.number), row]))
    const rows = table.rows.map(row => outcomeOf(row, old.get(row.number)))
    const wrong = rows.flatMap(({ row, problems }) =>
      Object.entries(problems).map(([column, what]) => [`rows.${row}.${column}`, what]),
    )
    if (dryRun) return ok({ rows, saved: false })
    if (wrong.length > 0) return badInput(Object.fromEntries(wrong))
    for (const { number, form } of table.rows) {
      if (form !== null)
        await importLine(trx, member, asId<LineNumber>(number), form, old.get(number) ?? null)
    }
    return ok({ rows, saved: true })
  })
}

function outcomeOf({ row, number, name, form, problems }: ImportedRow, old?: LineRow): RowOutcome {
  const now = old === undefined ? null : lineForm(old)
  const fields =
    now === null || form === null
      ? []
      : LINE_FIELDS.filter(field => !isDeepStrictEqual(now[field], form[field]))
  const what = form === null ? 'wrong' : now === null ? 'new' : fields.length > 0 ? 'changed' : 'same'
  return { row, number, name, what, fields, problems: { ...problems } }
}

async function importLine(
  trx: Transaction<Database>,
  member: StaffMember,
  number: LineNumber,
  form: LineForm,
  old: LineRow | null,
): Promise<void> {
  if (old !== null && isDeepStrictEqual(lineForm(old), form)) return
  const row = await (old === null
    ? insertLine(trx, number, form)
    : updateLine(trx, number, old.version, form))
  if (row === null) throw new Error(`line ${number} was locked and changed nevertheless`)
  await recordLine(trx, member, old, row)
}
