import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database, Role } from '#database/types.ts'
import { type AgentNumber, asId, type StaffId } from '#kernel/ids.ts'
import { type Grant, replaceGrants, roleOfDesk } from '../roles/index.ts'
import { hashPassword } from './passwords.ts'

export interface StaffMember {
  readonly id: StaffId
  readonly login: string
  readonly name: string
  readonly role: Role
  /** 工号; null for staff who take no calls. */
  readonly agentNumber: AgentNumber | null
}

export interface NewStaff {
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly agentNumber: AgentNumber | null
  readonly password: string
  /** Left out: the role of the desk, if it has one. */
  readonly grants?: readonly Grant[]
}

/** Logins are compared without case and outer blanks. */
export function normaliseLogin(login: string): string {
  return login.trim().toLowerCase()
}

export async function addStaff(db: Kysely<Database>, person: NewStaff): Promise<StaffId> {
  const id = asId<StaffId>(randomUUID())
  await db
    .insertInto('staff')
    .values({
      id,
      login: normaliseLogin(person.login),
      name: person.name,
      role: person.role,
      agent_number: person.agentNumber,
      password_hash: await hashPassword(person.password),
    })
    .execute()
  await replaceGrants(db, id, person.grants ?? roleOfDesk(person.role))
  return id
}

/** Only those who may still sign in. */
export async function findByLogin(
  db: Kysely<Database>,
  login: string,
): Promise<{ readonly member: StaffMember; readonly passwordHash: string } | null> {
  const row = await db
    .selectFrom('staff')
    .select(['id', 'login', 'name', 'role', 'agent_number', 'password_hash'])
    .where('login', '=', normaliseLogin(login))
    .where('active', '=', true)
    .executeTakeFirst()
  if (row === undefined) return null
  const { password_hash: passwordHash, agent_number: agentNumber, ...rest } = row
  return { member: { ...rest, agentNumber }, passwordHash }
}
