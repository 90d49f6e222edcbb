import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type WorkOrderId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { hasRight } from '../../cases/actor.ts'
import { recordChange } from '../../floor/config-changes/index.ts'
import { actorOf, type StaffActor } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { ordersReadBy, perform } from '../life/index.ts'
import { presentOrders } from './call-backs.ts'
import {
  checkLeaderDay,
  checkStep,
  figuresOf,
  mayPlanLeaders,
  mayReadLeaderDays,
  type Step,
} from './rules.ts'
import type {
  LeaderDay,
  LeaderDayQuery,
  LeaderDayView,
  LeaderForm,
  NewLeaderDayForm,
  ResultForm,
} from './schema.ts'
import {
  type Assistant,
  assistantsOf,
  callBackOrders,
  deleteLeaderDay,
  type ItemRow,
  insertLeaderDay,
  isListed,
  isUnit,
  itemsOf,
  knownStaff,
  type LeaderDayRow,
  leaderDays,
  lockLeaderDay,
  readLeaderDay,
  replaceAssistants,
  takeStep,
  updateLeaderDay,
  writeResult,
} from './store.ts'

export async function listLeaderDays(
  db: Kysely<Database>,
  member: StaffMember,
  { from, to }: LeaderDayQuery,
): Promise<Outcome<LeaderDay[]>> {
  if (!mayReadLeaderDays(member, await actorOf(db, member))) return refuse('not-allowed')
  const days = await leaderDays(db, from, to)
  const ids = days.map(({ id }) => id)
  const [items, assistants] = [await itemsOf(db, ids), await assistantsOf(db, ids)]
  const byDay = Map.groupBy(items, item => item.day_id)
  return ok(days.map(day => present(day, byDay.get(day.id) ?? [], assistants.get(day.id) ?? [])))
}

export async function leaderDay(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  now: Instant,
): Promise<Outcome<LeaderDayView>> {
  const actor = await actorOf(db, member)
  if (!mayReadLeaderDays(member, actor)) return refuse('not-allowed')
  const day = await readLeaderDay(db, id)
  if (day === null) return refuse('not-found')
  const [items, assistants] = [await itemsOf(db, [id]), await assistantsOf(db, [id])]
  return ok({
    ...present(day, items, assistants.get(id) ?? []),
    items: await presentItems(db, items, actor, now),
  })
}

export async function addLeaderDay(
  db: Kysely<Database>,
  member: StaffMember,
  form: NewLeaderDayForm,
): Promise<Outcome<LeaderDay>> {
  if (!mayPlanLeaders(member, await actorOf(db, member))) return refuse('not-allowed')
  const checked = checkLeaderDay(form, {
    unit: await isUnit(db, form.unit),
    staff: await knownStaff(db, peopleOf(form)),
  })
  if (!checked.ok) return checked
  const added = await db.transaction().execute(async (trx): Promise<Outcome<string>> => {
    const row = await insertLeaderDay(trx, checked.value)
    if (row === null) return refuse('exists-already')
    await replaceAssistants(trx, row.id, form.assistants ?? [])
    const change = { by: member.id, subject: 'leader-day', key: keyOf(row) } as const
    await recordChange(trx, { ...change, before: null, after: await planned(trx, row) })
    return ok(row.id)
  })
  return added.ok ? await presentOne(db, added.value) : added
}

/** Saves the form over the version that was edited. */
export async function saveLeaderDay(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  version: number,
  form: LeaderForm,
): Promise<Outcome<LeaderDay>> {
  if (!mayPlanLeaders(member, await actorOf(db, member))) return refuse('not-allowed')
  const checked = checkLeaderDay(form, { unit: true, staff: await knownStaff(db, peopleOf(form)) })
  if (!checked.ok) return checked
  const saved = await db.transaction().execute(async (trx): Promise<Outcome<string>> => {
    const row = await lockLeaderDay(trx, id)
    if (row === null) return refuse('not-found')
    if (row.version !== version) return refuse('changed-meanwhile', `is at version ${row.version}`)
    const before = await planned(trx, row)
    const saved = await updateLeaderDay(trx, row, checked.value)
    if (form.assistants !== undefined) await replaceAssistants(trx, id, form.assistants)
    const change = { by: member.id, subject: 'leader-day', key: keyOf(row) } as const
    await recordChange(trx, { ...change, before, after: await planned(trx, saved) })
    return ok(id)
  })
  return saved.ok ? await presentOne(db, id) : saved
}

/** A duty that has begun stays: its figures count for the year's assessment. */
export async function removeLeaderDay(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  version: number,
): Promise<Outcome<void>> {
  if (!mayPlanLeaders(member, await actorOf(db, member))) return refuse('not-allowed')
  return await db.transaction().execute(async trx => {
    const row = await lockLeaderDay(trx, id)
    if (row === null) return refuse('not-found')
    if (row.version !== version) return refuse('changed-meanwhile', `is at version ${row.version}`)
    if (row.signed_in_at !== null) return refuse('leader-day-begun')
    const before = await planned(trx, row)
    await deleteLeaderDay(trx, id)
    const change = { by: member.id, subject: 'leader-day', key: keyOf(row) } as const
    await recordChange(trx, { ...change, before, after: null })
    return ok(undefined)
  })
}

