import '@fastify/cookie'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { Refused } from '#kernel/outcome.ts'
import { SECOND_MS } from '#kernel/time.ts'
import { fromOf, SESSION_COOKIE, SIGN_IN_LIMITS, sessionCookie } from '../sessions/index.ts'
import { CALLBACK_PATH, PENDING_MS } from './rules.ts'
import { type SignInProblem, SignInWays } from './schema.ts'
import type { SingleSignOn } from './service.ts'

interface Parts {
  /** Null: there is none here. */
  readonly singleSignOn: SingleSignOn | null
  readonly localSignIn: boolean
  readonly secureCookies: boolean
}

const PENDING_COOKIE = 'hotline_sign_in'

/** /api/sign-in: which ways there are, and there and back again by the single sign-on. Browsers come here themselves. */
export function singleSignOnRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  const { singleSignOn, secureCookies } = parts
  const session = sessionCookie(secureCookies)
  // Lax: the provider's page is another site, and sends the browser back with it.
  const pending = { httpOnly: true, sameSite: 'lax', secure: secureCookies, path: CALLBACK_PATH } as const
  const config = {
    access: 'public',
    rateLimit: { max: SIGN_IN_LIMITS.perAddress, timeWindow: SIGN_IN_LIMITS.perAddressWindowMs },
  } as const

  return async app => {
    app.get(
      '/api/sign-in',
      {
        schema: { tags: ['people'], summary: 'How one may sign in', response: { 200: SignInWays } },
        config: { access: 'public' },
      },
      () => ({ password: parts.localSignIn, singleSignOn: singleSignOn !== null }),
    )
    app.get(
      '/api/sign-in/oidc',
      {
        schema: {
          tags: ['people'],
          summary: 'Go to the single sign-on',
          response: { 302: Type.Null() },
        },
        config,
      },
      async (_request, reply) => {
        if (singleSignOn === null) throw new Refused({ code: 'not-found' })
        const begun = await singleSignOn.begin()
        if (begun === null) return toSignIn(reply, 'unavailable')
        reply.setCookie(PENDING_COOKIE, begun.cookie, { ...pending, maxAge: PENDING_MS / SECOND_MS })
        return reply.redirect(begun.url.href)
      },
    )
    app.get(
      CALLBACK_PATH,
      {
        schema: {
          tags: ['people'],
          summary:
            'Come back from the single sign-on: to the pages, signed in, or to the sign-in page with ?sign-in=',
          response: { 302: Type.Null() },
        },
        config,
      },
      async (request, reply) => {
        if (singleSignOn === null) throw new Refused({ code: 'not-found' })
        const { search } = new URL(request.url, 'http://here')
        const finished = await singleSignOn.finish(search, request.cookies[PENDING_COOKIE], fromOf(request))
        reply.clearCookie(PENDING_COOKIE, pending)
        if ('problem' in finished) return toSignIn(reply, finished.problem)
        reply.setCookie(SESSION_COOKIE, finished.token, session)
        return reply.redirect('/')
      },
    )
  }
}

function toSignIn(reply: FastifyReply, problem: SignInProblem): FastifyReply {
  return reply.redirect(`/?sign-in=${problem}`)
}
