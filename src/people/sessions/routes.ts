import '@fastify/cookie'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { SeatNumber, StaffId } from '#kernel/ids.ts'
import { orThrow, Refused } from '#kernel/outcome.ts'
import type { StaffMember } from '../staff/index.ts'
import { SESSION_COOKIE, sessionCookie, signedIn } from './guard.ts'
import { SIGN_IN_LIMITS } from './rules.ts'
import { Me, SignInBody } from './schema.ts'
import type { Sessions } from './service.ts'
import type { From } from './store.ts'

export interface SessionRoutesParts {
  readonly sessions: Sessions
  readonly secureCookies: boolean
  /** No: by the single sign-on alone. */
  readonly localSignIn: boolean
  seatOf(staff: StaffId): SeatNumber | null
  /** What else ends with a session: the seat, the desk's socket. */
  signedOut(staff: StaffId, token: string): void
}

/** /api/session: sign in, who am I, sign out. */
export function sessionRoutes(parts: SessionRoutesParts): FastifyPluginAsyncTypebox {
  const { sessions } = parts
  const cookie = sessionCookie(parts.secureCookies)
  const present = async (member: StaffMember): Promise<Me> => ({
    ...member,
    ...(await sessions.standing(member.id)),
    seat: parts.seatOf(member.id),
  })

  return async app => {
    app.post(
      '/api/session',
      {
        schema: { tags: ['people'], summary: 'Sign in', body: SignInBody, response: { 200: Me } },
        config: {
          access: 'public',
          rateLimit: { max: SIGN_IN_LIMITS.perAddress, timeWindow: SIGN_IN_LIMITS.perAddressWindowMs },
        },
      },
      async (request, reply) => {
        if (!parts.localSignIn) throw new Refused({ code: 'not-allowed' })
        const { login, password } = request.body
        const { token, member } = orThrow(await sessions.signIn(login, password, fromOf(request)))
        reply.setCookie(SESSION_COOKIE, token, cookie)
        return await present(member)
      },
    )
    app.get(
      '/api/session',
      { schema: { tags: ['people'], summary: 'Who is signed in', response: { 200: Me } } },
      async request => present(signedIn(request)),
    )
    app.delete(
      '/api/session',
      { schema: { tags: ['people'], summary: 'Sign out', response: { 204: Type.Null() } } },
      async (request, reply) => {
        const token = request.cookies[SESSION_COOKIE] ?? ''
        await sessions.signOut(token)
        parts.signedOut(signedIn(request).id, token)
        return reply.clearCookie(SESSION_COOKIE, cookie).status(204).send(null)
      },
    )
  }
}

export function fromOf({ ip, headers }: FastifyRequest): From {
  return { address: ip, device: headers['user-agent'] ?? '' }
}
