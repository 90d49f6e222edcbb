import type { BindingId } from '#kernel/ids.ts'
import { maskPhoneNumber } from '#kernel/phone-number.ts'
import { HOUR_MS, type Instant } from '#kernel/time.ts'

/** A wrong PIN. A withheld number is one caller, whoever withheld it. */
export interface WrongPin {
  readonly binding: BindingId
  /** Of before a restart the masked one, which is all that the records of masked calls have. */
  readonly caller: string
  readonly at: Instant
}

/** Wrong ones of an hour after which none is taken any more, until the first of them is an hour old. */
const MOST_BY_CALLER = 3
/** However many telephones somebody tries one binding from. */
const MOST_FOR_BINDING = 10
/** However many bindings one telephone tries. */
const MOST_BY_CALLER_IN_ALL = 10

/** The wrong PINs of the last hour: few enough to look through, as each took a caller some seconds to key. */
export class WrongPins {
  private kept: readonly (Omit<WrongPin, 'binding'> & { readonly binding: BindingId | null })[] = []

  add(...wrong: readonly WrongPin[]): void {
    const newest = Math.max(...wrong.map(({ at }) => at))
    this.kept = [...this.kept.filter(({ at }) => newest - at < HOUR_MS), ...wrong]
  }

  /** Whether this caller's PIN for this binding is taken no more. @param caller as it was told by the carrier */
  lockFor(binding: BindingId, caller: string, at: Instant): boolean {
    const masked = maskPhoneNumber(caller)
    const own = this.recent(at).filter(one => one.caller === caller || one.caller === masked)
    return (
      this.lockAll(binding, at) ||
      own.length >= MOST_BY_CALLER_IN_ALL ||
      own.filter(one => one.binding === binding).length >= MOST_BY_CALLER
    )
  }

  /** Whether nobody's PIN for this binding is taken any more. */
  lockAll(binding: BindingId, at: Instant): boolean {
    return this.recent(at).filter(one => one.binding === binding).length >= MOST_FOR_BINDING
  }

  /** A new PIN has nothing to do with what was keyed before, but whoever keyed it did. */
  renewed(binding: BindingId): void {
    this.kept = this.kept.map(one => (one.binding === binding ? { ...one, binding: null } : one))
  }

  private recent(at: Instant) {
    return this.kept.filter(one => at - one.at < HOUR_MS)
  }
}
