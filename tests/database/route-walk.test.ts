import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AnnouncementFolder } from '../../src/adapters/speech/announcement-folder.ts'
import { AttachmentFolder } from '../../src/adapters/storage/attachment-folder.ts'
import { attachmentRoutes } from '../../src/casework/attachments/index.ts'
import { carrierEventRoutes } from '../../src/casework/masking/carrier-routes.ts'
import { networks, webhookRoutes } from '../../src/casework/webhooks/index.ts'
import { checkTree } from '../../src/contact-center/ivr/check.ts'
import type { Role } from '../../src/database/types.ts'
import { Ivr, ivrRoutes } from '../../src/floor/ivr/index.ts'
import {
  asId,
  type BindingId,
  type CallId,
  type StaffId,
  type UnitId,
  type WorkOrderId,
} from '../../src/kernel/ids.ts'
import { roles } from '../../src/people/roles/index.ts'
import { SESSION_COOKIE } from '../../src/people/sessions/index.ts'
import { openSession } from '../../src/people/sessions/store.ts'
import { recordingRoutes } from '../../src/quality/recordings/index.ts'
import { attachmentDeps } from '../../src/server/cases.ts'
import { REFUSALS } from '../../src/server/refusal-status.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { answeredCall } from '../support/facts.ts'
import { holder, seedOrder, sixUnits } from '../support/roles.ts'
import { type Access, ROUTE_ACCESS } from '../support/route-access.ts'
import { type Schema, sample } from '../support/sample.ts'
import { oneLine, person, type Service, startService } from '../support/service.ts'

/*
 * Every route of openapi.json as everybody: one person for each role that a city begins with, and nobody. What each
 * may do is committed in tests/support/route-access.ts, so that a new route fails here until somebody says who may use
 * it. Whose rows each of them sees is tests/database/roles.test.ts.
 */

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: Schema
}

interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

interface Route {
  /** `GET /api/calls/{id}`, as the table has it; with the act behind it where the body is one of several. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly operation: Operation
  /** Of the JSON body, if it has one. */
  readonly body: Schema | null
}

/** Bodies that are no JSON. */
const UPLOADS: Readonly<Record<string, { readonly type: string; readonly payload: Buffer }>> = {
  'POST /api/ivr/recordings': { type: 'audio/wav', payload: Buffer.from('no sound') },
}

const METHODS = { get: 'GET', post: 'POST', put: 'PUT', delete: 'DELETE' } as const
/** The roles that come with a desk, and the login of whoever sits there: its digits are a 工号. */
const DESKS: ReadonlyMap<string, readonly [Role, login: string]> = new Map([
  ['agent', ['agent', 'a1001']],
  ['shift-lead', ['shift-lead', 'lead9001']],
  ['quality', ['quality', 'quality']],
  ['admin', ['admin', 'admin']],
])

let database: TestDatabase
let service: Service
let routes: readonly Route[]
/** By role. */
const people = new Map<string, StaffId>()
/** What the sampled ids of a path are put in place of, so that rights are asked for before anything is missing. */
const things: { readonly path: string; id(): Promise<string> }[] = []
beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  await oneLine(db)
  await sixUnits(db)
  const log = pino({ level: 'silent' })
  const announcements = new AnnouncementFolder(tmpdir(), { espeak: 'espeak-ng', sox: 'sox' }, 0)
  const ivr = new Ivr({ db, check: checkTree, announcements, log })
  service = await startService(db, {
    rooms: [
      recordingRoutes({ db, folder: tmpdir() }),
      ivrRoutes({ db, ivr }),
      attachmentRoutes(attachmentDeps(db, new AttachmentFolder(tmpdir()))),
      webhookRoutes({ db, named: networks([]) }),
      carrierEventRoutes({ db, log, reader: null }),
    ],
  })
  for (const { code, overUnit } of await roles(db)) {
    const [desk, login] = DESKS.get(code) ?? []
    const grant = { role: code, unit: overUnit ? 'east' : null }
    const staff = desk === undefined ? await holder(db, code, [grant]) : await person(db, login ?? code, desk)
    people.set(code, staff)
  }
  await seedThings()
  routes = await readRoutes()
})
afterAll(async () => {
  await service.close()
  await database.close()
})

