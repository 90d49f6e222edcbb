import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type SeatNumber } from '#kernel/ids.ts'
import type { PhoneKind } from '../../contact-center/events.ts'
import { drawPassword } from '../../people/staff/index.ts'
import type { NotReadyReason } from './schema.ts'

/** What one phone of a seat signs in to the PBX with; the PBX holds a copy in memory only. */
export interface SeatCredential {
  readonly seat: SeatNumber
  readonly phone: PhoneKind
  readonly username: string
  readonly password: string
}

/** About 140 bits: SIP digest can be guessed at off line by whoever overhears it. */
const PASSWORD_LENGTH = 24

export function drawPhonePassword(): string {
  return drawPassword(PASSWORD_LENGTH)
}

/**
 * Makes sure that seats first … first+count-1 exist, each with a password for either phone.
 * @returns their numbers
 */
export async function ensureSeats(
  db: Kysely<Database>,
  first: number,
  count: number,
): Promise<readonly SeatNumber[]> {
  const numbers = Array.from({ length: count }, (_, i) => asId<SeatNumber>(String(first + i)))
  const credentials = numbers.flatMap(seat => [
    { seat, phone: 'sip' as const, username: seat, password: drawPhonePassword() },
    { seat, phone: 'browser' as const, username: `${seat}-web`, password: drawPhonePassword() },
  ])
  await db.transaction().execute(async trx => {
    await trx
      .insertInto('seats')
      .values(numbers.map(number => ({ number })))
      .onConflict(conflict => conflict.doNothing())
      .execute()
    await trx
      .insertInto('seat_credentials')
      .values(credentials)
      .onConflict(conflict => conflict.doNothing())
      .execute()
  })
  return numbers
}

/** All phones, to be pushed to the PBX. */
export function seatCredentials(db: Kysely<Database>): Promise<SeatCredential[]> {
  return db
    .selectFrom('seat_credentials')
    .select(['seat', 'phone', 'username', 'password'])
    .orderBy('username')
    .execute()
}

export async function browserCredential(db: Kysely<Database>, seat: SeatNumber): Promise<SeatCredential> {
  return await db
    .selectFrom('seat_credentials')
    .select(['seat', 'phone', 'username', 'password'])
    .where('seat', '=', seat)
    .where('phone', '=', 'browser')
    .executeTakeFirstOrThrow()
}

export async function storeBrowserPassword(
  db: Kysely<Database>,
  seat: SeatNumber,
  password: string,
): Promise<void> {
  await db
    .updateTable('seat_credentials')
    .set({ password })
    .where('seat', '=', seat)
    .where('phone', '=', 'browser')
    .execute()
}

export function notReadyReasons(db: Kysely<Database>): Promise<NotReadyReason[]> {
  return db
    .selectFrom('not_ready_reasons')
    .select(['code', 'name_zh as nameZh', 'name_en as nameEn', 'choosable'])
    .orderBy('position')
    .execute()
}
