import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type UnitId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { cityCalendar } from '../../floor/calendar/index.ts'
import { holds } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { type Recorded, recorded, recordUnit, viewOf } from './record.ts'
import { checkParent, checkUnit, dialledForms, type Known } from './rules.ts'
import type { NewUnitForm, UnitForm, UnitQuery, UnitRow, UnitView } from './schema.ts'
import {
  contactsOf,
  hasOpenOrders,
  insertUnit,
  isArea,
  knownStaff,
  lockTree,
  lockUnit,
  moveBranch,
  numbersOfOurs,
  openOrdersByUnit,
  readUnit,
  setClosed,
  type UnitRecord,
  unitTree,
  updateUnit,
} from './store.ts'

/** What decides which telephones a unit may have. */
export interface PhoneRules {
  /** The main line and whatever else of the hotline stands in settings. */
  readonly reserved: readonly string[]
  /** Numbers that begin so are called for nobody. */
  readonly deniedPrefixes: readonly string[]
}

export async function listUnits(db: Kysely<Database>, { search = '' }: UnitQuery): Promise<UnitRow[]> {
  const [tree, open] = await Promise.all([unitTree(db), openOrdersByUnit(db)])
  return tree.search(search).map(({ path: _, ...unit }) => ({
    ...unit,
    aliases: [...unit.aliases],
    openOrders: open.get(unit.id) ?? 0,
  }))
}

export async function oneUnit(db: Kysely<Database>, id: string): Promise<Outcome<UnitView>> {
  const unit = await readUnit(db, asId<UnitId>(id))
  if (unit === null) return refuse('not-found')
  return ok(await asView(db, recorded(unit, await contactsOf(db, unit.id))))
}

export async function addUnit(
  db: Kysely<Database>,
  member: StaffMember,
  { id: named, parent, ...form }: NewUnitForm,
  rules: PhoneRules,
): Promise<Outcome<UnitView>> {
  if (!(await holds(db, member, 'settings.edit'))) return refuse('not-allowed')
  const id = asId<UnitId>(named)
  const checked = checkUnit(form, await knownTo(db, form, [], rules))
  if (!checked.ok) return checked
  const added = await db.transaction().execute(async (trx): Promise<Outcome<Recorded>> => {
    await lockTree(trx)
    const tree = await unitTree(trx)
    if (parent === null && tree.all.length > 0) return badInput({ parent: 'required' })
    const above = parent === null ? null : asId<UnitId>(parent)
    const fits = above === null ? ok(undefined) : checkParent(tree, above, null)
    if (!fits.ok) return fits
    const row = await insertUnit(trx, id, above === null ? null : tree.unit(above), checked.value)
    return row === null ? refuse('exists-already') : ok(await recordUnit(trx, member, null, row))
  })
  return added.ok ? ok(await asView(db, added.value)) : added
}

/** Saves the form over the version that was edited. */
export async function saveUnit(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  version: number,
  form: UnitForm,
  rules: PhoneRules,
): Promise<Outcome<UnitView>> {
  return await edit(db, member, id, version, async (trx, unit, before) => {
    const checked = checkUnit(form, await knownTo(trx, form, before.contacts, rules))
    return checked.ok ? ok(await updateUnit(trx, unit, checked.value)) : checked
  })
}

/** The unit and all below it hang below another one from now on. */
export async function moveUnit(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  version: number,
  parent: string,
): Promise<Outcome<UnitView>> {
  return await edit(db, member, id, version, async (trx, unit) => {
    const tree = await unitTree(trx)
    const above = tree.unit(asId<UnitId>(parent))
    const fits = checkParent(tree, asId<UnitId>(parent), unit.id)
    if (!fits.ok) return fits
    return above === null ? refuse('not-found') : ok(await moveBranch(trx, unit, above))
  })
}

/** Closes a unit that nothing hangs on any more, or opens it again. */
export async function closeUnit(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  version: number,
  closed: boolean,
): Promise<Outcome<UnitView>> {
  return await edit(db, member, id, version, async (trx, unit) => {
    const tree = await unitTree(trx)
    if (closed) {
      const below = tree.all.filter(one => !one.closed && one.id !== unit.id && one.path.includes(unit.id))
      if (below.length > 0) return refuse('unit-has-units', `${below.length} below`)
      if (await hasOpenOrders(trx, unit.id)) return refuse('unit-has-orders')
    } else if (unit.parent_id !== null && tree.unit(unit.parent_id)?.closed === true) {
      return refuse('unit-above-closed')
    }
    return ok(await setClosed(trx, unit, closed))
  })
}

type Change = (trx: Transaction<Database>, unit: UnitRecord, before: Recorded) => Promise<Outcome<UnitRecord>>

/** What all edits share: who may, the lock, the version that was edited, the record. */
async function edit(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  version: number,
  change: Change,
): Promise<Outcome<UnitView>> {
  if (!(await holds(db, member, 'settings.edit'))) return refuse('not-allowed')
  const saved = await db.transaction().execute(async (trx): Promise<Outcome<Recorded>> => {
    await lockTree(trx)
    const unit = await lockUnit(trx, asId<UnitId>(id))
    if (unit === null) return refuse('not-found')
    if (unit.version !== version) return refuse('changed-meanwhile', `is at version ${unit.version}`)
    const before = recorded(unit, await contactsOf(trx, unit.id))
    const changed = await change(trx, unit, before)
    return changed.ok ? ok(await recordUnit(trx, member, before, changed.value)) : changed
  })
  return saved.ok ? ok(await asView(db, saved.value)) : saved
}

async function knownTo(
  db: Kysely<Database>,
  form: UnitForm,
  contacts: readonly { readonly id: string }[],
  { reserved, deniedPrefixes }: PhoneRules,
): Promise<Known> {
  const phones = [...form.phones, ...form.contacts.map(({ phone }) => phone ?? '')].flatMap(dialledForms)
  const staff = form.contacts.flatMap(contact => (contact.staff === null ? [] : [contact.staff]))
  return {
    area: form.area === null || (await isArea(db, form.area)),
    contacts: new Set(contacts.map(({ id }) => id)),
    staff: await knownStaff(db, staff),
    ours: new Set([...reserved, ...(await numbersOfOurs(db, phones))]),
    deniedPrefixes,
  }
}

async function asView(db: Kysely<Database>, unit: Recorded): Promise<UnitView> {
  return viewOf(unit, Date.now(), await cityCalendar(db))
}
