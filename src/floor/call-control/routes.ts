import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { SeatView } from '../seats/index.ts'
import { AutoAnswerBody, DialBody, DigitsBody, MuteBody, TransferBody } from './schema.ts'
import type { CallControl } from './service.ts'

const tags = ['floor']
const response = { 200: SeatView }

const ACTS = {
  swap: 'Speak with the one who waits; the other waits then',
  merge: 'All three speak',
  complete: 'Leave the citizen with the other side',
  cancel: 'Let the other side go; back to the citizen',
} as const

/** What an agent does with the call on the held seat. Each answers with the seat as it is then. */
export function callControlRoutes(control: CallControl): FastifyPluginAsyncTypebox {
  return async app => {
    app.post(
      '/api/my-seat/hold',
      { schema: { tags, summary: 'The citizen hears music', response } },
      async request => orThrow(control.hold(signedIn(request).id)),
    )
    app.post(
      '/api/my-seat/resume',
      { schema: { tags, summary: 'Back to the citizen', response } },
      async request => orThrow(control.resume(signedIn(request).id)),
    )
    app.post(
      '/api/my-seat/mute',
      { schema: { tags, summary: 'Nobody hears the agent, or all do again', body: MuteBody, response } },
      async request => orThrow(control.mute(signedIn(request).id, request.body.muted)),
    )
    app.post(
      '/api/my-seat/digits',
      {
        schema: { tags, summary: 'Press keys, for a menu at the other end', body: DigitsBody, response },
      },
      async request => orThrow(control.digits(signedIn(request).id, request.body.digits)),
    )
    app.post(
      '/api/my-seat/answer',
      {
        schema: {
          tags,
          summary: 'Have the phone of the desk page pick up',
          response: { 202: Type.Null() },
        },
      },
      async (request, reply) => {
        orThrow(control.answer(signedIn(request).id))
        return reply.status(202).send(null)
      },
    )
    app.post(
      '/api/my-seat/auto-answer',
      { schema: { tags, summary: 'Have calls picked up by themselves', body: AutoAnswerBody, response } },
      async request => orThrow(control.autoAnswer(signedIn(request).id, request.body.on)),
    )
    app.post(
      '/api/my-seat/wrap-up/extend',
      { schema: { tags, summary: 'More time for the wrap-up, once', response } },
      async request => orThrow(control.extendWrapUp(signedIn(request).id)),
    )
    app.post(
      '/api/my-seat/dial',
      { schema: { tags, summary: 'Call a citizen; the own phone rings first', body: DialBody, response } },
      async request => orThrow(await control.dial(signedIn(request), request.body)),
    )
    app.post(
      '/api/my-seat/redial',
      { schema: { tags, summary: 'Call the last number dialled or spoken with', response } },
      async request => orThrow(await control.redial(signedIn(request))),
    )
    app.post(
      '/api/my-seat/transfer',
      { schema: { tags, summary: 'Bring in or hand over to somebody else', body: TransferBody, response } },
      async request => orThrow(await control.transfer(signedIn(request).id, request.body)),
    )
    for (const act of ['swap', 'merge', 'complete', 'cancel'] as const) {
      app.post(
        `/api/my-seat/transfer/${act}`,
        { schema: { tags, summary: ACTS[act], response } },
        async request => orThrow(control.act(signedIn(request).id, act)),
      )
    }
  }
}
