import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Browser as Chromium, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import type { CallNote } from '../../src/contact-center/events.ts'
import { seedDemoCity } from '../../src/demo-city/index.ts'
import { asId } from '../../src/kernel/ids.ts'
import { today } from '../../src/kernel/time.ts'
import { addStaff } from '../../src/people/staff/index.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { createTemplate } from '../support/database-setup.ts'
import { Postgres } from '../support/postgres.ts'
import { Browser, PASSWORD, type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'
import { recordBusyDay } from './busy-day.ts'
import { launchChromium } from './chromium.ts'
import { watchComplaints } from './complaints.ts'
import { picture, USUAL_SIZE } from './pictures.ts'

/** Figures, missed calls, seat history and the calendar on a real PostgreSQL with two busy days in it; no PBX is needed to read. */

const DAY_MS = 86_400_000
const WEB_CONFIG = fileURLToPath(new URL('../../src/web/vite.config.ts', import.meta.url))

let postgres: Postgres
let database: TestDatabase
let service: Service
let chromium: Chromium
let page: Page
let lead: Browser
let complaints: readonly string[]
const folder = mkdtempSync(join(tmpdir(), 'hotline-pages-'))

beforeAll(async () => {
  const executable = findCommand('chromium')
  if (executable === null) throw new Error('chromium is not installed: npm test installs it')
  postgres = await Postgres.start()
  await createTemplate(postgres)
  database = await freshDatabase(postgres.url('postgres'))
  await seedDemoCity(database.db, folder)
  const person = {
    login: 'watch',
    name: '许明珠',
    role: 'shift-lead',
    agentNumber: null,
    password: PASSWORD,
  } as const
  await addStaff(database.db, person)
  await recordDays()
  await build({
    configFile: WEB_CONFIG,
    logLevel: 'error',
    build: { outDir: join(folder, 'pages'), emptyOutDir: true },
  })
  service = await startService(database.db, { pagesFolder: join(folder, 'pages'), seats: 20 })
  lead = await Browser.signIn(service, 'watch')
  chromium = await launchChromium(executable)
  page = await chromium.newPage({ viewport: USUAL_SIZE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const [name = '', value = ''] = lead.cookie.split('=')
  await page.context().addCookies([{ name, value, url: service.url }])
  complaints = await watchComplaints(page, [])
  page.setDefaultTimeout(30_000)
})
afterAll(async () => {
  await chromium?.close()
  await service?.close()
  await database?.close()
  await postgres?.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** Yesterday to its end, and today until now. */
async function recordDays(): Promise<void> {
  const { db } = database
  const agents = await db
    .selectFrom('staff')
    .select('id')
    .where('role', '=', 'agent')
    .orderBy('agent_number')
    .execute()
  const lines = await db
    .selectFrom('lines')
    .select(['number', 'name', 'queue_id'])
    .orderBy('number')
    .execute()
  const { from } = today(Date.now())
  const common = { db, agents: agents.map(({ id }) => id), lines }
  await recordBusyDay({ ...common, from: from.getTime() - DAY_MS, now: from.getTime() })
  await recordBusyDay({ ...common, from: from.getTime(), now: Date.now() })
  await sql`
    insert into missed_calls (caller_number, line_number, first_at, last_at, times, last_call_id)
    select caller_number, line_number, ended_at - n % 3 * interval '40 minutes', ended_at, n % 3 + 1, id
    from (
      select calls.*, row_number() over (order by ended_at desc) as n from calls where result = 'abandoned'
    ) as missed
    where n <= 60`.execute(db)
  await tellOfCalls(db)
  // Elsewhere PostgreSQL does so by itself, within a minute.
  await sql`analyze`.execute(db)
}

/** Timelines and grades, and one call that came through several hands. */
async function tellOfCalls(db: TestDatabase['db']): Promise<void> {
  await sql`
    insert into call_notes (call_id, position, at, kind, detail)
    select id, 0, arrived_at, 'arrived', jsonb_build_object('dialled', dialled, 'line', line_number) from calls
    union all
    select id, 100, ended_at, 'rating-asked', '{}' from calls where result = 'completed'
    union all
    select id, 101, ended_at, 'ended', jsonb_build_object('result', result, 'reason', reason, 'by', ended_by)
    from calls where result is not null`.execute(db)
  await sql`
    insert into call_ratings (call_id, grade, seat, staff_id, at)
    select id, case n % 12 when 0 then 5 when 1 then 4 when 2 then 3 when 3 then 2 when 4 then 2 else 1 end,
      seat, staff_id, ended_at
    from (
      select calls.*, row_number() over (order by id) as n from calls
      where result = 'completed' and staff_id is not null
    ) as talked
    where n % 3 <> 0`.execute(db)
  const call = await db
    .selectFrom('calls')
    .innerJoin('staff', 'staff.id', 'calls.staff_id')
    .select(['calls.id', 'arrived_at', 'seat', 'staff_id', 'queue_id'])
    .where('result', '=', 'completed')
    .orderBy('arrived_at', 'desc')
    .executeTakeFirstOrThrow()
  const { staff_id: first, seat } = call
  if (first === null || seat === null) throw new Error('an answered call has an agent')
  const at = (seconds: number) => new Date(call.arrived_at.getTime() + seconds * 1_000)
  const next = await db
    .selectFrom('staff')
    .select(['id', 'name'])
    .where('role', '=', 'agent')
    .where('id', '<>', first)
    .orderBy('agent_number', 'desc')
    .executeTakeFirstOrThrow()
  story = { name: next.name, call: call.id }
  await db
    .insertInto('seat_changes')
    .values({
      seat: asId('1090'),
      at: at(40),
      staff_id: next.id,
      state: 'talking',
      reason: null,
      call_id: call.id,
    })
    .execute()
  const told: readonly CallNote[] = [
    { kind: 'greeted' },
    { kind: 'queued', queue: asId('general'), again: false, reason: 'greeted' },
    { kind: 'position-told', ahead: 2, expectedMs: 65_000 },
    { kind: 'escalated', queue: asId('general'), step: 'lower-levels', afterMs: 15_000, detail: '2' },
    { kind: 'offered', seat, attempt: 1 },
    { kind: 'ringing', seat },
    { kind: 'answered', seat },
    { kind: 'bridged', seat },
    { kind: 'transfer-started', seat, how: 'consult', target: '13907551234', emergency: false },
    { kind: 'transfer-failed', target: '13907551234', reason: 'busy' },
    { kind: 'transfer-started', seat, how: 'consult', target: '1090', emergency: false },
    { kind: 'transfer-answered', target: '1090' },
    { kind: 'transferred', from: seat, target: '1090' },
  ]
  await sql`delete from call_notes where call_id = ${call.id} and position between 1 and 99`.execute(db)
  for (const [index, { kind, ...detail }] of told.entries()) {
    await sql`
      insert into call_notes (call_id, position, at, kind, detail)
      values (${call.id}, ${index + 1}, ${at(2 + index * 3)}, ${kind}, ${JSON.stringify(detail)})`.execute(db)
  }
}

let story: { readonly name: string; readonly call: string }

async function open(name: string): Promise<void> {
  await page.goto(`${service.url}/#/${name}`)
  await page.reload()
  await page.getByTestId(name).waitFor()
}

async function choose(group: string, label: string): Promise<void> {
  await page.getByTestId(group).getByText(label, { exact: true }).click()
}

describe('statistics', () => {
  beforeEach(() => open('statistics'))

  test('yesterday: the figures are those of the API, each with its formula and version', async () => {
    await choose('period', '昨天')
    const { from } = today(Date.now())
    const period = { from: new Date(from.getTime() - DAY_MS).toISOString(), to: from.toISOString() }
    const { body } = await lead.ask(
      'GET',
      `/api/statistics/intervals?${new URLSearchParams({ ...period, by: 'all' })}`,
    )
    expect(body.total.offered).toBeGreaterThan(1_000)
    await page.getByTestId('figure-offered').getByText(String(body.total.offered), { exact: true }).waitFor()
    await page
      .getByTestId('figure-overflowed')
      .getByText(String(body.total.overflowed), { exact: true })
      .waitFor()
    await page.locator('[data-testid=chart-calls] canvas').waitFor()
    await picture(page, 'statistics-1-yesterday')
    const name = page.getByTestId('statistics-figures').getByTestId('formula-service-level')
    await name.hover()
    await page.getByText('15 秒内接听 ÷（接听 + 放弃 − 短时放弃）').waitFor()
    await page.getByText('公式第 1 版 · 依据：GB/T 33358-2016（15 秒内应答）').waitFor()
    await picture(page, 'statistics-2-formula')
  })

  test('grouped by skill with bands, by agent, and by line over the whole period', async () => {
    await choose('period', '昨天')
    await choose('group-by', '技能')
    await choose('step', '整个时段')
    await page.getByTestId('bands').click()
    await page.getByTestId('statistics-table').getByText('无技能要求').waitFor()
    await picture(page, 'statistics-3-skill')
    await page.getByTestId('bands').click()
    await choose('group-by', '号码')
    await page.getByTestId('statistics-table').getByText('便民').first().waitFor()
    await choose('group-by', '话务员')
    await page.getByTestId('statistics-table').getByText('1001', { exact: true }).waitFor()
    await picture(page, 'statistics-4-agents')
    await choose('step', '15 分钟')
    await choose('group-by', '队列')
    await page.getByTestId('statistics-table').getByText('00:15').first().waitFor()
    expect(await page.getByTestId('csv').getAttribute('href')).toMatch(/by=queue&step=15m&format=csv$/)
  })

  test('a period without calls says so', async () => {
    await choose('period', '自选')
    await page.getByTestId('period-first').fill('2020-01-01')
    await page.getByTestId('period-last').fill('2020-01-02')
    await page.getByText('换一个时段').waitFor()
    await page.getByTestId('period-last').fill('2020-03-01')
    await page.getByText('最多统计 31 天').waitFor()
    await picture(page, 'statistics-5-empty')
  })

  test('how many seats: Erlang C and A from the busiest interval', async () => {
    await choose('period', '昨天')
    await page.locator('[data-testid=chart-calls] canvas').waitFor()
    await page.getByTestId('plan').click()
    await page.getByTestId('erlang-c').getByText('113', { exact: true }).first().waitFor()
    await page.getByTestId('planner-take').click()
    await page
      .getByTestId('erlang-c')
      .getByText('113', { exact: true })
      .first()
      .waitFor({ state: 'detached' })
    await page.getByTestId('erlang-a').getByText('需要座席').waitFor()
    await picture(page, 'statistics-6-planner')
  })
})

describe('satisfaction', () => {
  test('yesterday by agent and by queue: the rates are those of the API, with their formulas', async () => {
    await open('statistics')
    await choose('period', '昨天')
    await page.getByTestId('ratings-open').click()
    const { from } = today(Date.now())
    const period = { from: new Date(from.getTime() - DAY_MS).toISOString(), to: from.toISOString() }
    const { body } = await lead.ask(
      'GET',
      `/api/statistics/ratings?${new URLSearchParams({ ...period, by: 'queue' })}`,
    )
    expect(body.total.rated.part).toBeGreaterThan(500)
    const shown = `${(body.total.satisfied.value * 100).toFixed(1)}%`
    await page.getByTestId('ratings-satisfied').getByText(shown, { exact: true }).waitFor()
    await page.getByTestId('ratings-table').getByText('1001', { exact: false }).first().waitFor()
    await picture(page, 'statistics-7-ratings')
    await choose('ratings-by', '队列')
    await page.getByTestId('ratings-table').getByText('综合').waitFor()
    await page.getByTestId('ratings').getByTestId('formula-satisfaction').hover()
    await page.getByText('（非常满意 + 满意）÷ 有评价；未评价不计').waitFor()
  })
})

describe('the list of calls', () => {
  test('is filtered by day, direction, result and number, and goes on where the page ends', async () => {
    await page.goto(`${service.url}/#/calls`)
    await page.reload()
    await page.getByTestId('calls-page').waitFor()
    await page.getByTestId('calls-day-before').click()
    const rows = page.locator('[data-testid^=call-row-]')
    await page.getByTestId('calls-more').waitFor()
    expect(await rows.count()).toBe(50)
    await picture(page, 'calls-1-list')
    await page.getByTestId('calls-more').click()
    await until(async () => (await rows.count()) === 100)
    await page.getByTestId('calls-result').click()
    await page.locator('.ant-select-item-option', { hasText: '来电人放弃' }).click()
    await rows.first().getByText('来电人放弃').waitFor()
    await until(async () => (await rows.getByText('完成', { exact: true }).count()) === 0)
    await choose('calls-direction', '呼出')
    await page.getByText('没有符合条件的通话').waitFor()
    expect(await page.getByTestId('calls-csv').getAttribute('href')).toMatch(
      /^\/api\/calls\.csv\?day=[0-9-]{10}&direction=outbound&result=abandoned$/,
    )
    await choose('calls-direction', '全部')
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.keyboard.type('99999999999')
    await page.getByText('没有符合条件的通话').waitFor()
  })

  test('one call in full: who took part, what happened, numbers outside not in full', async () => {
    await page.goto(`${service.url}/#/calls/${story.call}`)
    await page.reload()
    const drawer = page.getByTestId('call-drawer')
    await drawer.getByTestId('call-facts').getByText(`${story.name}（1090）`).waitFor()
    const line = drawer.getByTestId('timeline')
    await line.getByText(/^座席 \d{4}（.+）咨询139\*{6}34$/).waitFor()
    await line.getByText('139******34未接通：对方忙').waitFor()
    await line.getByText('进入“综合”队列').waitFor()
    await line.getByText(`座席 1090（${story.name}）接听`).waitFor()
    expect(await line.locator('li').count()).toBe(16)
    await picture(page, 'calls-2-call')
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
  })
})

describe('missed calls', () => {
  beforeEach(() => open('missed-calls'))

  const rows = () => page.locator('[data-testid^=missed-139]')
  const chosen = () => page.locator('[data-testid^=missed-139][aria-selected=true]')

  test('by keyboard: chosen, claimed, reached with a note, off the list', async () => {
    await rows().first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const number = (await chosen().getAttribute('data-testid'))?.replace('missed-', '') ?? ''
    await page.keyboard.press('c')
    await chosen().getByText('我已认领').waitFor()
    await picture(page, 'missed-1-claimed')
    await page.keyboard.press('r')
    await page.getByTestId('missed-note').fill('已解答社保缴费问题')
    await picture(page, 'missed-2-note')
    await page.keyboard.press('Control+Enter')
    await page.getByTestId(`missed-${number}`).waitFor({ state: 'detached' })
    await choose('missed-shown', '已联系')
    await page.getByTestId(`missed-${number}`).getByText('已解答社保缴费问题').waitFor()
    await page.getByTestId(`missed-${number}`).getByText('许明珠').waitFor()
  })

  test('calling back waits for a seat to call from, and says so', async () => {
    await rows().first().waitFor()
    const callBack = page.locator('[data-testid^=call-back-]').first()
    expect(await callBack.isDisabled()).toBe(true)
    await callBack.hover({ force: true })
    await page.getByText('您的账号没有工号，不能回拨').waitFor()
  })

  test('/ searches by number; none found says so', async () => {
    await rows().first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('99999999999')
    await page.getByText('没有符合条件的来电').waitFor()
    await page.keyboard.press('Escape')
    await rows().first().waitFor()
  })
})

describe('seat history', () => {
  beforeEach(() => open('seat-history'))

  test('yesterday: a bar an agent, read under the pointer, and every spell behind it', async () => {
    const { from } = today(Date.now())
    const yesterday = new Date(from.getTime() - DAY_MS / 2).toISOString().slice(0, 10)
    await page.getByTestId('history-day').fill(yesterday)
    const line = page.getByTestId('history-1004')
    await line.locator('path').first().waitFor({ state: 'attached' })
    await picture(page, 'history-1-day')
    await page.getByTestId('bar-1004').hover()
    await page.getByTestId('reading').waitFor()
    await picture(page, 'history-2-reading')
    await line.getByRole('button').click()
    await page.getByTestId('spells').getByText('通话', { exact: true }).first().waitFor()
    const period = { from: new Date(from.getTime() - DAY_MS).toISOString(), to: from.toISOString() }
    const { body } = await lead.ask('GET', `/api/seat-history?${new URLSearchParams(period)}`)
    const agent = body.agents.find(({ agentNumber }: { agentNumber: string }) => agentNumber === '1004')
    const seconds = Math.floor(agent.signedInMs / 1_000)
    const shown = [seconds / 3_600, (seconds / 60) % 60, seconds % 60].map(Math.floor)
    const text = shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
    expect(await page.getByTestId('signed-in').textContent()).toBe(text)
    await picture(page, 'history-3-spells')
  })

  test('a day on which nobody came says so', async () => {
    await page.getByTestId('history-day').fill('2020-01-01')
    await page.getByText('这一天没有人签入座席').waitFor()
  })
})

describe('the calendar', () => {
  test('is filled with what was announced; a day is set by hand and let be again', async () => {
    await page.goto(`${service.url}/#/calendar`)
    for (const year = page.getByTestId('year'); (await year.textContent()) !== '2026 年'; ) {
      const shown = Number.parseInt((await year.textContent()) ?? '', 10)
      await page.getByTestId(shown > 2026 ? 'year-before' : 'year-after').click()
    }
    await page.getByTestId('fill').click()
    await page.locator('[data-testid="day-2026-10-01"][data-kind="off"]').waitFor()
    await page.locator('[data-testid="day-2026-10-10"][data-kind="worked"]').waitFor()
    await picture(page, 'calendar-1-year')
    await page.getByTestId('day-2026-08-18').click()
    await page.getByText('节假日', { exact: true }).last().click()
    await page.getByTestId('day-name').fill('市庆')
    await picture(page, 'calendar-2-day')
    await page.getByTestId('day-save').click()
    await page.locator('[data-testid="day-2026-08-18"][data-kind="off"]').waitFor()
    expect((await lead.ask('GET', '/api/calendar?year=2026')).body).toContainEqual({
      day: '2026-08-18',
      works: false,
      name: '市庆',
    })
    await page.getByTestId('all-history').click()
    await page.getByTestId('history-drawer').getByText('2026-08-18').first().waitFor()
  })
})

test('the pages had nothing to complain of', () => {
  expect(complaints).toEqual([])
})
