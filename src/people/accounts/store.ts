import { type Kysely, sql, type Transaction } from 'kysely'
import type { ApprovalKind, ApprovalPayload, Database } from '#database/types.ts'
import { type AgentNumber, asId, type StaffId, type UnitId } from '#kernel/ids.ts'
import { grantsByStaff } from '../roles/index.ts'
import type { Account, AccountForm, AccountQuery, Approval, RightsForm } from './schema.ts'

/** One who changes accounts at a time: who is the last administrator is asked and answered in one step. */
export async function lockAccounts(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('accounts'))`.execute(trx)
}

const openSessions = sql<number>`(
  select count(*) from sessions where sessions.staff_id = staff.id and sessions.expires_at > now())`

function accounts(db: Kysely<Database>) {
  return db
    .selectFrom('staff')
    .select([
      'id',
      'login',
      'name',
      'role',
      'agent_number',
      'active',
      'created_at',
      'closed_at',
      'oidc_subject',
    ])
    .select(openSessions.as('sessions'))
    .orderBy('login')
}

type AccountRow = Awaited<ReturnType<ReturnType<typeof accounts>['executeTakeFirstOrThrow']>>

export async function listAccounts(
  db: Kysely<Database>,
  { q, role, unit, state, cursor }: AccountQuery,
  most: number,
): Promise<Account[]> {
  let query = accounts(db).limit(most)
  if (q !== undefined && q.trim() !== '') {
    const like = `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`
    query = query.where(eb =>
      eb.or([
        eb('login', 'ilike', like),
        eb('name', 'ilike', like),
        sql<boolean>`agent_number ilike ${like}`,
      ]),
    )
  }
  if (role !== undefined) query = query.where(holding(sql`role_grants.role_code = ${role}`))
  if (unit !== undefined) query = query.where(holding(sql`role_grants.unit_id = ${unit}`))
  if (state !== undefined) query = query.where('active', '=', state === 'active')
  if (cursor !== undefined) query = query.where('login', '>', cursor)
  return await withGrants(db, await query.execute())
}

function holding(which: ReturnType<typeof sql>) {
  return sql<boolean>`exists (select from role_grants where role_grants.staff_id = staff.id and ${which})`
}

export async function findAccount(db: Kysely<Database>, id: StaffId): Promise<Account | null> {
  const [found] = await withGrants(db, await accounts(db).where('id', '=', id).execute())
  return found ?? null
}

async function withGrants(db: Kysely<Database>, rows: readonly AccountRow[]): Promise<Account[]> {
  const grants = await grantsByStaff(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map(row => ({
    ...{ id: row.id, login: row.login, name: row.name, role: row.role, agentNumber: row.agent_number },
    ...{ active: row.active, singleSignOn: row.oidc_subject, sessions: row.sessions },
    createdAt: row.created_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    grants: [...(grants.get(row.id) ?? [])],
  }))
}

export async function writeAccount(
  db: Kysely<Database>,
  id: StaffId,
  { name, agentNumber }: AccountForm,
): Promise<void> {
  const agent_number = agentNumber === null ? null : asId<AgentNumber>(agentNumber)
  await db.updateTable('staff').set({ name: name.trim(), agent_number }).where('id', '=', id).execute()
}

export async function writePassword(db: Kysely<Database>, id: StaffId, hash: string): Promise<void> {
  await db.updateTable('staff').set({ password_hash: hash }).where('id', '=', id).execute()
}

export async function setActive(db: Kysely<Database>, id: StaffId, active: boolean): Promise<void> {
  const closed_at = active ? null : new Date()
  await db.updateTable('staff').set({ active, closed_at }).where('id', '=', id).execute()
}

export async function writeDesk(
  db: Kysely<Database>,
  id: StaffId,
  { role, singleSignOn }: RightsForm,
): Promise<void> {
  await db.updateTable('staff').set({ role, oidc_subject: singleSignOn }).where('id', '=', id).execute()
}

/** The seats' record names people without a reference to them. */
export async function satSomewhere(db: Kysely<Database>, id: StaffId): Promise<boolean> {
  const row = await db.selectFrom('seat_changes').select('id').where('staff_id', '=', id).limit(1).execute()
  return row.length > 0
}

/** @throws DatabaseError of class 23 when a record names them */
export async function deleteAccount(db: Kysely<Database>, id: StaffId): Promise<void> {
  await db.deleteFrom('sessions').where('staff_id', '=', id).execute()
  await db.deleteFrom('role_grants').where('staff_id', '=', id).execute()
  await db.deleteFrom('staff_skills').where('staff_id', '=', id).execute()
  await db.deleteFrom('staff').where('id', '=', id).execute()
}

export async function knownUnits(db: Kysely<Database>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const named = ids.map(id => asId<UnitId>(id))
  const rows = await db.selectFrom('units').select('id').where('id', 'in', named).execute()
  return new Set(rows.map(({ id }) => id))
}

/** @returns null when one of that kind waits for a decision already */
export async function addApproval(
  trx: Transaction<Database>,
  asked: {
    readonly kind: ApprovalKind
    readonly staff: StaffId
    readonly payload: ApprovalPayload
    readonly why: string
    readonly by: StaffId
  },
): Promise<Approval | null> {
  const row = await trx
    .insertInto('approvals')
    .values({
      ...{ kind: asked.kind, staff_id: asked.staff, why: asked.why, asked_by: asked.by },
      payload: JSON.stringify(asked.payload),
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row === undefined ? null : await findApproval(trx, row.id)
}

function approvals(db: Kysely<Database>) {
  return db
    .selectFrom('approvals')
    .innerJoin('staff as asker', 'asker.id', 'approvals.asked_by')
    .leftJoin('staff as decider', 'decider.id', 'approvals.decided_by')
    .selectAll('approvals')
    .select(['asker.name as asker_name', 'decider.name as decider_name'])
}

export async function listApprovals(
  db: Kysely<Database>,
  state: 'open' | 'decided',
  most: number,
): Promise<Approval[]> {
  const rows = await approvals(db)
    .where('decision', state === 'open' ? 'is' : 'is not', null)
    .orderBy('approvals.id', 'desc')
    .limit(most)
    .execute()
  return rows.map(present)
}

export async function findApproval(db: Kysely<Database>, id: number): Promise<Approval | null> {
  const row = await approvals(db).where('approvals.id', '=', id).executeTakeFirst()
  return row === undefined ? null : present(row)
}

function present(
  row: Awaited<ReturnType<ReturnType<typeof approvals>['executeTakeFirstOrThrow']>>,
): Approval {
  const { login, name, before, after } = row.payload
  return {
    ...{ id: row.id, kind: row.kind, staff: row.staff_id, login, name, before, after, why: row.why },
    ...{ askedBy: row.asked_by, askedByName: row.asker_name, askedAt: row.asked_at.toISOString() },
    ...{ decision: row.decision, decidedByName: row.decider_name },
    decidedAt: row.decided_at?.toISOString() ?? null,
  }
}

export async function decide(
  trx: Transaction<Database>,
  id: number,
  decision: 'agreed' | 'refused' | 'withdrawn',
  by: StaffId,
): Promise<void> {
  await trx
    .updateTable('approvals')
    .set({ decision, decided_by: by, decided_at: new Date() })
    .where('id', '=', id)
    .execute()
}
