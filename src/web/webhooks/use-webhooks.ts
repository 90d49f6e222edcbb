import { useQuery } from '@tanstack/react-query'
import type {
  Delivery,
  Webhook,
  WebhookChange,
  WebhookForm,
  WebhookRow,
  WebhookWithSecret,
} from '../../casework/webhooks/schema.ts'
import { ask, get, Problem, post } from '../kit/api.ts'

/** Messages come and go by the second; a list that is looked at keeps up. */
const OFTEN_MS = 5_000
const WEBHOOKS = '/api/webhooks'
/** All that these pages have read begins with this. */
export const WEBHOOKS_KEY = ['webhooks'] as const

export function useWebhooks() {
  return useQuery({
    queryKey: WEBHOOKS_KEY,
    queryFn: () => get<readonly WebhookRow[]>(WEBHOOKS),
    refetchInterval: OFTEN_MS,
  })
}

export function useDeliveries(id: string, state: Delivery['state'] | null) {
  return useQuery({
    queryKey: [...WEBHOOKS_KEY, id, 'deliveries', state],
    queryFn: () =>
      get<readonly Delivery[]>(`${WEBHOOKS}/${id}/deliveries${state === null ? '' : `?state=${state}`}`),
    refetchInterval: OFTEN_MS,
  })
}

export function useWebhookChanges(id: string) {
  return useQuery({
    queryKey: [...WEBHOOKS_KEY, id, 'changes'],
    queryFn: () => get<readonly WebhookChange[]>(`${WEBHOOKS}/${id}/changes`),
  })
}

export function addWebhook(form: WebhookForm): Promise<WebhookWithSecret> {
  return post<WebhookWithSecret>(WEBHOOKS, form)
}

export async function saveWebhook(form: WebhookForm, { id, version }: Webhook): Promise<Webhook> {
  const request = { method: 'PUT', body: form, ifMatch: `"${version}"` } as const
  return (await ask<Webhook>(`${WEBHOOKS}/${id}`, request)).body
}

export async function readWebhook(id: string): Promise<Webhook> {
  const found = (await get<readonly Webhook[]>(WEBHOOKS)).find(webhook => webhook.id === id)
  if (found === undefined) throw new Problem('not-found', `webhook ${id}`)
  return found
}

export async function removeWebhook({ id, version }: Webhook): Promise<void> {
  await ask(`${WEBHOOKS}/${id}`, { method: 'DELETE', ifMatch: `"${version}"` })
}

export function renewSecret({ id }: Webhook): Promise<WebhookWithSecret> {
  return post<WebhookWithSecret>(`${WEBHOOKS}/${id}/secret`)
}

export function resend(id: string, { event }: Delivery): Promise<void> {
  return post(`${WEBHOOKS}/${id}/deliveries/${event}/replay`)
}
