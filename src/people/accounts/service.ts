import type { Kysely, Transaction } from 'kysely'
import { isRefusedByTables } from '#database/refused.ts'
import type { ApprovalKind, Database } from '#database/types.ts'
import { type AgentNumber, asId, type StaffId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok, Refused, refuse } from '#kernel/outcome.ts'
import { appendAudit } from '../../casework/trail/index.ts'
import { holds, roles } from '../roles/index.ts'
import { endSessionsOf } from '../sessions/index.ts'
import { addStaff, drawPassword, hashPassword, type StaffMember } from '../staff/index.ts'
import { type Change, carryOut } from './changes.ts'
import { checkPassword, checkRights, managesStaff } from './rules.ts'
import type {
  Account,
  AccountForm,
  AccountPage,
  AccountQuery,
  Added,
  Approval,
  Done,
  NewAccount,
  RightsForm,
} from './schema.ts'
import {
  addApproval,
  decide,
  findAccount,
  findApproval,
  knownUnits,
  listAccounts,
  lockAccounts,
  writeAccount,
  writePassword,
} from './store.ts'

const PAGE = 100
const DRAWN_CHARACTERS = 12

/** One act on the accounts: allowed to whoever may edit staff, one at a time, whole or not at all. */
async function asEditor<T>(
  db: Kysely<Database>,
  member: StaffMember,
  act: (trx: Transaction<Database>) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    return await db.transaction().execute(async trx => {
      await lockAccounts(trx)
      // Asked behind the lock: whoever had it may just have taken this one's rights.
      const outcome = (await holds(trx, member, 'staff.edit')) ? await act(trx) : refuse('not-allowed')
      // What was written before the refusal goes with it.
      if (!outcome.ok) throw new Refused(outcome.refusal)
      return outcome
    })
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal }
    throw error
  }
}

function audit(
  trx: Transaction<Database>,
  member: StaffMember,
  entry: { readonly act: string; readonly key: string; readonly why?: string; readonly detail?: object },
): Promise<void> {
  const { act, key, why = '', detail = {} } = entry
  const subject = act.startsWith('rights') ? 'roles' : 'staff'
  return appendAudit(trx, {
    ...{ subject, act, key, why, detail },
    by: { kind: 'staff', staff: member.id, name: member.name },
  })
}

export async function accountPage(
  db: Kysely<Database>,
  member: StaffMember,
  query: AccountQuery,
): Promise<Outcome<AccountPage>> {
  if (!(await holds(db, member, 'staff.edit'))) return refuse('not-allowed')
  const found = await listAccounts(db, query, PAGE + 1)
  const items = found.slice(0, PAGE)
  return ok({ items, next: found.length > PAGE ? (items.at(-1)?.login ?? null) : null })
}

/** Opens an account that may do nothing yet, and asks for the rights that it is to have. */
export async function addAccount(
  db: Kysely<Database>,
  member: StaffMember,
  form: NewAccount,
): Promise<Outcome<Added>> {
  return await asEditor(db, member, async trx => {
    const { why, ...rights } = form.rights
    const checked = await checkedRights(trx, rights)
    if (!checked.ok) return checked
    const password = drawPassword(DRAWN_CHARACTERS)
    const agentNumber = form.agentNumber === null ? null : asId<AgentNumber>(form.agentNumber)
    const { login, name } = form
    const person = {
      login,
      name: name.trim(),
      agentNumber,
      password,
      role: 'caseworker',
      grants: [],
    } as const
    const added = await unlessTaken(addStaff(trx, person))
    if (!added.ok) return added
    const account = await findAccount(trx, added.value)
    if (account === null) throw new Error('an account that was just added is gone')
    await audit(trx, member, { act: 'add', key: account.login, why })
    const approval = await request(trx, member, { kind: 'rights', account, why, after: checked.value })
    return approval.ok ? ok({ account, password, approval: approval.value }) : approval
  })
}

export async function editAccount(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  form: AccountForm,
): Promise<Outcome<Account>> {
  return await asEditor(db, member, async trx => {
    const before = await findAccount(trx, asId<StaffId>(id))
    if (before === null) return refuse('not-found')
    const saved = await unlessTaken(writeAccount(trx, asId<StaffId>(id), form))
    if (!saved.ok) return saved
    const after = await findAccount(trx, asId<StaffId>(id))
    if (after === null) return refuse('not-found')
    const detail = { before: shown(before), after: shown(after) }
    await audit(trx, member, { act: 'edit', key: before.login, detail })
    return ok(after)
  })
}

function shown({ name, agentNumber }: Account): object {
  return { name, agentNumber }
}

