import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import type { Outcome } from '#kernel/outcome.ts'
import { ok, refuse } from '#kernel/outcome.ts'
import { standingOf } from '../roles/index.ts'
import { findByLogin, normaliseLogin, passwordFits, type StaffMember } from '../staff/index.ts'
import {
  admitAttempt,
  closeSession,
  type From,
  findSession,
  forgetFailures,
  liveTokens,
  openSession,
} from './store.ts'

export interface SignedIn {
  readonly token: string
  readonly member: StaffMember
}

/** Signing in and out. A wrong login and a wrong password get the same answer after the same time. */
export class Sessions {
  private readonly db: Kysely<Database>

  constructor(db: Kysely<Database>) {
    this.db = db
  }

  async signIn(givenLogin: string, password: string, from: From): Promise<Outcome<SignedIn>> {
    const login = normaliseLogin(givenLogin)
    const checked = await this.checkPassword(login, password, from.address)
    if (!checked.ok) return checked
    const member = checked.value
    return ok({ token: await openSession(this.db, member.id, from), member })
  }

  /** Throttled: also whoever found a desk unlocked may not try the old password for ever. */
  async checkPassword(login: string, password: string, address: string): Promise<Outcome<StaffMember>> {
    const wait = await admitAttempt(this.db, login, address)
    if (wait > 0) return { ok: false, refusal: { code: 'too-many-attempts', retryAfterMs: wait } }
    const found = await findByLogin(this.db, login)
    if (!(await passwordFits(found?.passwordHash ?? null, password)) || found === null) {
      return refuse('wrong-password')
    }
    await forgetFailures(this.db, login, address)
    return ok(found.member)
  }

  async find(token: string | undefined): Promise<StaffMember | null> {
    return token === undefined ? null : await findSession(this.db, token)
  }

  /** What they may do, and over which units. */
  standing(staff: StaffId) {
    return standingOf(this.db, staff)
  }

  /** Those of the tokens whose session has not ended and whose owner may still sign in. */
  async live(tokens: readonly string[]): Promise<ReadonlySet<string>> {
    return tokens.length === 0 ? new Set() : await liveTokens(this.db, tokens)
  }

  async signOut(token: string): Promise<void> {
    await closeSession(this.db, token)
  }
}
