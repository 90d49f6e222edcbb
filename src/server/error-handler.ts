import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Refusal, Refused } from '#kernel/outcome.ts'
import { SECOND_MS } from '#kernel/time.ts'
import { REFUSALS } from './refusal-status.ts'

/** Every error body. `fields` names what is wrong with each field of the input. */
interface ErrorBody {
  readonly code: string
  readonly message: string
  readonly fields?: Readonly<Record<string, string>>
}

/** The one place where an error becomes an answer. What is not a refusal is a bug: logged, and told to nobody. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Refused, request, reply) => {
    if (error instanceof Refused) return answerRefusal(reply, error.refusal)
    const status = error.statusCode ?? 500
    if (error.validation !== undefined) {
      const fields = Object.fromEntries(error.validation.map(fieldProblem))
      return reply.status(400).send({ code: 'bad-input', message: error.message, fields } satisfies ErrorBody)
    }
    if (status >= 400 && status < 500) {
      return reply.status(status).send({ code: 'bad-input', message: error.message } satisfies ErrorBody)
    }
    if (isUnreadable(error)) return answerRefusal(reply, { code: 'bad-input' })
    request.log.error(
      { err: error, method: request.method, route: request.routeOptions.url },
      'request failed',
    )
    return isAbsence(error)
      ? answerRefusal(reply, { code: 'unavailable' })
      : reply.status(500).send({ code: 'internal', message: 'something went wrong here' } satisfies ErrorBody)
  })
}

export function answerRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, message } = REFUSALS[refusal.code]
  if (refusal.retryAfterMs !== undefined) {
    reply.header('retry-after', Math.max(1, Math.ceil(refusal.retryAfterMs / SECOND_MS)))
  }
  const { code, fields } = refusal
  const body: ErrorBody = fields === undefined ? { code, message } : { code, message, fields }
  return reply.status(status).send(body)
}

export function notFound(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answerRefusal(reply, { code: 'not-found' })
}

type ValidationProblem = NonNullable<FastifyError['validation']>[number]

/** Stable words for the commonest slips; a screen translates them. */
const PROBLEMS: Readonly<Record<string, string>> = {
  required: 'required',
  minLength: 'required',
  maxLength: 'too-long',
  additionalProperties: 'not-a-field',
}

function fieldProblem(problem: ValidationProblem): [string, string] {
  const { missingProperty, additionalProperty, tag } = problem.params
  const inside = problem.instancePath.slice(1).replaceAll('/', '.')
  const named = missingProperty ?? additionalProperty ?? tag
  const field = typeof named === 'string' ? [inside, named].filter(part => part !== '').join('.') : inside
  return [field, PROBLEMS[problem.keyword] ?? 'wrong-form']
}

/** What no column can hold passes every schema of ours: a NUL in a text, `urn:uuid:` before an id. */
function isUnreadable(error: Error & { code?: string }): boolean {
  return error.code === '22021' || error.code === '22P02'
}

/** PostgreSQL away or silent: not a bug, and worth trying again. */
function isAbsence(error: Error & { code?: string }): boolean {
  return (
    /^(08|57P0|53)/.test(error.code ?? '') ||
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'].includes(error.code ?? '') ||
    /timeout|Connection terminated|fell silent/i.test(error.message)
  )
}
