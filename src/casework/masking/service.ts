import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type BindingId, type CallId, type UnitId, type WorkOrderId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '#kernel/time.ts'
import type { Binding } from '../../cases/masking/binding.ts'
import { extendedBy, isOver, isRunning } from '../../cases/masking/lease.ts'
import { routeFrom } from '../../cases/masking/route.ts'
import type { FloorControl, Ids } from '../../engine/ports.ts'
import { isDenied } from '../../floor/call-control/index.ts'
import { actorOf, type StaffActor } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { sameNumber } from '../citizens/index.ts'
import { lockOrder, mayReadOrder, once, undoing } from '../life/index.ts'
import { activeCarrier } from './carrier-mode.ts'
import { leaseOf, onTrail } from './keep.ts'
import { drawPin, type PinKey } from './pin.ts'
import { hasNumbers, watchPools } from './pools.ts'
import { type LiveBindings, presentBindings, unitNames } from './present.ts'
import { actsFor, mayBindFor, tellsNumber } from './rules.ts'
import type {
  BindingList,
  BindingView,
  CallForm,
  EndForm,
  ExtendForm,
  NewBinding,
  NewBindingForm,
  NewPin,
  StartedCall,
} from './schema.ts'
import {
  type BindingRow,
  bindingsOf,
  callsToday,
  citizenNumberOf,
  insertBinding,
  pairOf,
  readBinding,
  readTerms,
  setLease,
  time,
  updateBinding,
} from './store.ts'
import { readTelephones } from './telephones.ts'

export interface MaskingParts {
  readonly db: Kysely<Database>
  readonly floor: Pick<FloorControl, 'submit' | 'call' | 'calls'>
  readonly ids: Ids
  readonly pins: PinKey
  readonly live: LiveBindings & { pinChanged(binding: BindingId): void }
  /** The one number that both sides see. */
  readonly shows: string
  /** Whether a carrier takes calls outside. */
  readonly trunk: boolean
  /** Numbers that begin so are called for nobody. */
  readonly deniedPrefixes: readonly string[]
  now(): Instant
}

/** The bindings of an order, for whoever reads it. */
export async function listBindings(
  { db, live, now }: MaskingParts,
  member: StaffMember,
  id: string,
): Promise<Outcome<BindingList>> {
  const [order, actor, at] = [asId<WorkOrderId>(id), await actorOf(db, member), now()]
  if (!(await mayReadOrder(db, actor, order))) return refuse('not-found')
  const rows = await bindingsOf(db, order)
  const bound = rows.filter(row => isRunning(leaseOf(row), at)).map(row => row.unit_id)
  const free = (await unitsOf(db, order)).filter(unit => mayBindFor(actor, unit) && !bound.includes(unit))
  const names = await unitNames(db, free)
  return ok({
    items: await presentBindings(db, live, rows, actor, at),
    mayBind: free.length > 0,
    units: free.map(unit => ({ id: unit, name: names.get(unit) ?? unit })),
    numberHidden: true,
  })
}

/** Units that have their part in an order which is not over. */
async function unitsOf(db: Kysely<Database>, order: WorkOrderId): Promise<readonly UnitId[]> {
  const rows = await db
    .selectFrom('order_assignments as a')
    .innerJoin('work_orders as o', 'o.id', 'a.order_id')
    .select(['a.unit_id', 'o.status'])
    .where('a.order_id', '=', order)
    .where('a.state', 'not in', ['returned', 'withdrawn'])
    .orderBy('a.role', 'desc')
    .orderBy('a.assigned_at')
    .execute()
  return rows.filter(row => !isOver(row)).map(({ unit_id }) => unit_id)
}

export interface Asked<Form> {
  readonly id: string
  readonly form: Form
  readonly key: string | null
}

