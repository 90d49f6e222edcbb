import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { Refused } from '#kernel/outcome.ts'
import { type InboxDeps, receiveEvents } from './carrier-inbox.ts'
import type { CarrierEventReader } from './provider.ts'

/** As a carrier takes it for delivered. */
const Taken = Type.Object({ code: Type.Literal(0), msg: Type.String() })

const CallbackQuery = Type.Object({
  token: Type.String({
    minLength: 1,
    maxLength: 200,
    description: 'The secret of the address that the carrier was given',
  }),
})

const CallbackBody = Type.Array(Type.Record(Type.String(), Type.Unknown()), {
  maxItems: 1_000,
  description: 'What happened in calls, in the carrier’s own form',
})

export interface CarrierRouteDeps extends InboxDeps {
  /** Null: no carrier is set up here. */
  readonly reader: CarrierEventReader | null
}

/** POST /api/carrier-events/aliyun: what the carrier tells of calls. It has no session; the address has a secret. */
export function carrierEventRoutes({ reader, ...inbox }: CarrierRouteDeps): FastifyPluginAsyncTypebox {
  return async app => {
    app.post<{ Querystring: Static<typeof CallbackQuery>; Body: Static<typeof CallbackBody> }>(
      '/api/carrier-events/aliyun',
      {
        schema: {
          tags: ['integration'],
          summary: 'What a carrier tells of calls through its numbers',
          querystring: CallbackQuery,
          body: CallbackBody,
          response: { 200: Taken },
        },
        config: { access: 'public' },
        // Before a byte of the body is read: a stranger's is not.
        onRequest: async request => {
          if (reader === null) throw new Refused({ code: 'not-found' })
          if (!reader.isGenuine(String(request.query.token ?? ''))) throw new Refused({ code: 'not-allowed' })
        },
      },
      async request => {
        if (reader === null) throw new Refused({ code: 'not-found' })
        await receiveEvents(inbox, reader.name, reader.read(request.body))
        return { code: 0, msg: '接收成功' } as const
      },
    )
  }
}
