import { inflateRawSync } from 'node:zlib'
import type { FastifyPluginAsync } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/cases/actor.ts'
import { sendTable, type TableColumn } from '../../src/casework/exports/index.ts'
import { asId, type UnitId, type WorkOrderId } from '../../src/kernel/ids.ts'
import { orThrow } from '../../src/kernel/outcome.ts'
import { roles } from '../../src/people/roles/index.ts'
import { signedIn } from '../../src/people/sessions/index.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { holder, seedOrder, sixUnits } from '../support/roles.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

interface Row {
  readonly title: string
  readonly days: number | null
  readonly at: Date
}
const AT = new Date('2026-11-21T12:58:07Z')
const columns: readonly TableColumn<Row>[] = [
  { key: 'title', heading: '标题', value: row => row.title },
  { key: 'days', heading: '用时（天）', value: row => row.days },
  { key: 'at', heading: '登记时间', value: row => row.at },
]

let database: TestDatabase
let service: Service
let lead: Browser
let rows: readonly Row[] = []
let total: number | null = null
let stopsAfter: number | null = null
let ofUnits: readonly UnitId[] | null = null
let pulled = 0
beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  await oneLine(db)
  const room: FastifyPluginAsync = async app => {
    app.get<{ Params: { format: 'csv' | 'xlsx' } }>('/api/test-table/:format', async (request, reply) => {
      const { id, name, login } = signedIn(request)
      const city = new Set(login === 'lead' ? (['export'] as const) : [])
      const east = new Set([asId<UnitId>('east'), asId<UnitId>('quay')])
      const overUnits = new Map(login === 'a8005' ? [['export', east] as const] : [])
      const actor: Actor = { kind: 'staff', staff: id, name, city, overUnits }
      const { format } = request.params
      const filter = { status: 'closed', text: '号码 13907551234' }
      const table = { list: 'work-orders', name: '工单', format, filter, columns }
      return orThrow(
        await sendTable(db, reply, actor, {
          ...table,
          total: total ?? rows.length,
          rows: told(),
          units: ofUnits,
        }),
      )
    })
  }
  service = await startService(db, { rooms: [room] })
  await person(db, 'lead', 'shift-lead')
  await person(db, 'a8001')
  lead = await Browser.signIn(service, 'lead')
})
afterAll(async () => {
  await service.close()
  await database.close()
})

async function* told(): AsyncGenerator<Row> {
  for (const row of rows) {
    if (pulled++ === stopsAfter) throw new Error('PostgreSQL went away')
    yield row
  }
}

async function take(format: string, by = lead) {
  pulled = 0
  const reply = await service.app.inject({ url: `/api/test-table/${format}`, headers: { cookie: by.cookie } })
  return { status: reply.statusCode, headers: reply.headers, text: reply.payload, bytes: reply.rawPayload }
}
const lastRecord = () =>
  database.db.selectFrom('exports').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()

/** The sheet and the texts of a workbook, unpacked by its central directory. */
function unpacked(bytes: Buffer): ReadonlyMap<string, string> {
  const parts = new Map<string, string>()
  const directory = Buffer.from('504b0102', 'hex')
  for (let at = bytes.indexOf(directory); at >= 0; at = bytes.indexOf(directory, at + 4)) {
    const name = bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28))
    const local = bytes.readUInt32LE(at + 42)
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20))
    parts.set(name, (bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString())
  }
  return parts
}

const HOSTILE = ['=1+1', '＝HYPERLINK("http://x")', ' @SUM(A1)', '-2+3', '+8613907551234', '\t=1']

