import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import type { Right } from '../../cases/rights.ts'
import { type StaffActor, type Standing, standingFrom, toActor } from './rules.ts'
import { grantsInForce } from './store.ts'

/** Somebody as the cases know them; read anew for each act, so that what was taken away is gone at once. */
export async function actorOf(
  db: Kysely<Database>,
  member: { readonly id: StaffId; readonly name: string },
): Promise<StaffActor> {
  return toActor(member, await grantsInForce(db, member.id))
}

/** Rights and units, as a page is told them. */
export async function standingOf(db: Kysely<Database>, staff: StaffId): Promise<Standing> {
  return standingFrom(await grantsInForce(db, staff))
}

/** Whether somebody holds a right over the whole city. */
export async function holds(
  db: Kysely<Database>,
  member: { readonly id: StaffId; readonly name: string },
  right: Right,
): Promise<boolean> {
  return (await actorOf(db, member)).city.has(right)
}
