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

/** A number that somebody writes into a reason would stand on the trail for ever. */
export function tellsNumber(text: string, number: string): boolean {
  return number.length > 4 && text.replaceAll(/\D/g, '').includes(number.replaceAll(/\D/g, ''))
}
