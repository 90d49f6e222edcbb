import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type BindingId, type ShortNumber } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import { isRunning, leaseOver } from '../../cases/masking/lease.ts'
import { leaseOf, onTrail } from './keep.ts'
import type {
  Bound,
  NumberMaskingProvider,
  ProviderAnswer,
  Subscription,
  SubscriptionChange,
  SubscriptionState,
} from './provider.ts'
import { type BindingRow, citizenNumberOf, date, readBinding, setLease } from './store.ts'
import { readTelephones } from './telephones.ts'

/**
 * This PBX, whose subscriptions are the bindings themselves: a binding was given its short number in the transaction
 * that made it, and the PBX looks at it when a call comes. So there is nothing to ask, to lose or to repeat.
 */
export class PbxProvider implements NumberMaskingProvider {
  readonly name = 'pbx'
  private readonly db: Kysely<Database>
  private readonly now: () => Instant

  constructor(db: Kysely<Database>, now: () => Instant) {
    this.db = db
    this.now = now
  }

  async bind({ key }: Subscription): Promise<ProviderAnswer<Bound>> {
    const row = await readBinding(this.db, key)
    if (row === null || !isRunning(leaseOf(row), this.now())) return NOT_THERE
    const { short_number: number } = row
    if (number === null) return { kind: 'later', code: 'no-number-free' }
    return { kind: 'done', value: { subsId: key, number } }
  }

  /** All registered telephones of a unit speak for it already: another one is no news here. */
  async update(bound: Bound, { expiresAt }: SubscriptionChange): Promise<ProviderAnswer<void>> {
    if (expiresAt === undefined) return DONE
    return await this.change(bound, async (trx, row) => {
      await setLease(trx, row, { valid_until: date(expiresAt) })
      return DONE
    })
  }

  async unbind(bound: Bound): Promise<ProviderAnswer<void>> {
    const answer = await this.change(bound, async (trx, row, at) => {
      await setLease(trx, row, { ended_at: new Date(at), end_reason: 'by-hand' })
      const { id: binding, order_id: order, unit_id: unit, short_number: short } = row
      const by = { kind: 'service', job: 'masking' } as const
      const detail = { binding, unit, short, cause: 'by-hand' }
      await onTrail(trx, { order, at, by, act: 'mask-end', why: '' }, detail)
      return DONE
    })
    return answer.kind === 'refused' ? DONE : answer
  }

  async query({ subsId }: Bound): Promise<ProviderAnswer<SubscriptionState | null>> {
    const row = await readBinding(this.db, asId<BindingId>(subsId))
    const running = row !== null && isRunning(leaseOf(row), this.now())
    return { kind: 'done', value: running ? await this.stateOf(row) : null }
  }

  async held(number: string): Promise<ProviderAnswer<readonly SubscriptionState[]>> {
    const rows = await this.db
      .selectFrom('bindings')
      .selectAll()
      .where('short_number', '=', asId<ShortNumber>(number))
      .execute()
    const running = rows.filter(row => isRunning(leaseOf(row), this.now()))
    const states = await Promise.all(running.map(row => this.stateOf(row)))
    return { kind: 'done', value: states.filter(state => state !== null) }
  }

  private async stateOf(row: BindingRow): Promise<SubscriptionState | null> {
    const { id: subsId, order_id: order, unit_id: unit, short_number: number } = row
    if (number === null) return null
    const citizen = await citizenNumberOf(this.db, order)
    const telephones = await readTelephones(this.db, [unit])
    const [phone = ''] = telephones.of(unit)
    const answersAt = telephones.answersAt(unit, this.now()) ?? phone
    return { subsId, number, citizen, unit: answersAt, expiresAt: leaseOver(leaseOf(row)) }
  }

  /** Whoever acts on an order holds its row first, always. */
  private async change(
    { subsId }: Bound,
    act: (trx: Transaction<Database>, row: BindingRow, at: Instant) => Promise<ProviderAnswer<void>>,
  ): Promise<ProviderAnswer<void>> {
    const key = asId<BindingId>(subsId)
    const found = await readBinding(this.db, key)
    if (found === null) return NOT_THERE
    return await this.db.transaction().execute(async trx => {
      await trx.selectFrom('work_orders').select('id').where('id', '=', found.order_id).forUpdate().execute()
      const [row, at] = [await readBinding(trx, key), this.now()]
      return row !== null && isRunning(leaseOf(row), at) ? await act(trx, row, at) : NOT_THERE
    })
  }
}

const DONE = { kind: 'done', value: undefined } as const
const NOT_THERE = { kind: 'refused', why: 'bad-request', code: 'not-there' } as const
