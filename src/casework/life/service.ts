import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type WorkOrderId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { possibleActs } from '../../cases/life/possible.ts'
import { actorOf, type StaffActor } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { veilFor } from '../citizens/index.ts'
import { reckoning } from '../clocks/index.ts'
import { veilDetail } from '../secrecy/index.ts'
import { readTrail } from '../trail/index.ts'
import { once, undoing } from './once.ts'
import { hasPart, perform } from './perform.ts'
import { present } from './present.ts'
import { mayReadOrder } from './readable.ts'
import { currentVersions } from './rules-of.ts'
import type { ActForm, CaseView, TimelineEntry } from './schema.ts'
import { mergedInto, orderOf, readOrder, readTexts, unitNames } from './store.ts'
import { tableOfVersion } from './tables.ts'
import { withoutDigests } from './texts.ts'
import { callEntries } from './voice.ts'

export interface ActRequest {
  readonly id: string
  readonly version: number
  readonly key: string | null
  readonly form: ActForm
  readonly at: Instant
}

/** Somebody does something to an order that they read; what is refused changes nothing. */
export async function act(
  db: Kysely<Database>,
  member: StaffMember,
  { id, version, key, form, at }: ActRequest,
): Promise<Outcome<CaseView>> {
  const order = asId<WorkOrderId>(id)
  const actor = await actorOf(db, member)
  if (!(await mayReadOrder(db, actor, order))) return refuse('not-found')
  const done = await undoing<unknown>(db, async trx => {
    if (key !== null && !(await once(trx, member.id, key, { id, form }))) return ok(null)
    return await perform(trx, { id: order, act: form, actor, at, version })
  })
  return done.ok ? await caseView(db, member, id) : done
}

export async function caseView(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
): Promise<Outcome<CaseView>> {
  const actor = await actorOf(db, member)
  const orderId = asId<WorkOrderId>(id)
  if (!(await mayReadOrder(db, actor, orderId))) return refuse('not-found')
  return await db.transaction().execute(async trx => {
    const row = await readOrder(trx, orderId)
    if (row === null) return refuse('not-found')
    const order = row.life ?? orderOf(row, await currentVersions(trx))
    const table = await tableOfVersion(trx, order.lifeVersion)
    return ok(
      present({
        row,
        order,
        reckoning: await reckoning(trx),
        unitNames: await unitNames(
          trx,
          order.assignments.map(({ unit }) => unit),
        ),
        merged: await mergedInto(trx, orderId),
        possible: possibleActs(order, actor, await hasPart(trx, row, actor), table),
        words: await wordsFor(trx, actor, orderId),
        askedBy: new Map((await readTrail(trx, orderId)).map(({ act, staffId }) => [act, staffId])),
      }),
    )
  })
}

/** The voice and the case on one timeline, the oldest first. */
export async function timeline(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
): Promise<Outcome<TimelineEntry[]>> {
  const order = asId<WorkOrderId>(id)
  const actor = await actorOf(db, member)
  if (!(await mayReadOrder(db, actor, order))) return refuse('not-found')
  const words = await wordsFor(db, actor, order)
  const texts = await readTexts(db, order)
  const acts = (await readTrail(db, order)).map(
    (entry): TimelineEntry => ({
      id: String(entry.seq),
      at: entry.at,
      kind: 'act',
      what: entry.act,
      by: entry.actorKind === 'service' ? null : entry.actorName,
      from: entry.from,
      to: entry.to,
      why: words(entry.why, entry.staffId),
      texts: Object.fromEntries(
        [...texts].flatMap(([key, text]) => {
          const [seq, field] = key.split('/')
          return Number(seq) === entry.seq && field !== undefined ? [[field, words(text, entry.staffId)]] : []
        }),
      ),
      detail: veilDetail(text => words(text, entry.staffId), withoutDigests(entry.detail)),
      call: null,
    }),
  )
  const all = [...acts, ...(await callEntries(db, order))]
  return ok(all.sort((a, b) => a.at.localeCompare(b.at)))
}

/** What was said of one order, as this person may read it. */
async function wordsFor(
  db: Kysely<Database>,
  { staff }: StaffActor,
  order: WorkOrderId,
): Promise<(text: string, by: string | null) => string> {
  const words = await veilFor(db, staff, [order])
  return (text, by) => words(order, text, by)
}
