import type { BindingId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { MaskDirection, MaskSide } from '../../cases/masking/binding.ts'

/**
 * Whoever has numbers that stand for two people's: this PBX, or a carrier. In the field's letters a subscription is an
 * AXB: A the citizen, B the unit, X the number that both see and dial.
 */
export interface NumberMaskingProvider {
  /** As it stands in rows and addresses: `pbx`, `aliyun`. */
  readonly name: string
  /** May be repeated with the same key and number: there is one subscription all the same. */
  bind(wanted: Subscription): Promise<ProviderAnswer<Bound>>
  update(bound: Bound, change: SubscriptionChange): Promise<ProviderAnswer<void>>
  /** What is not there any more is unbound. */
  unbind(bound: Bound): Promise<ProviderAnswer<void>>
  /** Null: there is none, or none any more. */
  query(bound: Bound): Promise<ProviderAnswer<SubscriptionState | null>>
  /** All that live on a number, whoever made them. */
  held(number: string): Promise<ProviderAnswer<readonly SubscriptionState[]>>
}

/** What came of asking. `code` is the provider's own word or that of the network, without numbers: fit for a log. */
export type ProviderAnswer<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** It would say the same again. */
  | { readonly kind: 'refused'; readonly why: ProviderRefusal; readonly code: string }
  /** Nothing was done; it is worth trying again. */
  | { readonly kind: 'later'; readonly code: string }
  /** It may have been done or not: whoever asks again looks first. */
  | { readonly kind: 'unknown'; readonly code: string }

export type ProviderRefusal =
  /** What was asked for cannot be, or is not there. */
  | 'bad-request'
  /** The number serves somebody else for these people. */
  | 'number-taken'
  /** Key, rights or money: nothing goes until a person has seen to it. */
  | 'account'

export interface Subscription {
  /** Ours; comes back with what is told of the calls. */
  readonly key: BindingId
  /** Null: the provider chooses. One that is named makes a repeated bind harmless. */
  readonly number: string | null
  readonly citizen: string
  readonly unit: string
  readonly direction: MaskDirection
  readonly expiresAt: Instant
  readonly records: boolean
}

export interface Bound {
  readonly subsId: string
  readonly number: string
}

export interface SubscriptionChange {
  readonly expiresAt?: Instant
  /** Which of the unit's telephones it is from now on. */
  readonly unit?: string
}

export interface SubscriptionState extends Bound {
  readonly citizen: string
  readonly unit: string
  /** Null: no end is known. */
  readonly expiresAt: Instant | null
}

/** What a provider tells of calls, over HTTP, as often and in whatever order it pleases. */
export interface CarrierEventReader {
  readonly name: string
  /** Whether whoever calls knows the secret that stands in the address which the provider was given. */
  isGenuine(token: string): boolean
  /** What is told in a message, in our words; what is none of ours (short messages) is left out. */
  read(message: readonly Readonly<Record<string, unknown>>[]): readonly CarrierEvent[]
}

export type CarrierEventKind = 'begun' | 'ringing' | 'answered' | 'ended' | 'recording-ready'

export interface CarrierEvent {
  /** The same at each delivery, and no other event's. */
  readonly id: string
  readonly kind: CarrierEventKind
  /** The provider's id of the call. */
  readonly call: string
  readonly subsId: string
  /** The key of the subscription, if it was told. */
  readonly key: string | null
  /** Who began the call; null: was not told. */
  readonly from: MaskSide | null
  /** What is known of the call's times by now; null: not, or not yet. */
  readonly begunAt: Instant | null
  readonly ringingAt: Instant | null
  readonly answeredAt: Instant | null
  readonly endedAt: Instant | null
  /** Q.850, of a call that ended. */
  readonly cause: number | null
}
