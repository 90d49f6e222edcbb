import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type StaffId, type UnitId } from '#kernel/ids.ts'
import type { Right } from '../../cases/rights.ts'
import type { Grant, GrantInForce, RoleView } from './rules.ts'

/** Every role that the city has, in its order. */
export function roles(db: Kysely<Database>): Promise<RoleView[]> {
  return db
    .selectFrom('roles')
    .select(['code', 'name_zh as nameZh', 'name_en as nameEn', 'rights', 'over_unit as overUnit', 'version'])
    .orderBy('position')
    .orderBy('code')
    .execute()
}

/**
 * What somebody holds, with the rights of each role as they are now and every unit at or below the granted one. A
 * role over units that names none gives nothing, nor does a role of the whole city that names one.
 */
export async function grantsInForce(db: Kysely<Database>, staff: StaffId): Promise<readonly GrantInForce[]> {
  const { rows } = await sql<GrantInForce>`
    select roles.rights, granted.id as unit, granted.name_zh as "unitName",
           array(select below.id from units as below where below.path @> array[granted.id]) as below
    from role_grants
    join roles on roles.code = role_grants.role_code and roles.over_unit = (role_grants.unit_id is not null)
    left join units as granted on granted.id = role_grants.unit_id
    where role_grants.staff_id = ${staff}
    order by roles.position, granted.path`.execute(db)
  return rows
}

export async function grantsOf(db: Kysely<Database>, staff: StaffId): Promise<Grant[]> {
  const byStaff = await grantsByStaff(db, [staff])
  return [...(byStaff.get(staff) ?? [])]
}

/** What each of them holds, in the order of the roles; whoever holds nothing is left out. */
export async function grantsByStaff(
  db: Kysely<Database>,
  staff: readonly StaffId[],
): Promise<ReadonlyMap<StaffId, readonly Grant[]>> {
  if (staff.length === 0) return new Map()
  const rows = await db
    .selectFrom('role_grants')
    .innerJoin('roles', 'roles.code', 'role_grants.role_code')
    .select(['staff_id', 'role_code', 'unit_id'])
    .where('staff_id', 'in', staff)
    .orderBy('roles.position')
    .orderBy('unit_id')
    .execute()
  const byStaff = Map.groupBy(rows, row => row.staff_id)
  return new Map(
    [...byStaff].map(([id, held]) => [id, held.map(row => ({ role: row.role_code, unit: row.unit_id }))]),
  )
}

/** Takes away what they held and gives what is listed. */
export async function replaceGrants(
  db: Kysely<Database>,
  staff: StaffId,
  grants: readonly Grant[],
): Promise<void> {
  await db.deleteFrom('role_grants').where('staff_id', '=', staff).execute()
  if (grants.length === 0) return
  const rows = grants.map(({ role, unit }) => ({
    staff_id: staff,
    role_code: role,
    unit_id: unit === null ? null : asId<UnitId>(unit),
  }))
  await db.insertInto('role_grants').values(rows).execute()
}

/** Everybody who may sign in and holds this right over the whole city. */
export async function holdersOf(db: Kysely<Database>, right: Right): Promise<StaffId[]> {
  const rows = await db
    .selectFrom('staff')
    .innerJoin('role_grants', 'role_grants.staff_id', 'staff.id')
    .innerJoin('roles', 'roles.code', 'role_grants.role_code')
    .select('staff.id')
    .distinct()
    .where('staff.active', '=', true)
    .where('role_grants.unit_id', 'is', null)
    .where('roles.over_unit', '=', false)
    .where(({ eb, fn }) => eb(eb.val(right), '=', fn.any('roles.rights')))
    .execute()
  return rows.map(({ id }) => id)
}

/** Whose desk brings which role of its own. */
export function roleOfDesk(desk: Database['staff']['role']): readonly Grant[] {
  return desk === 'caseworker' ? [] : [{ role: desk, unit: null }]
}
