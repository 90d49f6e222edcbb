import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { AssignmentState } from '../../src/cases/life/order.ts'
import type { Database, Role, UnitKind } from '../../src/database/types.ts'
import { asId, type StaffId, type UnitId, type WorkOrderId } from '../../src/kernel/ids.ts'
import type { Grant } from '../../src/people/roles/index.ts'
import { addStaff } from '../../src/people/staff/index.ts'
import { PASSWORD } from './service.ts'

/** A city of six units: two districts, a street in one with a community below it, and a bureau. */
export const UNITS: readonly (readonly [id: string, parent: string | null, kind: UnitKind, name: string])[] =
  [
    ['city', null, 'city', '海棠市'],
    ['east', 'city', 'district', '东区'],
    ['west', 'city', 'district', '西区'],
    ['quay', 'east', 'street', '码头街道'],
    ['pier', 'quay', 'community', '栈桥社区'],
    ['water', 'city', 'bureau', '市水务局'],
  ]

export async function sixUnits(db: Kysely<Database>): Promise<void> {
  const paths = new Map<string, UnitId[]>()
  for (const [id, parent, kind, name_zh] of UNITS) {
    const path = [...(parent === null ? [] : (paths.get(parent) ?? [])), asId<UnitId>(id)]
    paths.set(id, path)
    const parent_id = parent === null ? null : asId<UnitId>(parent)
    await db
      .insertInto('units')
      .values({ id: asId<UnitId>(id), parent_id, path, name_zh, kind })
      .execute()
  }
}

/** Somebody with the test's password and these roles. */
export async function holder(
  db: Kysely<Database>,
  login: string,
  grants: readonly Grant[],
  role: Role = 'caseworker',
): Promise<StaffId> {
  return await addStaff(db, {
    ...{ login, role, grants },
    ...{ name: `姓名${login}`, agentNumber: null, password: PASSWORD },
  })
}

export interface SeededOrder {
  readonly by: StaffId
  readonly secret?: boolean
  readonly supervision?: 5
  /** Units with their part in it. */
  readonly with?: Readonly<Record<string, AssignmentState>>
}

let sequence = 0

/** An order in hand. */
export async function seedOrder(db: Kysely<Database>, order: SeededOrder): Promise<WorkOrderId> {
  const id = asId<WorkOrderId>(randomUUID())
  const now = new Date()
  await db
    .insertInto('work_orders')
    .values({
      ...{ id, number: `261122000000${String(++sequence).padStart(6, '0')}`, status: 'in-hand' },
      ...{ caller_number: '13907551234', opened_by: order.by, opened_at: now, saved_at: now },
      ...{ secret: order.secret ?? false, supervision: order.supervision ?? 0 },
    })
    .execute()
  for (const [unit, state] of Object.entries(order.with ?? {})) {
    await db
      .insertInto('order_assignments')
      .values({ order_id: id, unit_id: asId<UnitId>(unit), role: 'lead', state, assigned_at: now })
      .execute()
  }
  return id
}
