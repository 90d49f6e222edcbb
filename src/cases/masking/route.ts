import type { BindingId, WorkOrderId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import { type Binding, type MaskSide, overAt } from './binding.ts'

/** Why a caller is not put through. Each has a sentence and stands on the call's row. */
export const MASK_REFUSALS = [
  /** 未绑定: nobody is behind this short number. */
  'mask-unbound',
  /** 已失效: its binding has ended. */
  'mask-expired',
  /** 方向不允许: this side may not begin a call. */
  'mask-direction',
  /** 非登记号码: the caller is neither the citizen nor one of the unit's telephones. */
  'mask-not-registered',
  'mask-wrong-pin',
  /** 通话次数已满: as many calls as a day may have. */
  'mask-too-many',
  /** 本机号码: the counterpart's number is the caller's own. */
  'mask-own-number',
  /** 通话中: the two are connected already, or the counterpart is engaged. */
  'mask-busy',
  /** 无人值守: the unit has no telephone at which somebody is at hand. */
  'mask-nobody',
] as const
export type MaskRefusal = (typeof MASK_REFUSALS)[number]

export type MaskRouting =
  | { readonly kind: 'route'; readonly from: MaskSide; readonly number: string; readonly binding: Binding }
  | {
      readonly kind: 'refuse'
      readonly why: MaskRefusal
      readonly binding: BindingId | null
      readonly order: WorkOrderId | null
    }
  /** The caller is unknown and may say the PIN. */
  | { readonly kind: 'ask-pin'; readonly binding: BindingId }

export interface MaskCaller {
  /** As the carrier shows it, in the one form; empty when withheld. */
  readonly number: string
  /** What was keyed. */
  readonly pin: 'none' | 'right' | 'wrong'
}

/**
 * To whom a caller is put through, or why not.
 * @param binding the one that has the dialled short number at `at`, or had it last; null: none
 * @param callsToday calls that were put through by it on this day of the city
 */
export function routeOf(
  binding: Binding | null,
  caller: MaskCaller,
  callsToday: number,
  at: Instant,
): MaskRouting {
  if (binding === null || at < binding.validFrom) return refused('mask-unbound', null)
  if (at >= overAt(binding)) return refused('mask-expired', binding)
  const from = sideOf(binding, caller)
  if (from === null) {
    if (!binding.hasPin || binding.direction === 'to-unit') return refused('mask-not-registered', binding)
    if (caller.pin === 'none') return { kind: 'ask-pin', binding: binding.id }
    return refused('mask-wrong-pin', binding)
  }
  return routeFrom(binding, from, caller.number, callsToday)
}

/** The same for a side that is known: a handler who asks from the page, a citizen who took the offer. */
export function routeFrom(
  binding: Binding,
  from: MaskSide,
  caller: string,
  callsToday: number,
): Exclude<MaskRouting, { kind: 'ask-pin' }> {
  if (binding.direction === (from === 'unit' ? 'to-unit' : 'to-citizen'))
    return refused('mask-direction', binding)
  const number = from === 'unit' ? binding.citizen : binding.unitAnswersAt
  if (number === null) return refused('mask-nobody', binding)
  if (number === caller) return refused('mask-own-number', binding)
  if (callsToday >= binding.mostCallsADay) return refused('mask-too-many', binding)
  return { kind: 'route', from, number, binding }
}

/** The citizen's number tells the citizen even where a unit has registered the same one. */
function sideOf({ citizen, unitNumbers, hasPin }: Binding, { number, pin }: MaskCaller): MaskSide | null {
  if (number !== '' && number === citizen) return 'citizen'
  if (number !== '' && unitNumbers.includes(number)) return 'unit'
  return hasPin && pin === 'right' ? 'unit' : null
}

function refused(why: MaskRefusal, binding: Binding | null) {
  return { kind: 'refuse', why, binding: binding?.id ?? null, order: binding?.order ?? null } as const
}
