import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, IfMatch } from '#database/version.ts'
import type { Instant } from '#kernel/time.ts'
import { asking } from '../../people/sessions/index.ts'
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

/** 回访: whom to ask how it went, and the day on which a unit's leader does so. */
export function callBackRoutes(db: Kysely<Database>, now: () => Instant): FastifyPluginAsyncTypebox {
  return async app => {
    const { get, post, put, remove } = asking(app, 'casework')
    get(
      '/api/call-backs',
      'Orders whose citizens are to be called back, the soonest due first',
      { querystring: CallBackQuery, 200: Type.Array(CallBack) },
      (member, { query }) => callBacks(db, member, query, now()),
    )
    get(
      '/api/leader-days',
      "Leaders' days with their figures, by day",
      { querystring: LeaderDayQuery, 200: Type.Array(LeaderDay) },
      (member, { query }) => listLeaderDays(db, member, query),
    )
    post(
      '/api/leader-days',
      'Plan a day on which the leader of a unit comes',
      { body: NewLeaderDayForm, 201: LeaderDay, etag: true },
      (member, { body }) => addLeaderDay(db, member, body),
    )
    get(
      '/api/leader-days/:id',
      "A leader's day with the list of whom to call back, the worst first",
      { params: LeaderDayParams, 200: LeaderDayView, etag: true },
      (member, { params }) => leaderDay(db, member, params.id, now()),
    )
    put(
      '/api/leader-days/:id',
      'Save who comes over the version that was edited',
      { params: LeaderDayParams, headers: IfMatch, body: LeaderForm, 200: LeaderDay, etag: true },
      (member, { params, headers, body }) =>
        saveLeaderDay(db, member, params.id, editedVersion(headers), body),
    )
    remove(
      '/api/leader-days/:id',
      "Take a leader's day off the plan that has not begun",
      { params: LeaderDayParams, headers: IfMatch, 204: Type.Null() },
      (member, { params, headers }) => removeLeaderDay(db, member, params.id, editedVersion(headers)),
    )
    post(
      '/api/leader-days/:id/steps/:step',
      'Tick a step of the day: signed in, read the handover notes, reviewed the orders',
      { params: StepParams, 200: LeaderDay },
      (member, { params }) => step(db, member, params.id, params.step, now()),
    )
    post(
      '/api/leader-days/:id/orders/:order/results',
      'Enter how the talk with a citizen went',
      { params: ItemParams, body: ResultForm, 200: LeaderDayView },
      (member, { params, body }) => enterResult(db, member, { ...params, form: body, at: now() }),
    )
  }
}
