import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type WorkOrderId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { tookPart } from '../../floor/call-records/index.ts'
import { actorOf } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { mayReadOrder } from './readable.ts'
import { checkForm, maySave } from './rules.ts'
import type { WorkOrder, WorkOrderForm } from './schema.ts'
import { knownCodes, type OrderRow, readOrder, saveOrder } from './store.ts'

export async function findWorkOrder(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
): Promise<Outcome<WorkOrder>> {
  const row = await readOrder(db, asId<WorkOrderId>(id))
  if (row === null) return refuse('not-found')
  return (await mayReadOrder(db, await actorOf(db, member), row.id))
    ? ok(present(row))
    : refuse('not-allowed')
}

/** Saves the form over the version that was edited; the order is registered from then on. */
export async function saveWorkOrder(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  version: number,
  form: WorkOrderForm,
): Promise<Outcome<WorkOrder>> {
  const order = asId<WorkOrderId>(id)
  const row = await readOrder(db, order)
  if (row === null) return refuse('not-found')
  if (!(await maySave(member, row.opened_by, hasPart(db, member, row)))) return refuse('not-allowed')
  const checked = checkForm(form, await knownCodes(db, form))
  if (!checked.ok) return checked
  const saved = await saveOrder(db, order, version, checked.value)
  return saved === null ? refuse('changed-meanwhile', `is at version ${row.version}`) : ok(present(saved))
}

/** An order that belongs to no call has nobody who took part in it. */
function hasPart(db: Kysely<Database>, { id }: StaffMember, { call_id: call }: OrderRow) {
  return async () => call !== null && (await tookPart(db, call, id))
}

function present(row: OrderRow): WorkOrder {
  return {
    id: row.id,
    number: row.number,
    callId: row.call_id,
    status: row.status,
    callerNumber: row.caller_number,
    lineNumber: row.line_number,
    typeCode: row.type_code,
    categoryCode: row.category_code,
    title: row.title,
    text: row.text,
    place: row.place,
    secret: row.secret,
    openedAt: row.opened_at.toISOString(),
    savedAt: row.saved_at?.toISOString() ?? null,
    version: row.version,
  }
}
