import type { Act, ActName } from '../../cases/life/acts.ts'
import type { Order } from '../../cases/life/order.ts'
import type { OrderEvent } from '../webhooks/index.ts'

const EVENTS: Readonly<Partial<Record<ActName, OrderEvent['type']>>> = {
  register: 'order.registered',
  dispatch: 'order.dispatched',
  meet: 'order.dispatched',
  sign: 'order.signed',
  'accept-return': 'order.returned',
  answer: 'order.answered',
  reopen: 'order.reopened',
  supervise: 'order.supervised',
  merge: 'order.merged',
  void: 'order.void',
}

/** What other systems are told of an act; null: nothing. */
export function eventOf(act: Act, before: Order, after: Order): OrderEvent['type'] | null {
  if (after.status === 'closed' && before.status !== 'closed') return 'order.closed'
  return EVENTS[act.do] ?? null
}
