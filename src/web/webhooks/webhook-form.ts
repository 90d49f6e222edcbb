import type { Webhook, WebhookForm } from '../../casework/webhooks/schema.ts'

/** In the order of an order's life. */
export const EVENTS: readonly WebhookForm['events'][number][] = [
  'order.registered',
  'order.dispatched',
  'order.signed',
  'order.returned',
  'order.answered',
  'order.supervised',
  'order.closed',
  'order.reopened',
  'order.merged',
  'order.void',
]

export const BLANK_WEBHOOK: WebhookForm = { url: '', events: [], active: true, note: '' }

export function formOf({ url, events, active, note }: Webhook): WebhookForm {
  return { url, events: EVENTS.filter(event => events.includes(event)), active, note }
}

/** Ticking an event on or off. Events that are all named one by one stay so: what is added later is not told. */
export function toggled(events: WebhookForm['events'], event: WebhookForm['events'][number]) {
  return EVENTS.filter(one => (one === event ? !events.includes(one) : events.includes(one)))
}
