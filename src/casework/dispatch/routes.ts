import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { signedIn } from '../../people/sessions/index.ts'
import {
  DispatchWords,
  DutyRuleForm,
  DutyRuleOrder,
  DutyRuleParams,
  DutyRuleView,
  NewDutyRuleForm,
  RuleTrial,
  Suggestion,
  SuggestionForm,
  WordLists,
} from './schema.ts'
import { Dispatch } from './service.ts'

const tags = ['casework']

export function dispatchRoutes(db: Kysely<Database>, now: () => Instant): FastifyPluginAsyncTypebox {
  const dispatch = new Dispatch(db, now)
  return async app => {
    app.post(
      '/api/dispatch/suggestions',
      {
        schema: {
          tags,
          summary: 'The likely units, area, category and priority of an order, and those like it nearby',
          body: SuggestionForm,
          response: { 200: Suggestion },
        },
      },
      async request => orThrow(await dispatch.suggest(signedIn(request), request.body)),
    )
    app.get(
      '/api/duty-rules',
      {
        schema: { tags, summary: 'The duty catalogue in order', response: { 200: Type.Array(DutyRuleView) } },
      },
      async request => orThrow(await dispatch.rules(signedIn(request))),
    )
    app.post(
      '/api/duty-rules',
      { schema: { tags, summary: 'Add a rule', body: NewDutyRuleForm, response: { 201: DutyRuleView } } },
      async (request, reply) => {
        const rule = orThrow(await dispatch.addRule(signedIn(request), request.body))
        return reply.status(201).header('etag', etagOf(rule)).send(rule)
      },
    )
    app.put(
      '/api/duty-rules/:id',
      {
        schema: {
          tags,
          summary: 'Save a rule over the version that was edited',
          params: DutyRuleParams,
          headers: IfMatch,
          body: DutyRuleForm,
          response: { 200: DutyRuleView },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        const rule = orThrow(
          await dispatch.saveRule(signedIn(request), request.params.id, version, request.body),
        )
        reply.header('etag', etagOf(rule))
        return rule
      },
    )
    app.delete(
      '/api/duty-rules/:id',
      {
        schema: {
          tags,
          summary: 'Remove a rule at the version that was read',
          params: DutyRuleParams,
          headers: IfMatch,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        orThrow(await dispatch.removeRule(signedIn(request), request.params.id, version))
        return reply.status(204).send(null)
      },
    )
    app.put(
      '/api/duty-rules/order',
      {
        schema: {
          tags,
          summary: 'Put the rules in another order',
          body: DutyRuleOrder,
          response: { 200: Type.Array(DutyRuleView) },
        },
      },
      async request => orThrow(await dispatch.placeRules(signedIn(request), request.body.ids)),
    )
    app.get(
      '/api/dispatch-words',
      {
        schema: {
          tags,
          summary: 'The words that tell a category or an urgency',
          response: { 200: DispatchWords },
        },
      },
      async (request, reply) => {
        const words = orThrow(await dispatch.words(signedIn(request)))
        reply.header('etag', etagOf(words))
        return words
      },
    )
    app.put(
      '/api/dispatch-words',
      {
        schema: {
          tags,
          summary: 'Save the lists that are named over the version that was edited; the others stay',
          headers: IfMatch,
          body: WordLists,
          response: { 200: DispatchWords },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        const words = orThrow(await dispatch.saveWords(signedIn(request), version, request.body))
        reply.header('etag', etagOf(words))
        return words
      },
    )
    app.post(
      '/api/duty-rules/try',
      {
        schema: {
          tags,
          summary: 'What the catalogue says of a text, rule by rule; nothing is saved',
          body: SuggestionForm,
          response: { 200: RuleTrial },
        },
      },
      async request => orThrow(await dispatch.tryOut(signedIn(request), request.body)),
    )
  }
}
