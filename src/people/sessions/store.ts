import { createHash, randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import type { StaffMember } from '../staff/index.ts'
import { SESSION_LIMITS, SIGN_IN_LIMITS, signInWaitMs } from './rules.ts'

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** @returns the token for the cookie; it is kept nowhere else */
export async function openSession(db: Kysely<Database>, staff: StaffId): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await db
    .insertInto('sessions')
    .values({ token_hash: hashToken(token), staff_id: staff, expires_at: fromNow(SESSION_LIMITS.idleMs) })
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

/**
 * Counts an attempt as failed before it is checked, so that a hundred sent at once do not all find the counter
 * at zero; `forgetFailures` takes it back when the password was right.
 * @returns how long the login must wait first, in ms; 0 when the attempt may be checked
 */
export async function admitAttempt(db: Kysely<Database>, login: string): Promise<number> {
  return await db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(hashtext('sign-in'), hashtext(${login}))`.execute(trx)
    const { failures, last, now } = await trx
      .selectFrom('sign_in_failures')
      .select(({ fn }) => [
        fn.countAll<number>().as('failures'),
        fn.max<Date | null>('at').as('last'),
        sql<Date>`clock_timestamp()`.as('now'),
      ])
      .where('login', '=', login)
      .where('at', '>', fromNow(-SIGN_IN_LIMITS.memoryMs))
      .executeTakeFirstOrThrow()
    const wait = last === null ? 0 : signInWaitMs(failures, last.getTime(), now.getTime())
    if (wait === 0) await trx.insertInto('sign_in_failures').values({ login }).execute()
    return wait
  })
}

export async function forgetFailures(db: Kysely<Database>, login: string): Promise<void> {
  await db.deleteFrom('sign_in_failures').where('login', '=', login).execute()
}

/** Removes what time has made meaningless. */
export async function sweepSessions(db: Kysely<Database>): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', sql<Date>`now()`).execute()
  await db.deleteFrom('sign_in_failures').where('at', '<=', fromNow(-SIGN_IN_LIMITS.memoryMs)).execute()
}

function fromNow(ms: number) {
  return new Date(Date.now() + ms)
}
