import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database, ShiftDuty } from '#database/types.ts'
import { type AgentNumber, asId, type SkillId, type StaffId } from '#kernel/ids.ts'
import { MINUTE_MS } from '#kernel/time.ts'
import { seatCredentials } from '../floor/seats/index.ts'
import { addStaff, drawPassword, type NewStaff } from '../people/staff/index.ts'
import { categoryRows } from './categories.ts'
import { seedDispatch } from './dispatch.ts'
import {
  AGENT_NAMES,
  AGENT_SKILLS,
  CHIEF,
  DIRECTORY,
  FIRST_AGENT_NUMBER,
  FIRST_LEAD_NUMBER,
  LINES,
  ORDER_TYPES,
  OTHER_STAFF,
  QUEUES,
  REASON_LIMITS,
  REASONS,
  SKILLS,
} from './lists.ts'
import { seedNumberPools } from './number-pools.ts'
import { draftCaseworkers } from './roles.ts'
import { type OnRoster, seedRoster } from './roster.ts'
import { seedUnits } from './units.ts'

const PASSWORD_LENGTH = 12

/**
 * Fills an empty database with 海棠市: accounts, lines, reasons, types, categories, areas and
 * units, pools of short numbers, a roster. Passwords are drawn and
 * written to demo-accounts.txt in the secrets folder, readable by its owner only, as `login password role`.
 * @returns false when the database has people already; nothing is changed then
 */
export async function seedDemoCity(db: Kysely<Database>, secretsFolder: string): Promise<boolean> {
  return await db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(hashtext('demo-city'))`.execute(trx)
    if ((await trx.selectFrom('staff').select('id').limit(1).executeTakeFirst()) !== undefined) return false
    await seedLists(trx)
    await seedUnits(trx)
    await seedDispatch(trx)
    await seedNumberPools(trx)
    const people = [...draftPeople(), ...(await draftCaseworkers(trx, PASSWORD_LENGTH))]
    const onRoster: OnRoster[] = []
    for (const person of people) {
      const id = await addStaff(trx, person)
      await seedSkills(trx, id, person.agentNumber)
      const duty = dutyOf(person)
      if (duty !== null) onRoster.push({ id, duty })
    }
    await seedRoster(trx, onRoster, Date.now())
    // Before the commit: accounts whose passwords nobody can read would be worse than a file too many.
    const lines = people.map(({ login, password, role, grants }) => {
      const work = role === 'caseworker' ? grants?.[0]?.role : undefined
      return `${login} ${password} ${work ?? role}`
    })
    await writeSecret(secretsFolder, 'demo-accounts.txt', lines)
    return true
  })
}

/** Writes seat-phones.txt, `seat username password` for each SIP phone, for whoever sets up the desks. */
export async function writeSeatPhones(db: Kysely<Database>, secretsFolder: string): Promise<void> {
  const phones = (await seatCredentials(db)).filter(credential => credential.phone === 'sip')
  const lines = phones.map(({ seat, username, password }) => `${seat} ${username} ${password}`)
  await writeSecret(secretsFolder, 'seat-phones.txt', lines)
}

function draftPeople(): readonly NewStaff[] {
  const agents = AGENT_NAMES.map((name, i): NewStaff => {
    const number = String(FIRST_AGENT_NUMBER + i)
    const agentNumber = asId<AgentNumber>(number)
    return { login: `a${number}`, name, role: 'agent', agentNumber, password: drawPassword(PASSWORD_LENGTH) }
  })
  const leads = OTHER_STAFF.filter(([, , role]) => role === 'shift-lead').map(([login]) => login)
  const others = OTHER_STAFF.map(
    ([login, name, role]): NewStaff => ({
      login,
      name,
      role,
      agentNumber: leads.includes(login) ? leadNumber(leads.indexOf(login)) : null,
      password: drawPassword(PASSWORD_LENGTH),
    }),
  )
  return [...agents, ...others]
}

function leadNumber(position: number): AgentNumber {
  return asId(String(FIRST_LEAD_NUMBER + position))
}

function dutyOf({ login, role }: NewStaff): ShiftDuty | null {
  if (login === CHIEF) return 'chief'
  return role === 'agent' || role === 'shift-lead' ? role : null
}

async function seedSkills(
  trx: Transaction<Database>,
  staff: StaffId,
  number: AgentNumber | null,
): Promise<void> {
  const had = Object.entries(number === null ? {} : (AGENT_SKILLS[number] ?? {}))
  if (had.length === 0) return
  const rows = had.map(([skill, level]) => ({ staff_id: staff, skill_id: asId<SkillId>(skill), level }))
  await trx.insertInto('staff_skills').values(rows).execute()
}

async function seedLists(trx: Transaction<Database>): Promise<void> {
  await trx
    .insertInto('skills')
    .values(SKILLS.map(([id, name_zh, name_en]) => ({ id: asId<SkillId>(id), name_zh, name_en })))
    .execute()
  await trx
    .insertInto('queues')
    .values(
      QUEUES.map(queue => ({
        ...queue,
        needs: JSON.stringify(queue.needs),
        steps: JSON.stringify(queue.steps),
      })),
    )
    .execute()
  await trx.insertInto('lines').values(LINES).execute()
  await trx
    .insertInto('directory_entries')
    .values(DIRECTORY.map(entry => ({ id: randomUUID(), ...entry })))
    .execute()
  await trx
    .insertInto('not_ready_reasons')
    .values(REASONS.map(([code, name_zh, name_en], i) => ({ code, name_zh, name_en, position: i + 1 })))
    .execute()
  await trx
    .insertInto('alarm_limits')
    .values(
      REASON_LIMITS.map(([reason, warning, serious]) => ({
        kind: 'long-not-ready' as const,
        reason,
        warning: warning * MINUTE_MS,
        serious: serious * MINUTE_MS,
      })),
    )
    .execute()
  await trx
    .insertInto('order_types')
    .values(ORDER_TYPES.map(([code, name_zh, name_en], i) => ({ code, name_zh, name_en, position: i + 1 })))
    .execute()
  await trx
    .insertInto('categories')
    .values([...categoryRows()])
    .execute()
}

async function writeSecret(folder: string, name: string, lines: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, name)
  const text = lines.map(line => `${line}\n`).join('')
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}
