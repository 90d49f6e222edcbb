import type { Instant } from '#kernel/time.ts'
import type {
  Bound,
  NumberMaskingProvider,
  ProviderAnswer,
  Subscription,
  SubscriptionChange,
  SubscriptionState,
} from '../../casework/masking/provider.ts'
import { fromCityTime, toCityTime } from './city-time.ts'
import { type AliyunAccount, AliyunRpc, isRecord } from './rpc.ts'

/** A is the citizen, B the unit: who may not call the number. */
const CLOSED_TO = { both: null, 'to-citizen': 'CONTROL_AX_DISABLE', 'to-unit': 'CONTROL_BX_DISABLE' } as const

/**
 * Aliyun's number protection (号码隐私保护) in its AXB form. It has no way to look a binding up by our key, and a bind
 * whose answer is lost would leave a number taken that nobody knows: so the number is named before it is asked for,
 * the same one at each attempt, and what lives on it tells whether it was done.
 */
export class AliyunPrivacy implements NumberMaskingProvider {
  readonly name = 'aliyun'
  private readonly rpc: AliyunRpc

  /** @param answerMs how long it has to answer */
  constructor(account: AliyunAccount, now: () => Instant, answerMs?: number) {
    this.rpc = new AliyunRpc(account, now, answerMs)
  }

  async bind(wanted: Subscription): Promise<ProviderAnswer<Bound>> {
    const { key, number, citizen, unit, direction, expiresAt, records } = wanted
    const closed = CLOSED_TO[direction]
    const answer = await this.rpc.ask('BindAxb', {
      ...{ PhoneNoA: citizen, PhoneNoB: unit, OutId: key },
      ...(number === null ? {} : { PhoneNoX: number }),
      ...(closed === null ? {} : { CallRestrict: closed }),
      Expiration: toCityTime(expiresAt),
      IsRecordingEnabled: String(records),
      // Both see X.
      CallDisplayType: '1',
    })
    if (answer.kind === 'refused' && answer.code === 'isv.BIND_CONFLICT' && number !== null) {
      return await this.whoseConflict(number, citizen, answer)
    }
    if (answer.kind !== 'done') return answer
    const bound = boundIn(answer.value)
    if (bound === null) return { kind: 'unknown', code: 'unreadable' }
    if (number === null || bound.number === number) return { kind: 'done', value: bound }
    // Another number than the one named would be looked for in vain.
    await this.unbind(bound)
    return { kind: 'refused', why: 'account', code: 'other-number' }
  }

  async update(bound: Bound, change: SubscriptionChange): Promise<ProviderAnswer<void>> {
    if (change.expiresAt !== undefined) {
      const answer = await this.change(bound, 'updateExpire', { Expiration: toCityTime(change.expiresAt) })
      if (answer.kind !== 'done') return answer
    }
    if (change.unit !== undefined) {
      return await this.change(bound, 'updateNoB', { PhoneNoB: change.unit })
    }
    return { kind: 'done', value: undefined }
  }

  async unbind(bound: Bound): Promise<ProviderAnswer<void>> {
    const { subsId: SubsId, number: SecretNo } = bound
    const answer = await this.rpc.ask('UnbindSubscription', { SubsId, SecretNo })
    if (!isNotThere(answer)) return nothing(answer)
    const left = await this.query(bound)
    return left.kind === 'done' && left.value === null ? { kind: 'done', value: undefined } : nothing(answer)
  }

  async query({ subsId, number }: Bound): Promise<ProviderAnswer<SubscriptionState | null>> {
    const answer = await this.rpc.ask('QuerySubscriptionDetail', { SubsId: subsId, PhoneNoX: number })
    if (isNotThere(answer)) return { kind: 'done', value: null }
    if (answer.kind !== 'done') return answer
    const { SecretBindDetailDTO: detail } = answer.value
    if (!isRecord(detail) || Number(detail.Status) !== 1) return { kind: 'done', value: null }
    const expiresAt = fromCityTime(detail.ExpireDate)
    if (expiresAt === null) return { kind: 'unknown', code: 'unreadable' }
    const [citizen, unit] = [String(detail.PhoneNoA ?? ''), String(detail.PhoneNoB ?? '')]
    return { kind: 'done', value: { subsId, number, citizen, unit, expiresAt } }
  }

  async held(number: string): Promise<ProviderAnswer<readonly SubscriptionState[]>> {
    const answer = await this.rpc.ask('QuerySubsId', { PhoneNoX: number })
    if (isNotThere(answer)) return { kind: 'done', value: [] }
    if (answer.kind !== 'done') return answer
    // All of them, with commas.
    const ids = String(answer.value.SubsId ?? '').split(',')
    const found: SubscriptionState[] = []
    for (const subsId of ids.map(id => id.trim()).filter(id => id !== '')) {
      const one = await this.query({ subsId, number })
      if (one.kind !== 'done') return one
      if (one.value !== null) found.push(one.value)
    }
    return { kind: 'done', value: found }
  }

  async close(): Promise<void> {
    await this.rpc.close()
  }

  private async change(
    { subsId, number }: Bound,
    operation: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<ProviderAnswer<void>> {
    const all = { ...parameters, OperateType: operation, SubsId: subsId, PhoneNoX: number }
    return nothing(await this.rpc.ask('UpdateSubscription', all))
  }

  /** Our own bind that was thought lost, or somebody else's. */
  private async whoseConflict(
    number: string,
    citizen: string,
    conflict: Exclude<ProviderAnswer<never>, { kind: 'done' }>,
  ): Promise<ProviderAnswer<Bound>> {
    const held = await this.held(number)
    if (held.kind !== 'done') return { kind: 'unknown', code: held.code }
    const ours = held.value.find(one => one.citizen === citizen)
    return ours === undefined ? conflict : { kind: 'done', value: { subsId: ours.subsId, number } }
  }
}

/** What the carrier does not know it calls an argument or a number that is none. */
function isNotThere(answer: ProviderAnswer<unknown>): boolean {
  return answer.kind === 'refused' && answer.why === 'bad-request'
}

function nothing(answer: ProviderAnswer<unknown>): ProviderAnswer<void> {
  return answer.kind === 'done' ? { kind: 'done', value: undefined } : answer
}

function boundIn({ SecretBindDTO: dto }: Readonly<Record<string, unknown>>): Bound | null {
  if (!isRecord(dto)) return null
  const { SubsId: subsId, SecretNo: number } = dto
  return subsId === undefined || typeof number !== 'string' ? null : { subsId: String(subsId), number }
}
