import type { Transaction } from 'kysely'
import { isRefusedByTables } from '#database/refused.ts'
import type { ApprovalKind, Database } from '#database/types.ts'
import { asId, type StaffId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { holdersOf, replaceGrants } from '../roles/index.ts'
import { endSessionsOf } from '../sessions/index.ts'
import { drawPassword, hashPassword } from '../staff/index.ts'
import type { Account, RightsForm } from './schema.ts'
import { deleteAccount, satSomewhere, setActive, writeDesk, writePassword } from './store.ts'

const DRAWN_CHARACTERS = 12

export interface Change {
  readonly kind: ApprovalKind
  readonly account: Account
  /** For `rights`. */
  readonly after: RightsForm | null
}

/**
 * Does what was agreed to, or what needs no agreement. A refusal leaves the transaction to be undone.
 * @returns a drawn password, for that kind
 */
export async function carryOut(trx: Transaction<Database>, change: Change): Promise<Outcome<string | null>> {
  const done = await apply(trx, change)
  if (!done.ok) return done
  const left = await holdersOf(trx, 'staff.edit')
  return left.length === 0 ? refuse('last-admin') : done
}

async function apply(
  trx: Transaction<Database>,
  { kind, account, after }: Change,
): Promise<Outcome<string | null>> {
  const id = asId<StaffId>(account.id)
  switch (kind) {
    case 'rights':
      if (after === null) throw new Error('a change of rights without rights')
      return await giveRights(trx, id, after)
    case 'close':
      await setActive(trx, id, false)
      await endSessionsOf(trx, id)
      return ok(null)
    case 'reopen':
      await setActive(trx, id, true)
      return ok(null)
    case 'password': {
      const password = drawPassword(DRAWN_CHARACTERS)
      await writePassword(trx, id, await hashPassword(password))
      await endSessionsOf(trx, id)
      return ok(password)
    }
    case 'delete':
      return await forget(trx, id)
  }
}

/** The unit or the role may have gone since it was asked for, the single sign-on be somebody else's by now. */
async function giveRights(
  trx: Transaction<Database>,
  id: StaffId,
  after: RightsForm,
): Promise<Outcome<string | null>> {
  try {
    await writeDesk(trx, id, after)
    await replaceGrants(trx, id, after.grants)
    return ok(null)
  } catch (error) {
    if (isRefusedByTables(error))
      return refuse(error.code === '23505' ? 'exists-already' : 'changed-meanwhile')
    throw error
  }
}

async function forget(trx: Transaction<Database>, id: StaffId): Promise<Outcome<string | null>> {
  if (await satSomewhere(trx, id)) return refuse('left-a-trace')
  try {
    await deleteAccount(trx, id)
    return ok(null)
  } catch (error) {
    if (isRefusedByTables(error)) return refuse('left-a-trace')
    throw error
  }
}
