import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import { CalendarDay, CalendarDayForm, DayParams, FillForm, YearQuery } from './schema.ts'
import { clearDay, fillYear, saveDay } from './service.ts'
import { daysOfYear } from './store.ts'

const tags = ['floor']

/** /api/calendar: holidays and the weekends worked in their stead. */
export function calendarRoutes(db: Kysely<Database>): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/calendar',
      {
        schema: {
          tags,
          summary: 'The days of a year that are not what their weekday says',
          querystring: YearQuery,
          response: { 200: Type.Array(CalendarDay) },
        },
        config: { access: 'everybody' },
      },
      request => daysOfYear(db, request.query.year),
    )
    app.put(
      '/api/calendar/:day',
      {
        schema: {
          tags,
          summary: 'Make a day a holiday, or a weekend a working day',
          params: DayParams,
          body: CalendarDayForm,
          response: { 200: CalendarDay },
        },
      },
      async request => orThrow(await saveDay(db, signedIn(request), request.params.day, request.body)),
    )
    app.delete(
      '/api/calendar/:day',
      {
        schema: {
          tags,
          summary: 'Let a day be what its weekday says',
          params: DayParams,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        orThrow(await clearDay(db, signedIn(request), request.params.day))
        return reply.status(204).send(null)
      },
    )
    app.post(
      '/api/calendar/fill',
      {
        schema: {
          tags,
          summary: 'Add the days that were announced for a year',
          body: FillForm,
          response: { 200: Type.Array(CalendarDay) },
        },
      },
      async request => [...orThrow(await fillYear(db, signedIn(request), request.body.year))],
    )
  }
}
