import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { Actor } from '../actor.ts'
import type { Act } from './acts.ts'
import { isAllowed } from './allowed.ts'
import { withClocks } from './clockwork.ts'
import type { Context } from './context.ts'
import { effectOf } from './effects.ts'
import { guarded } from './guards.ts'
import type { Order } from './order.ts'

/**
 * The one way for an order to change, whoever asks and through whichever door: the table says when an act is possible
 * and who may, its guards what else must hold, the effect what becomes of the order, and its clocks follow.
 * @returns the order after the act, or why not; the order itself is never changed
 * @throws when an effect leads to a status that the table does not give the act: a bug of ours
 */
export function decide(order: Order, act: Act, actor: Actor, context: Context): Outcome<Order> {
  const move = context.table.moves[act.do]
  const wish = { order, actor, unit: 'unit' in act ? act.unit : null, tookPart: context.tookPart }
  if (!isAllowed(move.who, wish)) return refuse('not-allowed')
  if (!move.from.includes(order.status)) return refuse('act-not-now', `${act.do} in ${order.status}`)
  const blank = blankText(act)
  if (blank !== null) return { ok: false, refusal: { code: 'bad-input', fields: { [blank]: 'required' } } }
  const refusal = guarded(move.guards, order, act, actor, context)
  if (refusal !== null) return refuse(refusal)
  const outcome = effectOf(order, act, actor, context)
  if (!outcome.ok) return outcome
  const { status } = outcome.value
  if (status !== order.status && !move.to.includes(status)) {
    throw new Error(`${act.do} leads from ${order.status} to ${status}, which its table does not know`)
  }
  return ok(withClocks(outcome.value, context))
}

/** Whatever a person must say for the record, said with blanks only. */
function blankText(act: Act): string | null {
  const texts = Object.entries(act).filter(([, value]) => typeof value === 'string')
  return texts.find(([, value]) => String(value).trim() === '')?.[0] ?? null
}
