import { createHash, randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import type { StaffMember } from '../staff/index.ts'
import { SESSION_LIMITS, SIGN_IN_LIMITS, signInWaitMs } from './rules.ts'

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** Where somebody signs in from: the network address, and what the browser says of itself. */
export interface From {
  readonly address: string
  readonly device: string
}

const DEVICE_CHARACTERS = 200

/** @returns the token for the cookie; it is kept nowhere else */
export async function openSession(
  db: Kysely<Database>,
  staff: StaffId,
  from: From | null = null,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await db
    .insertInto('sessions')
    .values({
      ...{ token_hash: hashToken(token), staff_id: staff, expires_at: fromNow(SESSION_LIMITS.idleMs) },
      ...{ address: from?.address ?? null, device: from?.device.slice(0, DEVICE_CHARACTERS) ?? null },
    })
    .execute()
  return token
}

export async function findSession(db: Kysely<Database>, token: string): Promise<StaffMember | null> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('staff', 'staff.id', 'sessions.staff_id')
    .select(['staff.id', 'staff.login', 'staff.name', 'staff.role', 'staff.agent_number', 'expires_at'])
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', sql<Date>`now()`)
    .where('staff.active', '=', true)
    .executeTakeFirst()
  if (row === undefined) return null
  const { agent_number: agentNumber, expires_at: expiresAt, ...rest } = row
  const renewed = fromNow(SESSION_LIMITS.idleMs)
  if (renewed.getTime() - expiresAt.getTime() > SESSION_LIMITS.renewEveryMs) {
    await db
      .updateTable('sessions')
      .set({ expires_at: renewed })
      .where('token_hash', '=', hashToken(token))
      .execute()
  }
  return { ...rest, agentNumber }
}

/** Which of these tokens still open something. Asking does not make a session last longer. */
export async function liveTokens(db: Kysely<Database>, tokens: readonly string[]): Promise<Set<string>> {
  const byHash = new Map(tokens.map(token => [hashToken(token).toString('hex'), token]))
  const rows = await db
    .selectFrom('sessions')
    .innerJoin('staff', 'staff.id', 'sessions.staff_id')
    .select('token_hash')
    .where('token_hash', 'in', tokens.map(hashToken))
    .where('expires_at', '>', sql<Date>`now()`)
    .where('staff.active', '=', true)
    .execute()
  return new Set(rows.flatMap(row => byHash.get(row.token_hash.toString('hex')) ?? []))
}

export async function closeSession(db: Kysely<Database>, token: string): Promise<void> {
  await db.deleteFrom('sessions').where('token_hash', '=', hashToken(token)).execute()
}

export interface OpenSession {
  readonly id: string
  readonly createdAt: Date
  /** To within `SESSION_LIMITS.renewEveryMs`. */
  readonly lastUsedAt: Date
  readonly address: string | null
  readonly device: string | null
  /** The one that asks. */
  readonly current: boolean
}

/** Somebody's sessions, the latest used first. */
export async function sessionsOf(
  db: Kysely<Database>,
  staff: StaffId,
  token: string | undefined,
): Promise<OpenSession[]> {
  const rows = await db
    .selectFrom('sessions')
    .select(['id', 'token_hash', 'created_at', 'expires_at', 'address', 'device'])
    .where('staff_id', '=', staff)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('expires_at', 'desc')
    .execute()
  const mine = token === undefined ? null : hashToken(token)
  return rows.map(
    ({ id, token_hash: hash, created_at: createdAt, expires_at: expiresAt, address, device }) => ({
      ...{ id, createdAt, address, device },
      lastUsedAt: new Date(expiresAt.getTime() - SESSION_LIMITS.idleMs),
      current: mine?.equals(hash) ?? false,
    }),
  )
}

/** Whose session it is; null: there is none of that id. */
export async function ownerOfSession(db: Kysely<Database>, id: string): Promise<StaffId | null> {
  const row = await db.selectFrom('sessions').select('staff_id').where('id', '=', id).executeTakeFirst()
  return row?.staff_id ?? null
}

export async function endSession(db: Kysely<Database>, id: string): Promise<void> {
  await db.deleteFrom('sessions').where('id', '=', id).execute()
}

/** @param but the token of one that stays */
export async function endSessionsOf(db: Kysely<Database>, staff: StaffId, but?: string): Promise<void> {
  let ended = db.deleteFrom('sessions').where('staff_id', '=', staff)
  if (but !== undefined) ended = ended.where('token_hash', '!=', hashToken(but))
  await ended.execute()
}

/**
 * Counts an attempt as failed before it is checked, so that a hundred sent at once do not all find the counter
 * at zero; `forgetFailures` takes it back when the password was right.
 * @returns how long the login must wait first, in ms; 0 when the attempt may be checked
 */
export async function admitAttempt(db: Kysely<Database>, login: string, address: string): Promise<number> {
  return await db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(hashtext('sign-in'), hashtext(${login}))`.execute(trx)
    const all = await trx
      .selectFrom('sign_in_failures')
      .select(['at', 'address'])
      .where('login', '=', login)
      .where('at', '>', fromNow(-SIGN_IN_LIMITS.memoryMs))
      .orderBy('at', 'desc')
      .execute()
    const here = all.filter(failure => failure.address === address)
    const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(trx)
    const now = rows[0]?.now.getTime() ?? Date.now()
    const wait = Math.max(
      signInWaitMs(here.length, here[0]?.at.getTime() ?? 0, now),
      signInWaitMs(all.length, all[0]?.at.getTime() ?? 0, now, SIGN_IN_LIMITS.freeFailuresAnywhere),
    )
    if (wait === 0) await trx.insertInto('sign_in_failures').values({ login, address }).execute()
    return wait
  })
}

/** Those from elsewhere are not the owner's, and still count. */
export async function forgetFailures(db: Kysely<Database>, login: string, address: string): Promise<void> {
  await db.deleteFrom('sign_in_failures').where('login', '=', login).where('address', '=', address).execute()
}

/** Removes what time has made meaningless. */
export async function sweepSessions(db: Kysely<Database>): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', sql<Date>`now()`).execute()
  await db.deleteFrom('sign_in_failures').where('at', '<=', fromNow(-SIGN_IN_LIMITS.memoryMs)).execute()
}

function fromNow(ms: number) {
  return new Date(Date.now() + ms)
}
