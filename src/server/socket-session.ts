import { fastifyCookie } from '@fastify/cookie'
import { SESSION_COOKIE, type Sessions } from '../people/sessions/index.ts'
import type { StaffMember } from '../people/staff/index.ts'

/** Whom a socket belongs to; it ends with the session that it was opened with. */
export interface SocketSession {
  readonly member: StaffMember
  readonly token: string
}

/** @returns null when the handshake brings no session that lives */
export async function socketSession(
  cookies: string | undefined,
  sessions: Sessions,
): Promise<SocketSession | null> {
  const token = fastifyCookie.parse(cookies ?? '')[SESSION_COOKIE]
  const member = await sessions.find(token)
  return member === null || token === undefined ? null : { member, token }
}
