import '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '#kernel/outcome.ts'
import type { StaffMember } from '../staff/index.ts'
import type { Sessions } from './service.ts'

export const SESSION_COOKIE = 'hotline_session'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Left out: whoever is signed in. What a person may do there, the rules of the room say. */
    access?: 'public'
  }
  interface FastifyRequest {
    member: StaffMember | null
  }
}

/** Every route under /api is closed unless it says `access: 'public'`: forgetting to say so opens nothing. */
export function guardRoutes(app: FastifyInstance, sessions: Sessions): void {
  app.decorateRequest('member', null)
  app.addHook('onRequest', async request => {
    const { config, url } = request.routeOptions
    if (config.access === 'public' || !url?.startsWith('/api/')) return
    request.member = await sessions.find(request.cookies[SESSION_COOKIE])
    signedIn(request)
  })
}

/** The person behind a request to a guarded route. */
export function signedIn(request: FastifyRequest): StaffMember {
  if (request.member === null) throw new Refused({ code: 'not-signed-in' })
  return request.member
}
