import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#database/types.ts'
import { appendAudit } from '../../casework/trail/index.ts'
import { type From, openSession } from '../sessions/index.ts'
import { isAway, isDenied, Provider, reasonOf, type SingleSignOnSettings } from './provider.ts'
import { seal, unseal } from './rules.ts'
import type { SignInProblem } from './schema.ts'
import { findBySubject } from './store.ts'

interface Parts {
  readonly db: Kysely<Database>
  readonly settings: SingleSignOnSettings
  readonly log: Logger
}

/** A session, or why there is none. */
type Finished = { readonly token: string } | { readonly problem: SignInProblem }

/** Signing in by the city's identity provider. Every attempt that came back to us is on record, under `staff`. */
export class SingleSignOn {
  private readonly db: Kysely<Database>
  private readonly log: Logger
  private readonly provider: Provider
  private readonly secret: string

  constructor({ db, settings, log }: Parts) {
    this.db = db
    this.log = log
    this.provider = new Provider(settings)
    this.secret = settings.clientSecret
  }

  /** @returns where to send the browser, and the cookie it is to bring back; null when the provider does not answer */
  async begin(): Promise<{ readonly url: URL; readonly cookie: string } | null> {
    try {
      const { url, pending } = await this.provider.begin()
      return { url, cookie: seal(pending, this.secret) }
    } catch (error) {
      this.log.warn({ reason: reasonOf(error) }, 'the single sign-on cannot be reached')
      return null
    }
  }

  /** @param search the query with which the provider sent the browser back */
  async finish(search: string, cookie: string | undefined, from: From): Promise<Finished> {
    const pending = cookie === undefined ? null : unseal(cookie, this.secret, Date.now())
    // Not on record: anybody may call up this address, as often as they like.
    if (pending === null) return { problem: 'expired' }
    let subject: string
    try {
      subject = await this.provider.finish(search, pending)
    } catch (error) {
      const problem = isAway(error) ? 'unavailable' : isDenied(error) ? 'denied' : 'failed'
      const reason = reasonOf(error)
      this.log.warn({ problem, reason }, 'a single sign-on did not come off')
      return await this.refused(problem, { key: '', reason, address: from.address })
    }
    return await this.open(subject, from)
  }

  private async open(subject: string, from: From): Promise<Finished> {
    const account = await findBySubject(this.db, subject)
    const { address } = from
    if (account === null) return await this.refused('unknown-account', { key: subject, address })
    if (!account.active) return await this.refused('closed-account', { key: account.login, address })
    return await this.db.transaction().execute(async trx => {
      const token = await openSession(trx, account.id, from)
      await appendAudit(trx, {
        ...{ subject: 'staff', act: 'single-sign-on', key: account.login, why: '', detail: { address } },
        by: { kind: 'staff', staff: account.id, name: account.name },
      })
      return { token }
    })
  }

  private async refused(
    problem: SignInProblem,
    { key, ...detail }: { readonly key: string; readonly reason?: string; readonly address: string },
  ): Promise<Finished> {
    await this.db.transaction().execute(trx =>
      appendAudit(trx, {
        ...{ subject: 'staff', act: 'single-sign-on-refused', key, why: problem, detail },
        by: { kind: 'service', job: 'single-sign-on' },
      }),
    )
    return { problem }
  }
}
