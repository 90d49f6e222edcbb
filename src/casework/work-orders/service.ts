import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type WorkOrderId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import type { Act } from '../../cases/life/acts.ts'
import { actorOf, type StaffActor } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { presentCitizens, veilFor } from '../citizens/index.ts'
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
  const actor = await actorOf(db, member)
  return (await mayReadOrder(db, actor, row.id)) ? ok(await present(db, row, actor)) : refuse('not-allowed')
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
  readonly actor: StaffActor
  readonly version: number | null
  readonly form: WorkOrderForm
  readonly at: Instant
}

/** Registers an order with what its form says. A refusal has changed nothing. */
export async function register(
  trx: Transaction<Database>,
  { id, actor, version, form: asked, at }: Registration,
): Promise<Outcome<WorkOrder>> {
  const before = await lockOrder(trx, id)
  if (before === null) return refuse('not-found')
  // Whoever may not even read it is told nothing about the form.
  if (!(await mayReadOrder(trx, actor, id))) return refuse('not-allowed')
  const checked = checkForm(asked, await knownCodes(trx, asked))
  if (!checked.ok) return checked
  const { typeCode: type, priority = 'P3', secret } = checked.value
  const act: Act = { do: 'register', type: type ?? '', priority, secret }
  // Before the act, which may change who is hidden: the form was drawn from the order as it stood.
  const form = await unveiled(trx, before, actor, checked.value)
  const registered = await perform(trx, { id, act, actor, at, version })
  if (!registered.ok) return registered
  return ok(await present(trx, await writeForm(trx, id, form, at), actor))
}

/** Whoever saves what they were shown masked, and left as it was, has not written over what stands there. */
async function unveiled(
  trx: Transaction<Database>,
  row: OrderRow,
  { staff }: StaffActor,
  form: WorkOrderForm,
): Promise<WorkOrderForm> {
  const words = await veilFor(trx, staff, [row.id])
  const kept = (field: 'title' | 'text' | 'place') =>
    form[field].trim() === words(row.id, row[field]).trim() ? row[field] : form[field]
  return { ...form, title: kept('title'), text: kept('text'), place: kept('place') }
}

async function present(db: Kysely<Database>, row: OrderRow, actor: StaffActor): Promise<WorkOrder> {
  const citizen = (await presentCitizens(db, [row], actor)).get(row.id)
  const words = await veilFor(db, actor.staff, [row.id])
  return {
    id: row.id,
    number: row.number,
    callId: row.call_id,
    status: row.status,
    callerNumber: citizen?.number ?? '',
    lineNumber: row.line_number,
    typeCode: row.type_code,
    categoryCode: row.category_code,
    title: words(row.id, row.title),
    text: words(row.id, row.text),
    place: words(row.id, row.place),
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
