import type { FastifyInstance, FastifyRequest, FastifySchema } from 'fastify'
import type { Static, TSchema } from 'typebox'
import { etagOf } from '#database/version.ts'
import { type Outcome, orThrow } from '#kernel/outcome.ts'
import type { StaffMember } from '../staff/index.ts'
import { signedIn } from './guard.ts'

/** What a route takes, and what it answers under its one status. */
interface Shape {
  readonly params?: TSchema
  readonly querystring?: TSchema
  readonly headers?: TSchema
  readonly body?: TSchema
  readonly 200?: TSchema
  readonly 201?: TSchema
  readonly 204?: TSchema
  /** The answer's version goes out as its ETag, for whoever edits it. */
  readonly etag?: true
}

type Of<Schema> = Schema extends TSchema ? Static<Schema> : unknown

interface RequestOf<S extends Shape> {
  Params: Of<S['params']>
  Querystring: Of<S['querystring']>
  Headers: Of<S['headers']>
  Body: Of<S['body']>
}

/** A request as its shape has it. */
type Asked<S extends Shape> = Pick<FastifyRequest<RequestOf<S>>, 'params' | 'query' | 'headers' | 'body'>
type Answer<S extends Shape> = S extends { readonly 204: TSchema } ? unknown : Of<S[200]> & Of<S[201]>
type Ask<S extends Shape> = (member: StaffMember, asked: Asked<S>) => Promise<Outcome<Answer<S>>>
type Route = <const S extends Shape>(path: string, summary: string, shape: S, ask: Ask<S>) => void
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Routes that ask their room as whoever is signed in, a statement each; a refusal goes to the one error handler. */
export function asking(
  app: FastifyInstance,
  tag: string,
): { readonly get: Route; readonly post: Route; readonly put: Route; readonly remove: Route } {
  const as =
    (method: Method): Route =>
    (url, summary, shape, ask) => {
      const { 200: read, 201: added, 204: done, etag, ...taken }: Shape = shape
      const [status, answer] = added ? [201, added] : done ? [204, done] : [200, read]
      const schema: FastifySchema = { tags: [tag], summary, ...taken, response: { [status]: answer } }
      app.route<RequestOf<typeof shape>>({
        method,
        url,
        schema,
        handler: async (request, reply) => {
          const answered = orThrow(await ask(signedIn(request), request))
          if (etag && isVersioned(answered)) reply.header('etag', etagOf(answered))
          return reply.status(status).send(done ? null : answered)
        },
      })
    }
  return { get: as('GET'), post: as('POST'), put: as('PUT'), remove: as('DELETE') }
}

function isVersioned(answer: unknown): answer is { readonly version: number } {
  return typeof answer === 'object' && answer !== null && 'version' in answer
}
