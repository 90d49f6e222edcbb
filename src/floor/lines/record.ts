import type { Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { recordChange } from '../config-changes/index.ts'
import type { LineForm, LineView } from './schema.ts'
import type { LineRow } from './store.ts'

/** Puts an edit on record. @returns the line as it is shown from now on */
export async function recordLine(
  trx: Transaction<Database>,
  { id: by }: StaffMember,
  old: LineRow | null,
  row: LineRow,
): Promise<LineView> {
  const [before, after] = [old === null ? null : lineView(old), lineView(row)]
  await recordChange(trx, { by, subject: 'line', key: row.number, before, after })
  return after
}

export function lineView(row: LineRow): LineView {
  return { number: row.number, ...lineForm(row), version: row.version }
}

export function lineForm(row: LineRow): LineForm {
  return {
    name: row.name,
    mergeMode: row.merge_mode,
    queue: row.queue_id,
    greets: row.greets,
    hours: row.hours === null ? null : row.hours.map(span => ({ ...span, days: [...span.days] })),
    active: row.active,
  }
}
