import type { UnitId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { HOUR_MS, type Instant } from '#kernel/time.ts'
import { standing } from '../life/assignments.ts'
import type { Order, OrderStatus } from '../life/order.ts'
import { isProtected } from '../secrecy.ts'

/** 秘密工单 (made by themselves) and 人工绑定 have pools of their own, so that neither runs the other dry. */
export const POOL_USES = ['secret', 'by-hand'] as const
export type PoolUse = (typeof POOL_USES)[number]

/** Why a binding is over before its time: somebody ended it, its unit is out of the order, or nobody works on it. */
export const END_REASONS = ['by-hand', 'unit-out', 'order-over'] as const
export type EndReason = (typeof END_REASONS)[number]

export const POOL_STATES = ['ok', 'low', 'dry'] as const
export type PoolState = (typeof POOL_STATES)[number]

const OVER: ReadonlySet<OrderStatus> = new Set(['closed', 'archived', 'emergency', 'void', 'merged'])

/** Nobody works on it any more: bindings have their grace (宽限) from here on. */
export function isOver({ status }: Pick<Order, 'status'>): boolean {
  return OVER.has(status)
}

export interface LeaseChanges {
  /** Units that are given a binding by themselves. */
  readonly make: readonly UnitId[]
  /** Units whose bindings end at once: they are out of the order. */
  readonly end: readonly UnitId[]
  readonly order: 'closes' | 'reopens' | null
}

/**
 * What an act means for the bindings of its order. Units that had the order before get none anew, so that one which
 * somebody has ended stays ended.
 */
export function leaseChanges(before: Order, after: Order): LeaseChanges {
  const [had, has] = [unitsOf(before), unitsOf(after)]
  const [wasOver, over] = [isOver(before), isOver(after)]
  const anew = isProtected(after) && (wasOver || !isProtected(before))
  const given = has.filter(unit => anew || !had.includes(unit))
  return {
    make: over || !isProtected(after) ? [] : given,
    end: had.filter(unit => !has.includes(unit)),
    order: wasOver === over ? null : over ? 'closes' : 'reopens',
  }
}

function unitsOf(order: Order): readonly UnitId[] {
  return standing(order).map(({ unit }) => unit)
}

/** When a binding ends once its order has closed: after the grace, or when it would have ended before. */
export function endAfterClose(validUntil: Instant | null, closedAt: Instant, graceHours: number): Instant {
  const grace = closedAt + graceHours * HOUR_MS
  return validUntil === null ? grace : Math.min(validUntil, grace)
}

export interface Lease {
  /** Null: as long as its order is open. */
  readonly validUntil: Instant | null
  readonly endedAt: Instant | null
}

/** From when on it is of no use any more; null: nobody knows yet. */
export function leaseOver({ validUntil, endedAt }: Lease): Instant | null {
  if (validUntil === null || endedAt === null) return validUntil ?? endedAt
  return Math.min(validUntil, endedAt)
}

export function isRunning(lease: Lease, at: Instant): boolean {
  const over = leaseOver(lease)
  return over === null || at < over
}

/** @returns the new end; refused when the binding is over, has no end, or would last longer than it may */
export function extendedBy(lease: Lease, hours: number, at: Instant, mostDays: number): Outcome<Instant> {
  if (!isRunning(lease, at)) return refuse('mask-expired')
  if (lease.validUntil === null) return refuse('mask-without-end')
  const until = lease.validUntil + hours * HOUR_MS
  return until - at > mostDays * 24 * HOUR_MS
    ? refuse('mask-too-long', `at most ${mostDays} days`)
    : ok(until)
}

/** What a pool is told to be well again by is a tenth above what it is low at, so that nothing flaps. */
export function poolState(free: number, lowAt: number, before: PoolState): PoolState {
  if (free === 0) return 'dry'
  if (free <= lowAt) return 'low'
  return before !== 'ok' && free <= wellAbove(lowAt) ? 'low' : 'ok'
}

/** As many free numbers are counted and no more. */
export function wellAbove(lowAt: number): number {
  return lowAt + Math.ceil(lowAt / 10)
}

/** How many numbers a range has, both ends included; null when it is none. */
export function rangeSize(first: string, last: string): number | null {
  if (first.length !== last.length || first > last) return null
  return Number(BigInt(last) - BigInt(first)) + 1
}