/** The leader, or the assistant beside, ticks a step of the day's list. */
export async function step(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  taken: Step,
  at: Instant,
): Promise<Outcome<LeaderDay>> {
  if (!hasRight(await actorOf(db, member), 'order.call-back')) return refuse('not-allowed')
  const done = await db.transaction().execute(async (trx): Promise<Outcome<void>> => {
    const row = await lockLeaderDay(trx, id)
    if (row === null) return refuse('not-found')
    const checked = checkStep(row.day, row, taken, at)
    if (checked.ok) await takeStep(trx, row, taken, at)
    return checked
  })
  return done.ok ? await presentOne(db, id) : done
}

export interface TalkResult {
  readonly id: string
  readonly order: string
  readonly form: ResultForm
  readonly at: Instant
}

/** How the leader's talk with a citizen went: done to the order as anybody else's, and counted for the day. */
export async function enterResult(
  db: Kysely<Database>,
  member: StaffMember,
  { id, order: orderId, form, at }: TalkResult,
): Promise<Outcome<LeaderDayView>> {
  const actor = await actorOf(db, member)
  if (!hasRight(actor, 'order.call-back')) return refuse('not-allowed')
  const order = asId<WorkOrderId>(orderId)
  const done = await db.transaction().execute(async (trx): Promise<Outcome<void>> => {
    const day = await lockLeaderDay(trx, id)
    if (day === null || !(await isListed(trx, id, order))) return refuse('not-found')
    if (day.reviewed_orders_at === null) return refuse('step-out-of-turn', 'call-backs')
    const outcome = await perform(trx, { id: order, act: form, actor, at, version: null })
    if (!outcome.ok) return outcome
    await writeResult(trx, id, order, form, actor.staff, at)
    return ok(undefined)
  })
  return done.ok ? await leaderDay(db, member, id, at) : done
}

async function presentItems(
  db: Kysely<Database>,
  items: readonly ItemRow[],
  actor: StaffActor,
  now: Instant,
): Promise<LeaderDayView['items']> {
  if (items.length === 0) return []
  const rows = await callBackOrders(db)
    .where(
      'work_orders.id',
      'in',
      items.map(item => item.order_id),
    )
    .where(ordersReadBy(actor))
    .execute()
  const orders = new Map((await presentOrders(db, rows, actor, now)).map(order => [order.id, order]))
  const statuses = new Map<string, (typeof rows)[number]['status']>(rows.map(row => [row.id, row.status]))
  return items.flatMap(item => {
    const order = orders.get(item.order_id)
    const status = statuses.get(item.order_id)
    if (order === undefined || status === undefined) return []
    return [
      {
        ...order,
        status,
        position: item.position,
        reasons: item.reasons,
        misses: item.misses,
        result: item.result,
        grade: item.grade,
        solved: item.solved,
        doneAt: item.done_at?.toISOString() ?? null,
        doneBy: item.done_by_name,
      },
    ]
  })
}

async function presentOne(db: Kysely<Database>, id: string): Promise<Outcome<LeaderDay>> {
  const day = await readLeaderDay(db, id)
  if (day === null) return refuse('not-found')
  return ok(present(day, await itemsOf(db, [id]), (await assistantsOf(db, [id])).get(id) ?? []))
}

function present(
  day: LeaderDayRow & { readonly unit_name: string },
  items: readonly ItemRow[],
  assistants: readonly Assistant[],
): LeaderDay {
  return {
    id: day.id,
    day: day.day,
    unit: day.unit_id,
    unitName: day.unit_name,
    leader: day.leader,
    staff: day.staff_id,
    quota: day.quota,
    assistants: [...assistants],
    preparedAt: day.prepared_at?.toISOString() ?? null,
    signedInAt: day.signed_in_at?.toISOString() ?? null,
    readHandoversAt: day.read_handovers_at?.toISOString() ?? null,
    reviewedOrdersAt: day.reviewed_orders_at?.toISOString() ?? null,
    figures: figuresOf(items),
    version: day.version,
  }
}

function peopleOf({ staff, assistants = [] }: LeaderForm): readonly string[] {
  return staff === null ? assistants : [staff, ...assistants]
}

function keyOf({ day, unit_id: unit }: LeaderDayRow): string {
  return `${day} ${unit}`
}

/** What of a day is planned, not lived. */
async function planned(
  trx: Transaction<Database>,
  { id, day, unit_id: unit, leader, staff_id: staff, quota }: LeaderDayRow,
) {
  const beside = (await assistantsOf(trx, [id])).get(id) ?? []
  return { day, unit, leader, staff, quota, assistants: beside.map(one => one.id) }
}