/** Binds by hand; the PIN is told this once. */
export async function bind(
  parts: MaskingParts,
  member: StaffMember,
  { id, form, key }: Asked<NewBindingForm>,
): Promise<Outcome<NewBinding>> {
  const { db, now } = parts
  const [order, unit] = [asId<WorkOrderId>(id), asId<UnitId>(form.unit)]
  const [actor, at] = [await actorOf(db, member), now()]
  if (!(await mayReadOrder(db, actor, order))) return refuse('not-found')
  if (!mayBindFor(actor, unit)) return refuse('not-allowed')
  const pin = form.pin ? drawPin() : null
  const made = await undoing(db, async (trx): Promise<Outcome<{ row: BindingRow; isNew: boolean }>> => {
    const known = await lockOrder(trx, order)
    if (known === null) return refuse('not-found')
    if (key !== null && !(await once(trx, member.id, key, { id, form }))) {
      const row = (await bindingsOf(trx, order)).find(one => one.unit_id === unit)
      return row === undefined ? refuse('not-found') : ok({ row, isNew: false })
    }
    const checked = await checkNew(trx, order, unit, form, at)
    if (!checked.ok) return checked
    const row = await insertBinding(
      trx,
      {
        ...{ order, unit, use: 'by-hand', direction: form.direction, records: form.records },
        ...{ mostCallsADay: form.mostCallsADay, mostTalkMinutes: form.mostTalkMinutes },
        ...{ madeBy: member.id, from: at, until: at + form.hours * HOUR_MS },
      },
      binding => (pin === null ? null : parts.pins.digest(binding, pin)),
    )
    const { hours, direction } = form
    await told(trx, actor, row, { act: 'mask-bind', why: form.reason, at }, { hours, direction })
    await watchPools(trx, 'by-hand', at)
    return ok({ row, isNew: true })
  })
  if (!made.ok) return made
  const { row, isNew } = made.value
  return ok({ binding: await presentOne(parts, row, actor, at), pin: isNew ? pin : null })
}

async function checkNew(
  trx: Transaction<Database>,
  order: WorkOrderId,
  unit: UnitId,
  form: NewBindingForm,
  at: Instant,
): Promise<Outcome<void>> {
  const units = await unitsOf(trx, order)
  if (units.length === 0) return refuse('mask-order-over')
  if (!units.includes(unit)) return refuse('unit-not-assigned')
  const had = await bindingsOf(trx, order)
  if (had.some(row => row.unit_id === unit && isRunning(leaseOf(row), at)))
    return refuse('mask-bound-already')
  const { most_days } = await readTerms(trx)
  if (form.hours > most_days * 24) return refuse('mask-too-long', `at most ${most_days} days`)
  if (!(await hasNumbers(trx, 'by-hand'))) return refuse('mask-no-pool')
  if ((await citizenNumberOf(trx, order)) === '') return refuse('mask-no-citizen')
  return checkWords(form.reason)
}

function checkWords(reason: string): Outcome<void> {
  return tellsNumber(reason) ? badInput({ reason: 'holds-a-number' }) : ok(undefined)
}

export interface Change {
  readonly id: string
  /** The version that was looked at. */
  readonly version: number
}

export async function extend(
  parts: MaskingParts,
  member: StaffMember,
  { form, ...change }: Change & { readonly form: ExtendForm },
): Promise<Outcome<BindingView>> {
  return await changed(parts, member, change, async (trx, row, actor, at) => {
    const words = checkWords(form.reason)
    if (!words.ok) return words
    const until = extendedBy(leaseOf(row), form.hours, at, (await readTerms(trx)).most_days)
    if (!until.ok) return until
    const after = await setLease(trx, row, { valid_until: new Date(until.value) })
    await told(trx, actor, after, { act: 'mask-extend', why: form.reason, at }, { hours: form.hours })
    return ok(after)
  })
}

/** Ends a binding at once; a call that runs by it goes on. */
export async function endByHand(
  parts: MaskingParts,
  member: StaffMember,
  { form, ...change }: Change & { readonly form: EndForm },
): Promise<Outcome<BindingView>> {
  return await changed(parts, member, change, async (trx, row, actor, at) => {
    const words = checkWords(form.reason)
    if (!words.ok) return words
    const after = await setLease(trx, row, { ended_at: new Date(at), end_reason: 'by-hand' })
    await told(trx, actor, after, { act: 'mask-end', why: form.reason, at }, { cause: 'by-hand' })
    return ok(after)
  })
}