/** Somebody else's call, with its order: secret, and with a unit that nobody here belongs to. */
async function seedThings(): Promise<void> {
  const { db } = database
  const other = await person(db, 'a8001')
  const call = answeredCall(other)
  call.events.forEach((facts, i) => {
    service.facts.accept(i + 1, facts)
  })
  await service.facts.flushed()
  things.push({ path: '/api/calls/', id: async () => call.id })
  // One for each request: what one does to it must not let the next do more. Acts are tried on one that the units'
  // people here have, so that it is the act that they are refused and not the sight of the order.
  const theirs = () => seedOrder(db, { by: other, with: { east: 'working' } })
  things.push({ path: '/api/work-orders/{id}/acts', id: theirs })
  const order = () => seedOrder(db, { by: other, secret: true, with: { west: 'working' } })
  // What stands beside an order is with it: read by whoever reads it, changed for a unit that people here belong to.
  things.push({ path: '/api/bindings/{id}/calls', id: async () => await bindingOf(await order(), 'west') })
  things.push({ path: '/api/bindings/', id: async () => await bindingOf(await theirs(), 'east') })
  things.push({ path: '/api/work-orders/', id: order })
  const missed = await db
    .insertInto('missed_calls')
    .values({
      ...{ caller_number: '13907551234', line_number: null, first_at: new Date(), last_at: new Date() },
      last_call_id: asId<CallId>(call.id),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  things.push({ path: '/api/missed-calls/', id: async () => String(missed.id) })
}

async function bindingOf(order: WorkOrderId, unit: string): Promise<string> {
  const made = await database.db
    .insertInto('bindings')
    .values({
      ...{ id: asId<BindingId>(randomUUID()), order_id: order, unit_id: asId<UnitId>(unit), use: 'by-hand' },
      ...{ short_number: null, pool_id: null, direction: 'both', most_calls_a_day: 1 },
      ...{ most_talk_minutes: 1, records: true, valid_from: new Date() },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return made.id
}

async function readRoutes(): Promise<readonly Route[]> {
  const file = new URL('../../src/server/openapi.json', import.meta.url)
  const { paths }: { paths: Record<string, Record<string, Operation>> } = JSON.parse(
    await readFile(file, 'utf8'),
  )
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(METHODS).flatMap(([key, method]) => {
      const operation = operations[key]
      if (operation === undefined) return []
      return bodiesOf(operation).map(body => {
        const act = body?.properties?.do
        const name = act === undefined ? `${method} ${path}` : `${method} ${path} ${sample(act)}`
        return { name, method, path, operation, body }
      })
    }),
  )
}

/** The body's schema; where it is one of several acts, that of each. */
function bodiesOf({ requestBody }: Operation): readonly (Schema | null)[] {
  const schema = requestBody?.content['application/json']?.schema ?? null
  const choices = schema?.oneOf ?? []
  return choices.length > 0 && choices.every(choice => choice.properties?.do !== undefined)
    ? choices
    : [schema]
}

/** What a request to the route looks like that no schema refuses. */
async function request({ name, method, path, operation, body }: Route) {
  const given = (place: Parameter['in']) =>
    (operation.parameters ?? []).filter(
      one => one.in === place && (place === 'path' || one.required === true),
    )
  const id = await things.find(one => path.startsWith(one.path))?.id()
  const url = given('path').reduce(
    (text, { name, schema }) => text.replace(`{${name}}`, encodeURIComponent(String(id ?? sample(schema)))),
    path,
  )
  const query = new URLSearchParams(given('query').map(one => [one.name, String(sample(one.schema))]))
  const upload = UPLOADS[name]
  const payload = upload?.payload ?? (body === null ? undefined : Object(sample(body)))
  return {
    method,
    url: query.size === 0 ? url : `${url}?${query}`,
    headers: {
      ...Object.fromEntries(given('header').map(one => [one.name, String(sample(one.schema))])),
      ...(upload === undefined ? {} : { 'content-type': upload.type }),
    },
    ...(payload === undefined ? {} : { payload }),
  }
}

/** A session of its own for each request: some of them end it. */
async function answerTo(route: Route, staff: StaffId | null): Promise<'allowed' | 'refused'> {
  const { headers, ...rest } = await request(route)
  const token = staff === null ? null : await openSession(database.db, staff)
  const cookie = token === null ? {} : { cookie: `${SESSION_COOKIE}=${token}` }
  const reply = await service.app.inject({ ...rest, headers: { ...headers, ...cookie } })
  const isJson = String(reply.headers['content-type']).includes('json') && reply.body !== ''
  const { code, message } = isJson ? reply.json() : {}
  if (code === 'bad-input' && message !== REFUSALS['bad-input'].message) {
    throw new Error(`${route.name} was asked in a wrong form: ${reply.body}`)
  }
  if (reply.statusCode >= 500 && code !== 'unavailable') throw new Error(`${route.name}: ${reply.body}`)
  // What is there and is not found is hidden; of a thing within it there is none.
  const within = route.path.indexOf('{') !== route.path.lastIndexOf('{')
  const hidden = code === 'not-found' && !within && things.some(one => route.path.startsWith(one.path))
  return hidden || code === 'not-signed-in' || code === 'not-allowed' ? 'refused' : 'allowed'
}

async function accessTo(route: Route): Promise<Access> {
  if ((await answerTo(route, null)) === 'allowed') return 'public'
  const allowed: string[] = []
  for (const [role, staff] of people) {
    if ((await answerTo(route, staff)) === 'allowed') allowed.push(role)
  }
  return allowed.length === people.size ? 'everybody' : allowed
}

test('this service has the routes of openapi.json', async () => {
  const { paths } = (await service.app.inject('/api/openapi.json')).json()
  expect(Object.keys(paths).sort()).toEqual([...new Set(routes.map(route => route.path))].sort())
})

test('whoever may use a route is in the table, and nobody else', async () => {
  const found: Record<string, Access> = {}
  for (const route of routes) found[route.name] = await accessTo(route)
  expect(found).toEqual(ROUTE_ACCESS)
}, 300_000)