test('CSV: a byte order mark, quoted as RFC 4180 says, and no cell a formula', async () => {
  rows = [
    { title: '路灯,不亮"了"\n第二行', days: 1.5, at: AT },
    ...HOSTILE.map(title => ({ title, days: null, at: AT })),
    { title: '负数', days: -3, at: AT },
  ]
  const { status, headers, text } = await take('csv')
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(headers['content-disposition']).toMatch(
    /^attachment; filename="work-orders.csv"; filename\*=UTF-8''%E5%B7%A5%E5%8D%95-\d{4}-\d\d-\d\d.csv$/,
  )
  const lines = text.split('\r\n')
  expect(lines[0]).toBe('\uFEFF标题,用时（天）,登记时间')
  expect(lines[1]).toBe('"路灯,不亮""了""\n第二行",1.5,2026-11-21 20:58:07')
  for (const line of lines.slice(2, 2 + HOSTILE.length)) expect(line).toMatch(/^"?'/)
  expect(lines.at(-2)).toBe('负数,-3,2026-11-21 20:58:07')
  expect(lines.at(-1)).toBe('')
})

test('XLSX: the same cells, texts as texts and numbers as numbers, nothing that breaks its XML', async () => {
  rows = [
    ...HOSTILE.map(title => ({ title, days: 2.5, at: AT })),
    { title: `<&>"\u0001\u000b\uD800 ${'长'.repeat(40_000)}`, days: Number.NaN, at: AT },
  ]
  const { status, headers, bytes } = await take('xlsx')
  expect(status).toBe(200)
  expect(headers['content-type']).toContain('spreadsheetml.sheet')
  const parts = unpacked(bytes)
  const sheet = parts.get('xl/worksheets/sheet1.xml') ?? ''
  const all = [...parts.values()].join('')
  expect(sheet).not.toMatch(/<f[ >]/)
  expect(sheet.match(/<v>2\.5<\/v>/g)).toHaveLength(HOSTILE.length)
  for (const text of ['标题', '=1+1', '＝HYPERLINK', '2026-11-21 20:58:07', '&lt;&amp;&gt;'])
    expect(all).toContain(text)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(all).not.toMatch(/[\x00-\x08\x0b\x0c\x0e-\x1f]/)
  expect(all.match(/长+/)?.[0]?.length).toBeLessThan(32_768)
})

test('who took what by which filter is on record, the number that was looked for masked', async () => {
  rows = [{ title: 'a', days: 1, at: AT }]
  await take('csv')
  const { id, at, by_staff, ...record } = await lastRecord()
  expect(record).toEqual({
    list: 'work-orders',
    format: 'csv',
    filter: { status: 'closed', text: '号码 139******34' },
    columns: ['title', 'days', 'at'],
    rows: 1,
    complete: true,
  })
})

test('without the right there is no file, and nothing is read', async () => {
  const agent = await Browser.signIn(service, 'a8001')
  const before = (await lastRecord()).id
  expect((await take('csv', agent)).status).toBe(403)
  expect(pulled).toBe(0)
  expect((await lastRecord()).id).toBe(before)
})

test('a list beyond the limit is refused, not cut', async () => {
  rows = [{ title: 'a', days: 1, at: AT }]
  for (const [format, most] of [
    ['csv', 200_000],
    ['xlsx', 20_000],
  ] as const) {
    total = most
    expect((await take(format)).status).toBe(200)
    total = most + 1
    const { status, text } = await take(format)
    expect([status, JSON.parse(text).code]).toEqual([413, 'export-too-large'])
  }
  total = null
})

test('rows that come in meanwhile end the file with an error rather than a whole look', async () => {
  rows = Array.from({ length: 20_001 }, (_, i) => ({ title: `${i}`, days: i, at: AT }))
  total = 20_000
  expect((await take('xlsx')).status).toBe(500)
  expect(await lastRecord()).toMatchObject({ rows: 20_000, complete: false })
  total = null
})

test('a file that breaks off is on record as far as it came', async () => {
  rows = Array.from({ length: 100 }, (_, i) => ({ title: `${i}`, days: i, at: AT }))
  stopsAfter = 50
  await take('csv').catch(() => undefined)
  stopsAfter = null
  await until(async () => (await lastRecord()).rows === 50)
  expect((await lastRecord()).complete).toBe(false)
})

test('a workbook of 20,000 rows keeps no call waiting', async () => {
  rows = Array.from({ length: 20_000 }, (_, i) => ({ title: `路灯不亮第 ${i} 次`, days: i, at: AT }))
  let longest = 0
  let last = performance.now()
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 5)
  const { status, bytes } = await take('xlsx')
  clearInterval(beat)
  expect(status).toBe(200)
  expect(bytes.length).toBeGreaterThan(100_000)
  expect(longest).toBeLessThan(1_000)
})