/** Who may do what is always decided by two. */
export async function askRights(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  { why, ...form }: RightsForm & { readonly why: string },
): Promise<Outcome<Approval>> {
  return await asEditor(db, member, async trx => {
    const account = await findAccount(trx, asId<StaffId>(id))
    if (account === null) return refuse('not-found')
    const checked = await checkedRights(trx, form)
    return checked.ok
      ? await request(trx, member, { kind: 'rights', account, why, after: checked.value })
      : checked
  })
}

async function checkedRights(trx: Transaction<Database>, form: RightsForm): Promise<Outcome<RightsForm>> {
  const named = form.grants.flatMap(({ unit }) => (unit === null ? [] : [unit]))
  return checkRights(form, await roles(trx), await knownUnits(trx, named))
}

/**
 * Closes, reopens, gives a new password, deletes. For the account of an administrator it takes two, since one who
 * could take over another administrator would be both people of every later approval; a deletion always does.
 */
export async function change(
  db: Kysely<Database>,
  member: StaffMember,
  id: string,
  kind: Exclude<ApprovalKind, 'rights'>,
  why: string,
): Promise<Outcome<Done>> {
  return await asEditor<Done>(db, member, async trx => {
    const account = await findAccount(trx, asId<StaffId>(id))
    if (account === null) return refuse('not-found')
    if (account.id === member.id) return refuse('own-account')
    if (kind === 'delete' || managesStaff(account.grants, await roles(trx))) {
      const approval = await request(trx, member, { kind, account, why, after: null })
      return approval.ok ? ok({ approval: approval.value, password: null }) : approval
    }
    const done = await carryOut(trx, { kind, account, after: null })
    if (!done.ok) return done
    await audit(trx, member, { act: kind, key: account.login, why })
    return ok({ approval: null, password: done.value })
  })
}

async function request(
  trx: Transaction<Database>,
  member: StaffMember,
  { kind, account, why, after }: Change & { readonly why: string },
): Promise<Outcome<Approval>> {
  const { login, name, role, grants, singleSignOn } = account
  const before = kind === 'rights' ? { role, grants, singleSignOn } : null
  const asked = await addApproval(trx, {
    ...{ kind, why, by: member.id, staff: asId<StaffId>(account.id) },
    payload: { login, name, before, after },
  })
  if (asked === null) return refuse('exists-already')
  await audit(trx, member, {
    act: `${kind}-asked`,
    key: login,
    why,
    detail: { approval: asked.id, before, after },
  })
  return ok(asked)
}

/** Agrees to or refuses what another asked for; whoever asked may take it back. */
export async function settle(
  db: Kysely<Database>,
  member: StaffMember,
  id: number,
  decision: 'agreed' | 'refused' | 'withdrawn',
): Promise<Outcome<Done>> {
  return await asEditor(db, member, async trx => {
    const approval = await findApproval(trx, id)
    if (approval === null) return refuse('not-found')
    if (approval.decision !== null) return refuse('already-decided')
    if ((approval.askedBy === member.id) !== (decision === 'withdrawn')) {
      return refuse(decision === 'withdrawn' ? 'not-allowed' : 'own-request')
    }
    await decide(trx, id, decision, member.id)
    let password: string | null = null
    if (decision === 'agreed') {
      const account = await findAccount(trx, asId<StaffId>(approval.staff))
      if (account === null) return refuse('not-found')
      const done = await carryOut(trx, { kind: approval.kind, account, after: approval.after })
      if (!done.ok) return done
      password = done.value
    }
    const { kind, login, after } = approval
    await audit(trx, member, { act: `${kind}-${decision}`, key: login, detail: { approval: id, after } })
    return ok({ approval: await findApproval(trx, id), password })
  })
}

/**
 * Everybody's own password; the other sessions end with the old one.
 * @param token of the session that stays
 */
export async function changeOwnPassword(
  db: Kysely<Database>,
  member: StaffMember,
  token: string,
  form: { readonly current: string; readonly next: string },
): Promise<Outcome<void>> {
  const checked = checkPassword(member.login, form.current, form.next)
  if (!checked.ok) return checked
  const hash = await hashPassword(checked.value)
  await db.transaction().execute(async trx => {
    await writePassword(trx, member.id, hash)
    await endSessionsOf(trx, member.id, token)
    await audit(trx, member, { act: 'own-password', key: member.login })
  })
  return ok(undefined)
}

/** A login or an agent number is one person's: the number is named, since it may be left as it was. */
async function unlessTaken<T>(write: Promise<T>): Promise<Outcome<T>> {
  try {
    return ok(await write)
  } catch (error) {
    if (!isRefusedByTables(error) || error.code !== '23505') throw error
    return error.constraint === 'staff_agent_number_key'
      ? badInput({ agentNumber: 'taken' })
      : refuse('exists-already')
  }
}
