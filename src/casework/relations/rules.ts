import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'

export type LinkKind = 'part' | 'repeat' | 'near'

/** What is known of two orders and their links when one is to become a part of the other. */
export interface PartsOf {
  /** The parent that the order has already. */
  readonly parent: string | null
  readonly hasParts: boolean
}

/**
 * Parts lie one level deep: an order with a parent has no parts, and one with parts no parent. So there is no cycle.
 * @param part of the order that becomes a part; its present parent may be the whole itself
 */
export function checkPart(wholeId: string, whole: PartsOf, part: PartsOf): Outcome<void> {
  if (part.parent !== null && part.parent !== wholeId) return refuse('part-has-parent')
  if (whole.parent !== null || part.hasParts) return refuse('parts-too-deep')
  return ok(undefined)
}

export function checkPair(id: string, other: string): Outcome<void> {
  return id === other ? badInput({ other: 'same' }) : ok(undefined)
}
