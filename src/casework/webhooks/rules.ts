import { createHmac, randomBytes } from 'node:crypto'
import type { BlockList } from 'node:net'
import { badInput, type Outcome, ok } from '#kernel/outcome.ts'
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import { isLoopback, mayReach } from './addresses.ts'
import type { WebhookForm } from './schema.ts'

/** Waits after each attempt that failed: quickly over a restart of the other side, patiently over its night. */
const WAITS_MS: readonly number[] = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  9 * HOUR_MS,
]

/** @returns how long to wait after so many failed attempts; null: a day has passed, it is given up */
export function waitAfter(attempts: number): number | null {
  return WAITS_MS[attempts - 1] ?? null
}

/** An address that is named in so many words is checked here; a name again, each time it is resolved. */
export function checkWebhook(form: WebhookForm, named: BlockList): Outcome<WebhookForm> {
  const problem = problemOf(form.url, named)
  if (problem !== null) return badInput({ url: problem })
  return ok({ ...form, note: form.note.trim(), events: [...new Set(form.events)] })
}

function problemOf(text: string, named: BlockList): string | null {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return 'wrong-form'
  const host = hostOf(url)
  const plain = url.protocol === 'http:' && isLoopback(host)
  if (url.protocol !== 'https:' && !plain) return 'not-https'
  if (host === 'localhost' || host.endsWith('.localhost')) return 'private-address'
  return isAddress(host) && !mayReach(host, named) ? 'private-address' : null
}

/** Without the brackets that an IPv6 address wears in a URL. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

/** The URL parser has made every spelling of an IPv4 address (0x7f.1, 2130706433) plain by now. */
function isAddress(host: string): boolean {
  return host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host)
}

const SECRET_BYTES = 32

/** As Standard Webhooks writes secrets: whsec_ and base64. */
export function drawSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
}

/** The headers of Standard Webhooks 1.0: HMAC-SHA256 over id, time and body, so that none can be changed or replayed. */
export function signedHeaders(
  secret: string,
  { id, body, at }: { readonly id: string; readonly body: string; readonly at: Instant },
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / SECOND_MS))
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
}
