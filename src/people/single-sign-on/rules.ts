import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Instant, MINUTE_MS } from '#kernel/time.ts'

/** Where the provider sends people back to, below the public base of this service. */
export const CALLBACK_PATH = '/api/sign-in/oidc/callback'
/** Whoever goes to the provider is back within this, or begins anew. */
export const PENDING_MS = 10 * MINUTE_MS

/** What must fit when somebody comes back from the provider. */
export interface Pending {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly until: Instant
}

/** For a cookie: legible to its owner, whose sign-in it is, and made by nobody but us. */
export function seal(pending: Pending, secret: string): string {
  const content = Buffer.from(JSON.stringify(pending)).toString('base64url')
  return `${content}.${signature(content, secret).toString('base64url')}`
}

/** @returns null when it is not ours, or too old */
export function unseal(sealed: string, secret: string, now: Instant): Pending | null {
  const [content = '', given = ''] = sealed.split('.')
  const [right, theirs] = [signature(content, secret), Buffer.from(given, 'base64url')]
  if (right.length !== theirs.length || !timingSafeEqual(right, theirs)) return null
  const pending: Pending = JSON.parse(Buffer.from(content, 'base64url').toString())
  return now < pending.until ? pending : null
}

/** The provider's secret signs nothing else here, and the label keeps it so. */
function signature(content: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`pending sign-in ${content}`).digest()
}

/** Nobody is on the way there, so that HTTP without TLS may do. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
