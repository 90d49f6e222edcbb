import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { callBacks } from './call-backs.ts'
import {
  addLeaderDay,
  enterResult,
  leaderDay,
  listLeaderDays,
  removeLeaderDay,
  saveLeaderDay,
  step,
} from './leader-days.ts'
import {
  CallBack,
  CallBackQuery,
  ItemParams,
  LeaderDay,
  LeaderDayParams,
  LeaderDayQuery,
  LeaderDayView,
  LeaderForm,
  NewLeaderDayForm,
  ResultForm,
  StepParams,
} from './schema.ts'

const tags = ['casework']

/** 回访: whom to ask how it went, and the day on which a unit's leader does so. */
export function callBackRoutes(db: Kysely<Database>, now: () => Instant): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/call-backs',
      {
        schema: {
          tags,
          summary: 'Orders whose citizens are to be called back, the soonest due first',
          querystring: CallBackQuery,
          response: { 200: Type.Array(CallBack) },
        },
      },
      async request => orThrow(await callBacks(db, signedIn(request), request.query, now())),
    )
    app.get(
      '/api/leader-days',
      {
        schema: {
          tags,
          summary: "Leaders' days with their figures, by day",
          querystring: LeaderDayQuery,
          response: { 200: Type.Array(LeaderDay) },
        },
      },
      async request => orThrow(await listLeaderDays(db, signedIn(request), request.query)),
    )
    app.post(
      '/api/leader-days',
      {
        schema: {
          tags,
          summary: 'Plan a day on which the leader of a unit comes',
          body: NewLeaderDayForm,
          response: { 201: LeaderDay },
        },
      },
      async (request, reply) => {
        const day = orThrow(await addLeaderDay(db, signedIn(request), request.body))
        return reply.header('etag', etagOf(day)).status(201).send(day)
      },
    )
    app.get(
      '/api/leader-days/:id',
      {
        schema: {
          tags,
          summary: "A leader's day with the list of whom to call back, the worst first",
          params: LeaderDayParams,
          response: { 200: LeaderDayView },
        },
      },
      async (request, reply) => {
        const day = orThrow(await leaderDay(db, signedIn(request), request.params.id, now()))
        reply.header('etag', etagOf(day))
        return day
      },
    )
    app.put(
      '/api/leader-days/:id',
      {
        schema: {
          tags,
          summary: 'Save who comes over the version that was edited',
          params: LeaderDayParams,
          headers: IfMatch,
          body: LeaderForm,
          response: { 200: LeaderDay },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        const { id } = request.params
        const day = orThrow(await saveLeaderDay(db, signedIn(request), id, version, request.body))
        reply.header('etag', etagOf(day))
        return day
      },
    )
    app.delete(
      '/api/leader-days/:id',
      {
        schema: {
          tags,
          summary: "Take a leader's day off the plan that has not begun",
          params: LeaderDayParams,
          headers: IfMatch,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        orThrow(await removeLeaderDay(db, signedIn(request), request.params.id, version))
        return reply.status(204).send(null)
      },
    )
    app.post(
      '/api/leader-days/:id/steps/:step',
      {
        schema: {
          tags,
          summary: 'Tick a step of the day: signed in, read the handover notes, reviewed the orders',
          params: StepParams,
          response: { 200: LeaderDay },
        },
      },
      async request => {
        const { id, step: taken } = request.params
        return orThrow(await step(db, signedIn(request), id, taken, now()))
      },
    )
    app.post(
      '/api/leader-days/:id/orders/:order/results',
      {
        schema: {
          tags,
          summary: 'Enter how the talk with a citizen went',
          params: ItemParams,
          body: ResultForm,
          response: { 200: LeaderDayView },
        },
      },
      async request => {
        const talk = { ...request.params, form: request.body, at: now() }
        return orThrow(await enterResult(db, signedIn(request), talk))
      },
    )
  }
}
