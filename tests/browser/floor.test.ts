import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import type { AlarmLimitsView } from '../../src/floor/alarms/schema.ts'
import { Agent, pageUrl, passwordOf } from '../support/agent.ts'
import { deskPhones, dial, voiceAt } from '../support/phones.ts'
import type { SippRun } from '../support/sipp.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { launchChromium } from './chromium.ts'
import { watchComplaints } from './complaints.ts'
import { picture, USUAL_SIZE } from './pictures.ts'

/** A shift lead before the live floor, with one agent at a SIP phone, each test going on where the one before ended. */

/** A line of the demo city whose callers are greeted elsewhere already. */
const UNGREETED = '12320'
const FIRST = '13907551234'
const SECOND = '13811112222'

let stack: Stack
let db: pg.Client
let browser: Browser
let page: Page
let agent: Agent
let complaints: readonly string[]
let voice = ''
const running: SippRun[] = []

beforeAll(async () => {
  const chromium = findCommand('chromium')
  if (chromium === null) throw new Error('chromium is not installed: npm test installs it')
  stack = await startStack()
  db = new pg.Client({ connectionString: stack.databaseUrl })
  await db.connect()
  voice = await voiceAt(440)
  browser = await launchChromium(chromium)
  page = await browser.newPage({ viewport: USUAL_SIZE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  complaints = await watchComplaints(page, [{ method: 'GET', path: '/api/session', status: 401 }])
  page.setDefaultTimeout(10_000)
})
afterAll(async () => {
  agent?.close()
  await browser?.close()
  for (const run of running) await run.stop()
  await db?.end()
  await stack?.stop()
})

/** Through the API, as the page of limits does it: nobody watches a caller wait for a minute. */
async function warnOfWaitsFrom(ms: number): Promise<void> {
  const url = `${pageUrl(stack)}/api/alarm-limits`
  const { limits, version }: AlarmLimitsView = await (await page.request.get(url)).json()
  const data = {
    limits: limits.map(limit => (limit.kind === 'caller-waits' ? { ...limit, warning: ms } : limit)),
  }
  const saved = await page.request.put(url, { data, headers: { 'if-match': `"${version}"` } })
  expect(saved.status()).toBe(200)
}

const tile = () => page.getByTestId('floor-seat-1001')
const tileIn = (state: string) => page.locator(`[data-testid=floor-seat-1001][data-state=${state}]`).waitFor()

test('signs in and is before the floor, where nobody sits yet', async () => {
  await page.goto(pageUrl(stack))
  await page.getByTestId('sign-in-login').fill('lead')
  await page.getByTestId('sign-in-password').fill(passwordOf(stack, 'lead'))
  await page.keyboard.press('Enter')
  await page.getByText('现在没有人签入座席').waitFor()
  await page.getByTestId('floor-queue-general').getByText('无人等待').waitFor()
  await picture(page, 'floor-1-empty')
})

test('an agent sits down and is ready: the seat appears and says so', async () => {
  running.push(await deskPhones(stack, { seats: ['1001'], answersAfterMs: 200, voice }))
  agent = await Agent.signIn(stack, 'a1001')
  await agent.sitDown('1001')
  await tileIn('ready')
  await page.getByTestId('floor-queue-general').getByText('可接听 1').waitFor()
})

test('a call is on the seat, the next caller in the queue', async () => {
  running.push(await dial(stack, { caller: FIRST, dialled: UNGREETED, voice }))
  await tileIn('talking')
  await tile().getByText(FIRST).waitFor()
  running.push(await dial(stack, { caller: SECOND, dialled: UNGREETED, voice }))
  await page.getByTestId('floor-queue-general').getByText(SECOND).waitFor()
  await picture(page, 'floor-2-talking')
})

test('found by keyboard and made not ready, with a note: held for after the call, told to the agent', async () => {
  await page.keyboard.press('/')
  await page.keyboard.type('1001')
  await tile().focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('floor-act-not-ready').click()
  await page.getByTestId('floor-act-confirm').click()
  await page.getByText('请选择示忙原因').waitFor()
  await page.getByText('就餐', { exact: true }).click()
  await page.getByTestId('floor-act-note').fill('轮换就餐')
  await picture(page, 'floor-3-act')
  await page.getByTestId('floor-act-confirm').click()
  await page.getByText('示忙 · 就餐').waitFor()
  await until(() => agent.page.all('alarm').length > 0)
  expect(await agent.page.first('alarm')).toEqual({
    code: 'supervised',
    text: '班长 许明珠 通话结束后将您置为示忙（就餐），说明：轮换就餐',
  })
})

test('ends the call; the seat goes where it was told; both acts are on record', async () => {
  await page.getByTestId('floor-act-hang-up').click()
  await page.getByTestId('floor-act-note').fill('来电人持续辱骂')
  await page.getByTestId('floor-act-confirm').click()
  await tileIn('wrap-up')
  await agent.post('/api/my-seat/wrap-up/finish')
  await tileIn('not-ready')
  await tile().getByText('就餐').waitFor()
  const { rows } = await db.query(
    `select act, seat, reason, note, call_id is not null as in_call, refusal
     from supervision_acts order by id`,
  )
  expect(rows).toEqual([
    { act: 'not-ready', seat: '1001', reason: 'meal', note: '轮换就餐', in_call: true, refusal: null },
    { act: 'hang-up', seat: '1001', reason: null, note: '来电人持续辱骂', in_call: true, refusal: null },
  ])
})

test('a wait beyond the limit raises the alarm', async () => {
  await warnOfWaitsFrom(1_000)
  await page.getByTestId('floor-alarms').getByText('等待超时').waitFor()
  await picture(page, 'floor-4-alarm')
})

test('the page had nothing to complain of', () => {
  expect(complaints).toEqual([])
})
