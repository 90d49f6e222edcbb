import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type WorkOrderId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import type { Actor } from '../../cases/actor.ts'
import type { Act } from '../../cases/life/acts.ts'
import { actorOf } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { mayReadOrder, perform } from '../life/index.ts'
import { checkForm } from './rules.ts'
import type { WorkOrder, WorkOrderForm } from './schema.ts'
import { knownCodes, lockOrder, type OrderRow, readOrder, writeForm } from './store.ts'

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

/** Saves the form over the version that was edited, and registers the order: it waits for dispatch from then on. */
export async function saveWorkOrder(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  version: number,
  form: WorkOrderForm,
  at: Instant,
): Promise<Outcome<WorkOrder>> {
  const actor = await actorOf(db, member)
  return await db.transaction().execute(trx => register(trx, { id: asId(id), actor, version, form, at }))
}

export interface Registration {
  readonly id: WorkOrderId
  readonly actor: Actor
  readonly version: number | null
  readonly form: WorkOrderForm
  readonly at: Instant
}

/** Registers an order with what its form says. A refusal has changed nothing. */
export async function register(
  trx: Transaction<Database>,
  { id, actor, version, form, at }: Registration,
): Promise<Outcome<WorkOrder>> {
  if (!(await lockOrder(trx, id))) return refuse('not-found')
  const checked = checkForm(form, await knownCodes(trx, form))
  if (!checked.ok) return checked
  const { typeCode: type, priority = 'P3', secret } = checked.value
  const act: Act = { do: 'register', type: type ?? '', priority, secret }
  const registered = await perform(trx, { id, act, actor, at, version })
  if (!registered.ok) return registered
  return ok(present(await writeForm(trx, id, checked.value, at)))
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
    priority: row.priority,
    areaCode: row.area_code,
    point:
      row.longitude === null || row.latitude === null
        ? null
        : { longitude: row.longitude, latitude: row.latitude },
    openedAt: row.opened_at.toISOString(),
    savedAt: row.saved_at?.toISOString() ?? null,
    version: row.version,
  }
}
