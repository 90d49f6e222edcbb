import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { expect } from 'vitest'
import type { Actor } from '../../src/cases/actor.ts'
import type { Act } from '../../src/cases/life/acts.ts'
import { type Performed, perform } from '../../src/casework/life/index.ts'
import type { Database } from '../../src/database/types.ts'
import { asId, type CitizenId, type StaffId, type UnitId, type WorkOrderId } from '../../src/kernel/ids.ts'
import type { Outcome } from '../../src/kernel/outcome.ts'
import type { Instant } from '../../src/kernel/time.ts'
import { actorOf } from '../../src/people/roles/index.ts'

/** Types and one item of the categories, for orders that are registered. */
export async function smallCatalogue(db: Kysely<Database>): Promise<void> {
  for (const [position, code] of ['HELP', 'REPORT'].entries()) {
    await db.insertInto('order_types').values({ code, name_zh: code, name_en: code, position }).execute()
  }
  await db.insertInto('categories').values({ code: '1', name_zh: '城市建设', position: 0 }).execute()
  await db
    .insertInto('categories')
    .values({ code: '1-04', parent_code: '1', name_zh: '路灯', position: 1 })
    .execute()
}

export interface DraftOrder {
  readonly by: StaffId
  readonly at: Instant
  readonly caller?: string
  readonly citizen?: CitizenId | null
  readonly title?: string
  readonly text?: string
  readonly secret?: boolean
}

let sequence = 0

/** An order as it is when its call is answered. */
export async function draftOrder(db: Kysely<Database>, draft: DraftOrder): Promise<WorkOrderId> {
  const id = asId<WorkOrderId>(randomUUID())
  await db
    .insertInto('work_orders')
    .values({
      ...{ id, number: `271122000000${String(++sequence).padStart(6, '0')}`, status: 'draft' },
      ...{ caller_number: draft.caller ?? '13907551234', citizen_id: draft.citizen ?? null },
      ...{ opened_by: draft.by, opened_at: new Date(draft.at), secret: draft.secret ?? false },
      ...{ title: draft.title ?? '', text: draft.text ?? '' },
    })
    .execute()
  return id
}

export async function tryAct(
  db: Kysely<Database>,
  id: WorkOrderId,
  by: StaffId | Actor,
  act: Act,
  at: Instant,
): Promise<Outcome<Performed>> {
  const actor = typeof by === 'string' ? await actorOf(db, { id: by, name: 'x' }) : by
  return await db.transaction().execute(trx => perform(trx, { id, act, actor, at, version: null }))
}

/** An act that must succeed. */
export async function act(...asked: Parameters<typeof tryAct>): Promise<Performed> {
  const outcome = await tryAct(...asked)
  expect(outcome).toMatchObject({ ok: true })
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

export interface Crew {
  /** Registers and dispatches. */
  readonly desk: StaffId
  readonly handler: StaffId
  readonly reviewer: StaffId
}

/** Registered, sent to the unit, signed for and answered: it waits for review, or after it for the call-back. */
export async function answeredOrder(
  db: Kysely<Database>,
  { desk, handler, reviewer }: Crew,
  unitId: string,
  at: Instant,
  until: 'to-review' | 'to-call-back' = 'to-call-back',
): Promise<WorkOrderId> {
  const id = await draftOrder(db, { by: desk, at })
  const unit = asId<UnitId>(unitId)
  await act(db, id, desk, { do: 'register', type: 'HELP', priority: 'P3', secret: false }, at)
  const to = [{ unit, role: 'lead', person: null }] as const
  await act(db, id, desk, { do: 'dispatch', to, reason: '职责' }, at)
  await act(db, id, handler, { do: 'sign', unit }, at)
  await act(db, id, handler, { do: 'answer', unit, text: '路灯已修复', solved: true }, at)
  if (until === 'to-call-back') await act(db, id, reviewer, { do: 'approve', note: '属实' }, at)
  return id
}

export async function trailOf(db: Kysely<Database>, id: WorkOrderId): Promise<string[]> {
  const rows = await db
    .selectFrom('order_trail')
    .select('act')
    .where('order_id', '=', id)
    .orderBy(sql`seq`)
    .execute()
  return rows.map(row => row.act)
}
