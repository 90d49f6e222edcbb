import '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Role } from '#database/types.ts'
import { Refused } from '#kernel/outcome.ts'
import type { StaffMember } from '../staff/index.ts'
import type { Sessions } from './service.ts'

export const SESSION_COOKIE = 'hotline_session'

/** Who may use a route: everyone, whoever is signed in (when left out), or these roles. */
export type Access = 'public' | readonly Role[]

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    member: StaffMember | null
  }
}

/** Every route under /api is closed unless it says `access: 'public'`: forgetting to say so opens nothing. */
export function guardRoutes(app: FastifyInstance, sessions: Sessions): void {
  app.decorateRequest('member', null)
  app.addHook('onRequest', async request => {
    const { access } = request.routeOptions.config
    if (access === 'public' || !request.routeOptions.url?.startsWith('/api/')) return
    request.member = await sessions.find(request.cookies[SESSION_COOKIE])
    const { role } = signedIn(request)
    if (access !== undefined && !access.includes(role)) throw new Refused({ code: 'not-allowed' })
  })
}

/** The person behind a request to a guarded route. */
export function signedIn(request: FastifyRequest): StaffMember {
  if (request.member === null) throw new Refused({ code: 'not-signed-in' })
  return request.member
}
