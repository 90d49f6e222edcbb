import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../sessions/index.ts'
import { rosterCsv } from './columns.ts'
import {
  CopiedWeek,
  CopyWeekForm,
  DayDutyForm,
  DayDutyParams,
  DayDutyView,
  EntryParams,
  MyShifts,
  NewShiftForm,
  Roster,
  RosterEntry,
  RosterForm,
  ShiftForm,
  ShiftParams,
  ShiftView,
  WeekQuery,
} from './schema.ts'
import {
  clearDuty,
  copyWeek,
  createShift,
  myShifts,
  nameDuty,
  plan,
  roster,
  saveShift,
  unplan,
} from './service.ts'
import { shifts } from './store.ts'

const tags = ['floor']

/** /api/shifts, /api/roster and /api/my-shifts: the kinds of shift, who works them, and how they were kept. */
export function shiftRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/shifts',
      { schema: { tags, summary: 'The kinds of shift', response: { 200: Type.Array(ShiftView) } } },
      () => shifts(db),
    )
    app.post(
      '/api/shifts',
      { schema: { tags, summary: 'Add a kind of shift', body: NewShiftForm, response: { 201: ShiftView } } },
      async (request, reply) => {
        const shift = orThrow(await createShift(db, signedIn(request), request.body))
        return reply.status(201).header('etag', etagOf(shift)).send(shift)
      },
    )
    app.put(
      '/api/shifts/:id',
      {
        schema: {
          tags,
          summary: 'Save a kind of shift over the version that was edited; what is planned keeps its times',
          params: ShiftParams,
          headers: IfMatch,
          body: ShiftForm,
          response: { 200: ShiftView },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        const { id } = request.params
        const shift = orThrow(await saveShift(db, signedIn(request), id, version, request.body))
        reply.header('etag', etagOf(shift))
        return shift
      },
    )
    app.get(
      '/api/my-shifts',
      {
        schema: {
          tags,
          summary: 'My own shifts of two weeks',
          querystring: WeekQuery,
          response: { 200: MyShifts },
        },
      },
      request => myShifts(db, signedIn(request), request.query.from, Date.now()),
    )
    await app.register(rosterRoutes(db))
  }
}

function rosterRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/roster',
      {
        schema: {
          tags,
          summary: 'Seven days as planned and as kept',
          querystring: WeekQuery,
          response: { 200: Roster },
        },
      },
      async request => orThrow(await roster(db, signedIn(request), request.query.from, Date.now())),
    )
    app.get(
      '/api/roster.csv',
      {
        schema: {
          tags,
          summary: 'The same as CSV',
          querystring: WeekQuery,
          response: {
            200: {
              description: 'One line an entry',
              content: { 'text/csv': { schema: Type.String() } },
            },
          },
        },
      },
      async (request, reply) => {
        const found = orThrow(await roster(db, signedIn(request), request.query.from, Date.now()))
        reply.header('content-disposition', `attachment; filename="roster-${found.from}.csv"`)
        return reply.type('text/csv; charset=utf-8').send(rosterCsv(found))
      },
    )
    app.post(
      '/api/roster',
      {
        schema: {
          tags,
          summary: 'Plan people for shifts: all of the entries, or none',
          body: RosterForm,
          response: { 201: Type.Array(RosterEntry) },
        },
      },
      async (request, reply) => {
        const planned = orThrow(await plan(db, signedIn(request), request.body.entries, Date.now()))
        return reply.status(201).send([...planned])
      },
    )
    app.delete(
      '/api/roster/:id',
      {
        schema: {
          tags,
          summary: 'Take an entry off the roster',
          params: EntryParams,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        orThrow(await unplan(db, signedIn(request), Number(request.params.id)))
        return reply.status(204).send(null)
      },
    )
    app.post(
      '/api/roster/copy-week',
      {
        schema: {
          tags,
          summary: 'Plan a week as another was; what would overlap is left out',
          body: CopyWeekForm,
          response: { 200: CopiedWeek },
        },
      },
      async request => orThrow(await copyWeek(db, signedIn(request), request.body)),
    )
    app.put(
      '/api/roster/duties/:day/:duty',
      {
        schema: {
          tags,
          summary: 'Name who is at hand for a day from the carrier or the hotline office',
          params: DayDutyParams,
          body: DayDutyForm,
          response: { 200: DayDutyView },
        },
      },
      async request => orThrow(await nameDuty(db, signedIn(request), request.params, request.body)),
    )
    app.delete(
      '/api/roster/duties/:day/:duty',
      {
        schema: {
          tags,
          summary: 'Name nobody for it',
          params: DayDutyParams,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        orThrow(await clearDuty(db, signedIn(request), request.params))
        return reply.status(204).send(null)
      },
    )
  }
}
