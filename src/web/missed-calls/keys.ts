import type { MissedCall } from '../../floor/missed-calls/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'

/** What may be done about an entry, as the service rules it: claimed by another, only a shift lead goes on. */
export function actsOn(call: MissedCall, me: Pick<Me, 'id' | 'role'>) {
  const closed = call.closedAt !== null
  const others = call.claimedBy !== null && call.claimedBy !== me.id
  const may = !closed && me.role !== 'quality' && (!others || me.role !== 'agent')
  return { claim: may && call.claimedBy !== me.id, release: may && call.claimedBy !== null, close: may }
}

/** `no-number`: without a 工号 nobody sits at a seat. */
export type NoSeat = 'no-seat' | 'no-number'

/** Why somebody without a seat cannot call back. */
export function whyNoSeat({ agentNumber }: Pick<Me, 'agentNumber'>): NoSeat {
  return agentNumber === null ? 'no-number' : 'no-seat'
}

export type KeyAct = 'next' | 'previous' | 'claim' | 'call-back' | 'reached' | 'given-up' | 'search'

const KEYS: Readonly<Record<string, KeyAct>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  c: 'claim',
  b: 'call-back',
  r: 'reached',
  // g leads to other pages.
  x: 'given-up',
  '/': 'search',
}

export function actOfKey(key: string): KeyAct | null {
  return KEYS[key.length === 1 ? key.toLowerCase() : key] ?? null
}

/** The entry `by` places further, where there is one; the first when none is chosen. */
export function moved(
  calls: readonly { readonly id: number }[],
  chosen: number | null,
  by: 1 | -1,
): number | null {
  const at = calls.findIndex(({ id }) => id === chosen)
  const to = at < 0 ? 0 : Math.min(calls.length - 1, Math.max(0, at + by))
  return calls[to]?.id ?? null
}
