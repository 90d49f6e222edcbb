import type { UnitId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { type Actor, hasRight } from '../../cases/actor.ts'
import { isRunning, rangeSize } from '../../cases/masking/lease.ts'
import type { BindingView, PoolForm } from './schema.ts'

/** More numbers than a city's share of a carrier's range. */
const MOST_NUMBERS = 100_000

/** Whoever runs the order for the city, or leads the unit that has it. */
export function mayBindFor(actor: Actor, unit: UnitId): boolean {
  return (
    hasRight(actor, 'order.lead') || hasRight(actor, 'order.dispatch') || hasRight(actor, 'unit.lead', unit)
  )
}

/** Whoever handles orders for the unit speaks for it, and knows its telephones. */
export function actsFor(actor: Actor, unit: UnitId): boolean {
  return hasRight(actor, 'unit.handle', unit)
}

/** Every wrong field is named. */
export function checkPool(form: PoolForm): Outcome<PoolForm> {
  const size = rangeSize(form.first, form.last)
  const problems: Record<string, string> = {}
  if (form.name.trim() === '') problems.name = 'required'
  if (size === null) problems.last = 'no-range'
  else if (size > MOST_NUMBERS) problems.last = 'too-many'
  else if (form.lowAt >= size) problems.lowAt = 'too-many'
  return Object.keys(problems).length > 0 ? badInput(problems) : ok({ ...form, name: form.name.trim() })
}

/** How a binding stands at this moment. */
export function stateOf(
  binding: {
    readonly short: string | null
    readonly validUntil: Instant | null
    readonly endedAt: Instant | null
    readonly restsUntil: Instant | null
  },
  at: Instant,
): BindingView['state'] {
  if (!isRunning(binding, at)) {
    const rests = binding.short !== null && binding.restsUntil !== null && at < binding.restsUntil
    return rests ? 'resting' : 'over'
  }
  return binding.short === null ? 'waiting' : 'active'
}

/** A mobile or a fixed line with or without what is dialled before it, and any number that begins with its country. */
const TELEPHONES = [
  /(?<!\d)(?:(?:\+|00)?86[\s-]?)?0?1[3-9](?:[\s-]?\d){9}(?!\d)/,
  /(?<!\d)0\d{2,3}(?:[\s-]?\d){7,8}(?!\d)/,
  // A day (20261118) is no telephone.
  /(?<!\d)(?!20\d{6}(?!\d))[2-8]\d{6,7}(?!\d)/,
  /\+\d(?:[\s-]?\d){6,}/,
]

/**
 * A telephone number that somebody writes into a reason would stand on the trail for ever. Anybody's counts: were it the
 * citizen's alone, whoever guesses at that number could ask here whether it is.
 */
export function tellsNumber(text: string): boolean {
  const plain = text.normalize('NFKC')
  return TELEPHONES.some(telephone => telephone.test(plain))
}
