import '@fastify/cookie'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { asId, type StaffId } from '#kernel/ids.ts'
import { orThrow, Refused } from '#kernel/outcome.ts'
import { holds, Role, roles } from '../roles/index.ts'
import {
  endSession,
  fromOf,
  type OpenSession,
  ownerOfSession,
  SESSION_COOKIE,
  type Sessions,
  sessionsOf,
  signedIn,
} from '../sessions/index.ts'
import {
  Account,
  AccountForm,
  AccountPage,
  AccountParams,
  AccountQuery,
  Added,
  Approval,
  ApprovalParams,
  ApprovalQuery,
  Done,
  NewAccount,
  PasswordForm,
  Reason,
  RightsAsked,
  SessionView,
} from './schema.ts'
import {
  accountPage,
  addAccount,
  askRights,
  change,
  changeOwnPassword,
  editAccount,
  settle,
} from './service.ts'
import { listApprovals } from './store.ts'

const tags = ['people']
const MOST_APPROVALS = 200

interface Parts {
  readonly db: Kysely<Database>
  readonly sessions: Sessions
}

/** /api/accounts, /api/approvals, and what everybody may do about their own account. */
export function accountRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  return async app => {
    await app.register(editRoutes(parts))
    await app.register(approvalRoutes(parts))
    await app.register(ownRoutes(parts))
  }
}

function editRoutes({ db }: Parts): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/roles',
      { schema: { tags, summary: 'The roles there are', response: { 200: Type.Array(Role) } } },
      () => roles(db),
    )
    app.get(
      '/api/accounts',
      {
        schema: {
          tags,
          summary: 'Accounts by login, with what each may do',
          querystring: AccountQuery,
          response: { 200: AccountPage },
        },
      },
      async request => orThrow(await accountPage(db, signedIn(request), request.query)),
    )
    app.post(
      '/api/accounts',
      {
        schema: {
          tags,
          summary: 'Open an account; its rights wait for a second person',
          body: NewAccount,
          response: { 201: Added },
        },
      },
      async (request, reply) =>
        reply.status(201).send(orThrow(await addAccount(db, signedIn(request), request.body))),
    )
    app.put(
      '/api/accounts/:id',
      {
        schema: {
          tags,
          summary: 'Change a name or an agent number',
          params: AccountParams,
          body: AccountForm,
          response: { 200: Account },
        },
      },
      async request => orThrow(await editAccount(db, signedIn(request), request.params.id, request.body)),
    )
    app.put(
      '/api/accounts/:id/rights',
      {
        schema: {
          tags,
          summary: 'Ask for other rights; a second person agrees',
          params: AccountParams,
          body: RightsAsked,
          response: { 202: Approval },
        },
      },
      async (request, reply) =>
        reply
          .status(202)
          .send(orThrow(await askRights(db, signedIn(request), request.params.id, request.body))),
    )
    for (const [kind, summary] of CHANGES) {
      app.post(
        `/api/accounts/:id/${kind}`,
        { schema: { tags, summary, params: AccountParams, body: Reason, response: { 200: Done } } },
        async request =>
          orThrow(await change(db, signedIn(request), request.params.id, kind, request.body.why)),
      )
    }
  }
}

const CHANGES = [
  ['close', 'Close an account; an administrator’s waits for a second person'],
  ['reopen', 'Open a closed account again; an administrator’s waits for a second person'],
  ['password', 'Draw a new password, told once; an administrator’s waits for a second person'],
  ['delete', 'Ask for an account that left no trace to be deleted; a second person agrees'],
] as const

function approvalRoutes({ db }: Parts): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/approvals',
      {
        schema: {
          tags,
          summary: 'What waits for a second person, or was decided, the newest first',
          querystring: ApprovalQuery,
          response: { 200: Type.Array(Approval) },
        },
      },
      async request => {
        await mustEdit(db, request)
        return await listApprovals(db, request.query.state ?? 'open', MOST_APPROVALS)
      },
    )
    for (const [verb, decision, summary] of DECISIONS) {
      app.post(
        `/api/approvals/:id/${verb}`,
        { schema: { tags, summary, params: ApprovalParams, response: { 200: Done } } },
        async request => orThrow(await settle(db, signedIn(request), Number(request.params.id), decision)),
      )
    }
  }
}

const DECISIONS = [
  ['agree', 'agreed', 'Agree to what another asked for; it is done at once'],
  ['refuse', 'refused', 'Refuse what another asked for'],
  ['withdraw', 'withdrawn', 'Take back what one asked for'],
] as const

function ownRoutes({ db, sessions }: Parts): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/my-sessions',
      {
        schema: { tags, summary: 'Where I am signed in', response: { 200: Type.Array(SessionView) } },
      },
      async request => {
        const open = await sessionsOf(db, signedIn(request).id, request.cookies[SESSION_COOKIE])
        return open.map(presentSession)
      },
    )
    app.get(
      '/api/accounts/:id/sessions',
      {
        schema: {
          tags,
          summary: 'Where somebody is signed in',
          params: AccountParams,
          response: { 200: Type.Array(SessionView) },
        },
      },
      async request => {
        await mustEdit(db, request)
        const staff = asId<StaffId>(request.params.id)
        return (await sessionsOf(db, staff, request.cookies[SESSION_COOKIE])).map(presentSession)
      },
    )
    app.delete(
      '/api/sessions/:id',
      {
        schema: {
          tags,
          summary: 'End a session: one’s own, or with the right to edit staff anybody’s',
          params: AccountParams,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const member = signedIn(request)
        const owner = await ownerOfSession(db, request.params.id)
        if (owner !== member.id) await mustEdit(db, request)
        if (owner === null) throw new Refused({ code: 'not-found' })
        await endSession(db, request.params.id)
        return reply.status(204).send(null)
      },
    )
    app.put(
      '/api/my-password',
      {
        schema: {
          tags,
          summary: 'Change one’s own password; every other session ends',
          body: PasswordForm,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const member = signedIn(request)
        const { current } = request.body
        orThrow(await sessions.checkPassword(member.login, current, fromOf(request).address))
        const token = request.cookies[SESSION_COOKIE] ?? ''
        orThrow(await changeOwnPassword(db, member, token, request.body))
        return reply.status(204).send(null)
      },
    )
  }
}

/** @throws Refused */
async function mustEdit(db: Kysely<Database>, request: FastifyRequest): Promise<void> {
  if (!(await holds(db, signedIn(request), 'staff.edit'))) throw new Refused({ code: 'not-allowed' })
}

function presentSession({ createdAt, lastUsedAt, ...rest }: OpenSession): SessionView {
  return { ...rest, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt.toISOString() }
}