/** Draws a new PIN; the one before is none any more. */
export async function renewPin(
  parts: MaskingParts,
  member: StaffMember,
  change: Change,
): Promise<Outcome<NewPin>> {
  const pin = drawPin()
  const binding = await changed(parts, member, change, async (trx, row, actor, at) => {
    const after = await updateBinding(trx, row, { pin_digest: parts.pins.digest(row.id, pin) })
    await told(trx, actor, after, { act: 'mask-pin', why: '', at })
    return ok(after)
  })
  if (!binding.ok) return binding
  parts.live.pinChanged(asId(change.id))
  return ok({ binding: { ...binding.value, pinLocked: false }, pin })
}

type Changing = (
  trx: Transaction<Database>,
  row: BindingRow,
  actor: StaffActor,
  at: Instant,
) => Promise<Outcome<BindingRow>>

/** One that still runs, over the version that was looked at, by whoever may. */
async function changed(
  parts: MaskingParts,
  member: StaffMember,
  { id, version }: Change,
  change: Changing,
): Promise<Outcome<BindingView>> {
  const { db, now } = parts
  const [actor, at] = [await actorOf(db, member), now()]
  const found = await reading(db, actor, id)
  if (!found.ok) return found
  if (!mayBindFor(actor, found.value.unit_id)) return refuse('not-allowed')
  const done = await db.transaction().execute(async (trx): Promise<Outcome<BindingRow>> => {
    // Whoever acts on an order holds its row first.
    await lockOrder(trx, found.value.order_id)
    const row = await readBinding(trx, found.value.id)
    if (row === null) return refuse('not-found')
    if (row.version !== version) return refuse('changed-meanwhile', `is at version ${row.version}`)
    if (!isRunning(leaseOf(row), at)) return refuse('mask-expired')
    return await change(trx, row, actor, at)
  })
  return done.ok ? ok(await presentOne(parts, done.value, actor, at)) : done
}

/** A binding of an order that this person reads. */
export async function reading(
  db: Kysely<Database>,
  actor: StaffActor,
  id: string,
): Promise<Outcome<BindingRow>> {
  const row = await readBinding(db, asId<BindingId>(id))
  if (row === null || !(await mayReadOrder(db, actor, row.order_id))) return refuse('not-found')
  return ok(row)
}

async function presentOne(
  { db, live }: MaskingParts,
  row: BindingRow,
  actor: StaffActor,
  at: Instant,
): Promise<BindingView> {
  const [view] = await presentBindings(db, live, [row], actor, at)
  if (view === undefined) throw new Error('one binding has one view')
  return view
}

