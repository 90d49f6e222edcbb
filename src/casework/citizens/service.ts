import type { Kysely, Selectable } from 'kysely'
import type { Database, WorkOrdersTable } from '#database/types.ts'
import { asId, type CitizenId, type StaffId, type WorkOrderId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { type Actor, hasRight } from '../../cases/actor.ts'
import { knownIdentities, veil, writersOfUnits } from '../secrecy/index.ts'
import { appendAudit } from '../trail/index.ts'
import {
  checkCitizen,
  checkReason,
  mayEditCitizens,
  mayMergeCitizens,
  mayReadCitizens,
  maySeeIdentity,
  mergedRecord,
  sameNumber,
  viewOfCitizen,
} from './rules.ts'
import type {
  Citizen,
  CitizenChange,
  CitizenForm,
  CitizenHistory,
  CitizenQuery,
  Identity,
  IdentityLook,
  OrderCitizen,
} from './schema.ts'
import {
  citizenChanges,
  citizenHistory,
  citizensById,
  citizensNamed,
  lockCitizen,
  looksAt,
  markMerged,
  ownerOf,
  readCitizen,
  readOrderIdentity,
  recordCitizenChange,
  recordLook,
  takenNumbers,
  untied,
  writeCitizen,
} from './store.ts'

/** A person who acts; the service itself looks nobody up. */
type Person = Extract<Actor, { readonly kind: 'staff' }>

export async function findCitizens(
  db: Kysely<Database>,
  actor: Person,
  { number, name }: CitizenQuery,
): Promise<Outcome<readonly Citizen[]>> {
  if (!mayReadCitizens(actor)) return refuse('not-allowed')
  if (number !== undefined) {
    const owner = await ownerOf(db, sameNumber(number))
    const found = owner === null ? null : await readCitizen(db, owner)
    return ok(found === null ? [] : [found])
  }
  const beginning = name?.trim() ?? ''
  return beginning === '' ? badInput({ name: 'required' }) : ok(await citizensNamed(db, beginning))
}

export async function findCitizen(
  db: Kysely<Database>,
  actor: Person,
  id: string,
): Promise<Outcome<Citizen>> {
  if (!mayReadCitizens(actor)) return refuse('not-allowed')
  const found = await readCitizen(db, asId(id))
  return found === null ? refuse('not-found') : ok(found)
}

/** Saves the form over the version that was edited. A number that is another's wants a merge instead. */
export async function saveCitizen(
  db: Kysely<Database>,
  actor: Person,
  id: string,
  version: number,
  form: CitizenForm,
): Promise<Outcome<Citizen>> {
  if (!mayEditCitizens(actor)) return refuse('not-allowed')
  const checked = checkCitizen(form)
  if (!checked.ok) return checked
  const citizen = asId<CitizenId>(id)
  return await db.transaction().execute(async trx => {
    const before = await lockCitizen(trx, citizen)
    if (before === null) return refuse('not-found')
    if (before.version !== version) return refuse('changed-meanwhile', `is at version ${before.version}`)
    const taken = await takenNumbers(trx, citizen, checked.value.numbers)
    if (taken.length > 0) return badInput({ numbers: 'taken' })
    await writeCitizen(trx, { id: citizen, version }, checked.value)
    const after: Citizen = { ...checked.value, id, version: version + 1 }
    await recordCitizenChange(trx, { citizen, by: actor.staff, change: 'edited', before, after })
    return ok(after)
  })
}

/** Two records of one citizen become one: numbers move, orders and calls are found under the one that is kept. */
export async function mergeCitizens(
  db: Kysely<Database>,
  actor: Person,
  into: string,
  version: number,
  from: string,
): Promise<Outcome<Citizen>> {
  if (!mayMergeCitizens(actor)) return refuse('not-allowed')
  if (into === from) return badInput({ from: 'same' })
  const [keptId, otherId] = [asId<CitizenId>(into), asId<CitizenId>(from)]
  return await db.transaction().execute(async trx => {
    // In one order whoever asks, so that two merges the other way round do not wait for each other.
    const locked = new Map<string, Citizen | null>()
    for (const id of [keptId, otherId].sort()) locked.set(id, await lockCitizen(trx, id))
    const [kept, other] = [locked.get(into) ?? null, locked.get(from) ?? null]
    if (kept === null || other === null) return refuse('not-found')
    if (kept.version !== version) return refuse('changed-meanwhile', `is at version ${kept.version}`)
    await markMerged(trx, otherId, keptId)
    const merged = mergedRecord(formOf(kept), formOf(other))
    await writeCitizen(trx, { id: keptId, version }, merged)
    const after: Citizen = { ...merged, id: into, version: version + 1 }
    const before = { kept, other }
    await recordCitizenChange(trx, { citizen: keptId, by: actor.staff, change: 'merged', before, after })
    return ok(after)
  })
}

function formOf({ kind, name, address, tags, remark, numbers }: Citizen): CitizenForm {
  return { kind, name, address, tags, remark, numbers }
}

export async function historyOf(
  db: Kysely<Database>,
  actor: Person,
  id: string,
): Promise<Outcome<CitizenHistory>> {
  const found = await findCitizen(db, actor, id)
  if (!found.ok) return found
  const { numbers } = found.value
  return ok(await citizenHistory(db, { id: asId(found.value.id), numbers }, actor.staff))
}

export async function changesOf(
  db: Kysely<Database>,
  actor: Person,
  id: string,
): Promise<Outcome<readonly CitizenChange[]>> {
  const found = await findCitizen(db, actor, id)
  return found.ok ? ok(await citizenChanges(db, asId(found.value.id))) : found
}

/** What of an order's row its citizen is presented from. */
export type CitizenColumns = Pick<
  Selectable<WorkOrdersTable>,
  'id' | 'secret' | 'type_code' | 'caller_number' | 'citizen_id' | 'subject_kind' | 'lead_unit'
>

/**
 * The citizens of orders as this reader sees them, by order: for lists and single orders alike, in one query. Whoever
 * sends an order's row out goes through here, and sends neither `caller_number` nor `citizen_id` beside it.
 */
export async function presentCitizens(
  db: Kysely<Database>,
  rows: readonly CitizenColumns[],
  actor: Actor,
): Promise<ReadonlyMap<WorkOrderId, OrderCitizen>> {
  const known = await citizensById(
    db,
    rows.flatMap(row => row.citizen_id ?? []),
  )
  return new Map(
    rows.map(row => {
      const citizen = row.citizen_id === null ? undefined : known.get(row.citizen_id)
      const order = { secret: row.secret, type: row.type_code, leadUnit: row.lead_unit }
      const kind = citizen?.kind ?? (row.subject_kind === 'enterprise' ? 'enterprise' : 'person')
      const { id = null, name = '', address = '' } = citizen ?? {}
      return [row.id, viewOfCitizen(order, { id, kind, name, address, number: row.caller_number }, actor)]
    }),
  )
}

/** What was said of an order, as somebody may read it. `by`: who wrote it, where that is known. */
export type Veil = (order: WorkOrderId, words: string, by?: string | null) => string

/**
 * For whatever people wrote about these orders (titles, places, texts, reasons, names of files): in that of a protected
 * order every telephone number and the citizen's names are masked, except for who took part in its call and heard them.
 * Names that a unit's own people wrote stay: masked, they would answer a guess. Even who may see an identity sees it by
 * asking alone. Whoever sends such words out sends them through here.
 */
export async function veilFor(
  db: Kysely<Database>,
  reader: StaffId,
  orders: readonly WorkOrderId[],
): Promise<Veil> {
  const hidden = await knownIdentities(db, await untied(db, reader, orders))
  const guessing: ReadonlySet<string> = await writersOfUnits(db, [...hidden.keys()])
  return (order, words, by = null) => {
    const identity = hidden.get(order)
    return identity === undefined ? words : veil(identity, words, by !== null && guessing.has(by))
  }
}

/** Who is behind an order, for a reason. The look is on record before the answer leaves. */
export async function lookAtIdentity(
  db: Kysely<Database>,
  actor: Person,
  id: string,
  reason: string,
): Promise<Outcome<Identity>> {
  const order = asId<WorkOrderId>(id)
  const row = await readOrderIdentity(db, order)
  if (!maySeeIdentity({ leadUnit: row?.lead_unit ?? null }, actor)) return refuse('not-allowed')
  if (row === null) return refuse('not-found')
  const checked = checkReason(reason)
  if (!checked.ok) return checked
  return await db.transaction().execute(async trx => {
    await recordLook(trx, { order, by: actor.staff, reason: checked.value })
    const citizen = row.citizen_id === null ? null : await readCitizen(trx, row.citizen_id)
    const { number: key } = row
    await appendAudit(trx, {
      subject: 'identity',
      key,
      by: actor,
      act: 'look',
      why: checked.value,
      detail: {},
    })
    return ok({ callerNumber: row.caller_number, citizen })
  })
}

export async function identityLooks(
  db: Kysely<Database>,
  actor: Person,
  id: string,
): Promise<Outcome<readonly IdentityLook[]>> {
  if (!hasRight(actor, 'audit.read')) return refuse('not-allowed')
  const order = asId<WorkOrderId>(id)
  return (await readOrderIdentity(db, order)) === null ? refuse('not-found') : ok(await looksAt(db, order))
}