test('rows of units are for whoever has the right over each of them, those of anybody for the whole city', async () => {
  rows = [{ title: 'a', days: 1, at: AT }]
  await person(database.db, 'a8005')
  const leader = await Browser.signIn(service, 'a8005')
  const units = (...ids: string[]) => ids.map(id => asId<UnitId>(id))
  for (const [of, status] of [
    [units('east'), 200],
    [units('east', 'quay'), 200],
    [units('east', 'west'), 403],
    [units(), 403],
    [null, 403],
  ] as const) {
    ofUnits = of
    expect((await take('csv', leader)).status, String(of)).toBe(status)
    if (status === 200) expect((await lastRecord()).filter).toMatchObject({ overUnits: of })
  }
  ofUnits = units('west')
  expect((await take('csv')).status).toBe(200)
  ofUnits = null
})

describe('of the orders that somebody reads, they take away', () => {
  const orders = new Map<string, WorkOrderId>()
  beforeAll(async () => {
    const { db } = database
    await sixUnits(db)
    const by = await person(db, 'a8009')
    const seeded = {
      east: { with: { east: 'working' } },
      pier: { with: { pier: 'to-sign' }, secret: true },
      west: { with: { west: 'working' } },
      both: { with: { west: 'working', quay: 'answered' } },
      returned: { with: { east: 'returned', west: 'working' } },
      referred: { with: { water: 'working' }, supervision: 5 },
    } as const
    for (const [name, order] of Object.entries(seeded))
      orders.set(name, await seedOrder(db, { by, ...order }))
  })

  /** The names of the orders in the file; the status when there is none. */
  async function taken(login: string, query = ''): Promise<readonly string[] | number> {
    const { cookie } = await Browser.signIn(service, login)
    const url = `/api/work-orders/export?format=csv${query}`
    const reply = await service.app.inject({ url, headers: { cookie } })
    if (reply.statusCode !== 200) return reply.statusCode
    const numbers = reply.payload.split('\r\n').slice(1, -1)
    const known = await database.db.selectFrom('work_orders').select(['id', 'number']).execute()
    const names = new Map([...orders].map(([name, id]) => [id, name]))
    return known
      .filter(({ number }) => numbers.some(line => line.includes(number)))
      .flatMap(({ id }) => names.get(id) ?? [])
      .sort()
  }

  const ALL = ['both', 'east', 'pier', 'referred', 'returned', 'west']
  const BY_ROLE: Readonly<Record<string, readonly string[]>> = {
    ...Object.fromEntries(
      ['supervisor', 'shift-lead', 'chief', 'hotline-office', 'quality', 'analyst'].map(role => [role, ALL]),
    ),
    'unit-leader': ['both', 'east', 'pier'],
    discipline: ['referred'],
  }

  test('by role: all of the city, what was referred, what is with the unit or below it, or nothing', async () => {
    const known = await roles(database.db)
    expect(Object.keys(BY_ROLE).every(code => known.some(role => role.code === code))).toBe(true)
    for (const { code, overUnit } of known) {
      await holder(database.db, `takes-${code}`, [{ role: code, unit: overUnit ? 'east' : null }])
      expect(await taken(`takes-${code}`), code).toEqual(BY_ROLE[code] ?? 403)
    }
  }, 60_000)

  test('no more than is with the units over which they may', async () => {
    const { db } = database
    await holder(db, 'two-units', [
      { role: 'unit-handler', unit: 'west' },
      { role: 'unit-leader', unit: 'quay' },
    ])
    expect(await taken('two-units')).toEqual(['both', 'pier'])
    await holder(db, 'agent-and-leader', [
      { role: 'agent', unit: null },
      { role: 'unit-leader', unit: 'east' },
    ])
    expect(await taken('agent-and-leader')).toEqual(['both', 'east', 'pier'])
    expect(await taken('agent-and-leader', '&unit=west')).toEqual(['both'])
    expect(await taken('agent-and-leader', '&unit=water')).toEqual([])
    expect((await lastRecord()).filter).toEqual({ unit: 'water', overUnits: ['east', 'quay', 'pier'] })
  })

  test('nothing of a unit over which they may, where they read none', async () => {
    const { db } = database
    const role = { code: 'takes-only', name_zh: '导出', name_en: '', over_unit: true }
    await db
      .insertInto('roles')
      .values({ ...role, rights: ['export'] })
      .execute()
    await holder(db, 'takes-only', [{ role: 'takes-only', unit: 'east' }])
    expect(await taken('takes-only')).toEqual([])
  })
})