/** The handler's own telephone rings first, then the citizen's (联系市民). */
export async function callCitizen(
  parts: MaskingParts,
  member: StaffMember,
  { id, form, key }: Asked<CallForm>,
): Promise<Outcome<StartedCall>> {
  const { db, floor, ids, shows, now } = parts
  const [actor, at] = [await actorOf(db, member), now()]
  const found = await reading(db, actor, id)
  if (!found.ok) return found
  if (!actsFor(actor, found.value.unit_id)) return refuse('not-allowed')
  if (!parts.trunk) return refuse('trunk-missing')
  const first = sameNumber(form.phone)
  const planned = await undoing(db, async (trx): Promise<Outcome<Planned | StartedCall>> => {
    await lockOrder(trx, found.value.order_id)
    const row = await readBinding(trx, found.value.id)
    if (row === null) return refuse('not-found')
    if (key !== null && !(await once(trx, member.id, key, { id, form }))) return await lastCall(trx, row.id)
    if (isBusy(floor, row.id)) return refuse('mask-busy')
    const binding = await bindingOf(trx, row, at)
    if (!binding.ok) return binding
    if (!binding.value.unitNumbers.includes(first)) return refuse('mask-not-registered')
    const used = (await callsToday(trx, at, [row.order_id])).get(pairOf(row.order_id, row.unit_id)) ?? 0
    const routing = routeFrom(binding.value, 'unit', first, used)
    if (routing.kind === 'refuse') return refuse(routing.why)
    if (isDenied(routing.number, parts.deniedPrefixes)) return refuse('number-not-allowed')
    const call = ids.call()
    await told(trx, actor, row, { act: 'mask-call', why: '', at }, { call })
    return ok({ call, number: routing.number, binding: binding.value })
  })
  if (!planned.ok || !('binding' in planned.value)) return planned
  const { call, number, binding } = planned.value
  const { order, short, records, mostTalkMs } = binding
  floor.submit({
    type: 'masked-call-requested',
    at: Date.now(),
    call: { call, draft: ids.workOrder() },
    route: {
      ...{ binding: binding.id, order, short, from: 'unit', number, shows, records, mostTalkMs },
      staff: member.id,
    },
    first,
  })
  // While the PBX is silent nobody can be called.
  return floor.call(call) === undefined ? refuse('unavailable', 'the PBX is away') : ok({ call })
}

interface Planned {
  readonly call: CallId
  readonly number: string
  readonly binding: Binding
}

/** One call at a time goes by a binding. */
function isBusy(floor: Pick<FloorControl, 'calls'>, binding: BindingId): boolean {
  return floor.calls().some(({ mask }) => mask?.binding === binding)
}

/** What was begun with the same key before. */
async function lastCall(trx: Transaction<Database>, binding: BindingId): Promise<Outcome<StartedCall>> {
  const row = await trx
    .selectFrom('order_trail as t')
    .innerJoin('bindings as b', 'b.order_id', 't.order_id')
    .select('t.detail')
    .where('b.id', '=', binding)
    .where('t.act', '=', 'mask-call')
    .orderBy('t.seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return typeof row?.detail.call === 'string' ? ok({ call: row.detail.call }) : refuse('not-found')
}

/** As the routing knows it; one that still runs and has its number. */
async function bindingOf(
  trx: Transaction<Database>,
  row: BindingRow,
  at: Instant,
): Promise<Outcome<Binding>> {
  if (!isRunning(leaseOf(row), at)) return refuse('mask-expired')
  if (row.short_number === null) {
    return refuse((await activeCarrier(trx)) === null ? 'mask-waiting' : 'mask-by-carrier')
  }
  const citizen = await citizenNumberOf(trx, row.order_id)
  if (citizen === '') return refuse('mask-no-citizen')
  const telephones = await readTelephones(trx, [row.unit_id])
  return ok({
    id: row.id,
    order: row.order_id,
    unit: row.unit_id,
    short: row.short_number,
    citizen,
    unitNumbers: telephones.of(row.unit_id),
    unitAnswersAt: telephones.answersAt(row.unit_id, at),
    hasPin: row.pin_digest !== null,
    direction: row.direction,
    validFrom: row.valid_from.getTime(),
    validUntil: time(row.valid_until) ?? Number.POSITIVE_INFINITY,
    endedAt: time(row.ended_at),
    mostCallsADay: row.most_calls_a_day,
    mostTalkMs: row.most_talk_minutes * MINUTE_MS,
    records: row.records,
  })
}

interface Entry {
  readonly act: 'mask-bind' | 'mask-extend' | 'mask-end' | 'mask-pin' | 'mask-call'
  readonly why: string
  readonly at: Instant
}

async function told(
  trx: Transaction<Database>,
  actor: StaffActor,
  { id, order_id, unit_id, short_number }: BindingRow,
  { act, why, at }: Entry,
  detail: object = {},
): Promise<void> {
  const known = { binding: id, unit: unit_id, short: short_number }
  await onTrail(trx, { order: order_id, at, by: actor, act, why }, { ...known, ...detail })
}
