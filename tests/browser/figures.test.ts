import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Browser as Chromium, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import { seedDemoCity } from '../../src/demo-city/index.ts'
import { today } from '../../src/kernel/time.ts'
import { addStaff } from '../../src/people/staff/index.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { createTemplate } from '../support/database-setup.ts'
import { Postgres } from '../support/postgres.ts'
import { Browser, PASSWORD, type Service, startService } from '../support/service.ts'
import { recordBusyDay } from './busy-day.ts'
import { launchChromium } from './chromium.ts'
import { watchComplaints } from './complaints.ts'
import { picture, USUAL_SIZE } from './pictures.ts'

/** Figures, missed calls and seat history on a real PostgreSQL with two busy days in it; no PBX is needed to read. */

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
  // Elsewhere PostgreSQL does so by itself, within a minute.
  await sql`analyze`.execute(db)
}

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

  test('calling back waits for a seat to call from', async () => {
    await rows().first().waitFor()
    expect(await page.locator('[data-testid^=call-back-]').first().isDisabled()).toBe(true)
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

test('the pages had nothing to complain of', () => {
  expect(complaints).toEqual([])
})
