import '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '#kernel/outcome.ts'
import type { StaffMember } from '../staff/index.ts'
import type { Sessions } from './service.ts'

export const SESSION_COOKIE = 'hotline_session'

/** Of no use to scripts, nor to other sites. */
export function sessionCookie(secure: boolean) {
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' } as const
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Left out: whoever is signed in, but for caseworkers only where the route is about cases or people.
     * `everybody`: caseworkers too. What a person may do there, the rules of the room say.
     */
    access?: 'public' | 'everybody'
  }
  interface FastifyRequest {
    member: StaffMember | null
  }
}

/** A department's people have no business with calls, seats and recordings: those rooms are closed to them. */
const ROOMS_OF_CASEWORKERS: readonly string[] = ['casework', 'people']

/** Every route under /api is closed unless it says `access: 'public'`: forgetting to say so opens nothing. */
export function guardRoutes(app: FastifyInstance, sessions: Sessions): void {
  app.decorateRequest('member', null)
  app.addHook('onRequest', async request => {
    const { config, url, schema } = request.routeOptions
    if (config.access === 'public' || !url?.startsWith('/api/')) return
    request.member = await sessions.find(request.cookies[SESSION_COOKIE])
    const open =
      config.access === 'everybody' || schema?.tags?.some(tag => ROOMS_OF_CASEWORKERS.includes(tag))
    if (signedIn(request).role === 'caseworker' && open !== true) throw new Refused({ code: 'not-allowed' })
  })
}

/** The person behind a request to a guarded route. */
export function signedIn(request: FastifyRequest): StaffMember {
  if (request.member === null) throw new Refused({ code: 'not-signed-in' })
  return request.member
}
