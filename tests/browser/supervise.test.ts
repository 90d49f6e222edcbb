import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import { Agent, pageUrl, passwordOf } from '../support/agent.ts'
import { deskPhones, dial, voiceAt } from '../support/phones.ts'
import type { SippRun } from '../support/sipp.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { audioFlow, launchChromium, watchPeerConnections } from './chromium.ts'
import { watchComplaints } from './complaints.ts'
import { DeskPage } from './desk-page.ts'
import { picture, USUAL_SIZE } from './pictures.ts'

/**
 * A shift lead with a browser phone before the live floor, two agents at SIP phones, and citizens; each test goes on
 * where the one before ended.
 */

/** A line of the demo city whose callers are greeted elsewhere already. */
const UNGREETED = '12320'
const FIRST = '13907551234'
const SECOND = '13811112222'

let stack: Stack
let db: pg.Client
let browser: Browser
let page: Page
let desk: DeskPage
let agent: Agent
let other: Agent
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
  running.push(await deskPhones(stack, { seats: ['1001', '1002'], answersAfterMs: 200, voice }))
  agent = await Agent.signIn(stack, 'a1001')
  await agent.sitDown('1001')
  running.push(await dial(stack, { caller: FIRST, dialled: UNGREETED, voice }))
  await agent.untilSeatIs('talking')
  browser = await launchChromium(chromium)
  page = await browser.newPage({ viewport: USUAL_SIZE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  complaints = await watchComplaints(page, [
    { method: 'GET', path: '/api/session', status: 401 },
    { method: 'GET', path: '/api/my-seat', status: 404 },
  ])
  await watchPeerConnections(page)
  page.setDefaultTimeout(15_000)
  desk = new DeskPage(page)
})
afterAll(async () => {
  agent?.close()
  other?.close()
  await browser?.close()
  for (const run of running) await run.stop()
  await db?.end()
  await stack?.stop()
})

const bar = (mode: string) => page.locator(`[data-testid=watch-bar][data-mode=${mode}][data-joined=true]`)

test('without a seat of one’s own the drawer says what to do', async () => {
  await desk.signIn(pageUrl(stack), 'lead', passwordOf(stack, 'lead'))
  await page.getByTestId('floor-seat-1001').click()
  await page.getByTestId('watch-no-seat').waitFor()
  expect(await page.getByTestId('watch-listen').isDisabled()).toBe(true)
  await picture(page, 'supervise-1-no-seat')
  await page.getByText('去签入座席').click()
  await desk.takeSeat('1009', 'browser')
})

test('listens by keyboard: the own phone picks up, the talk is heard, the bar says who hears whom', async () => {
  await page.getByTestId('nav-floor').click()
  await page.getByTestId('floor-seat-1001').click()
  await page.locator('[data-testid=watch-listen]:enabled').waitFor()
  await picture(page, 'supervise-2-acts')
  await page.keyboard.press('Shift+KeyL')
  await bar('listen').getByText('没有人听得到您').waitFor()
  const before = (await audioFlow(page))?.energyReceived ?? 0
  await until(async () => ((await audioFlow(page))?.energyReceived ?? 0) > before + 0.001)
  await picture(page, 'supervise-3-listen')
})

test('whispers and barges, and is out when the phone is hung up', async () => {
  await page.getByTestId('watch-bar').getByTestId('watch-whisper').click()
  await bar('whisper').getByText('市民听不到').waitFor()
  await page.keyboard.press('Shift+KeyB')
  await bar('barge').getByText('都听得到您').waitFor()
  await picture(page, 'supervise-4-barge')
  await page.getByTestId('watch-leave').click()
  await page.getByTestId('watch-bar').waitFor({ state: 'detached' })
  expect(await agent.seat()).toMatchObject({ state: 'talking' })
})

test('takes the call over, and is at the desk with its work order', async () => {
  await page.getByTestId('watch-acts').getByTestId('watch-listen').click()
  await bar('listen').waitFor()
  await page.getByTestId('watch-bar').getByTestId('watch-take-over').click()
  await page.locator('.ant-popconfirm').getByRole('button', { name: '拦截' }).click()
  await agent.untilSeatIs('wrap-up')
  await desk.waitForState('talking')
  await page.getByTestId('order-title').waitFor()
  expect(await desk.poppedCaller()).toBe(FIRST)
  await picture(page, 'supervise-5-taken-over')
  await desk.hangUp()
})

test('gives a waiting caller to a ready seat, chosen from a list with skills', async () => {
  await page.getByTestId('nav-floor').click()
  await page.getByTestId('floor-drawer').waitFor({ state: 'detached' })
  running.push(await dial(stack, { caller: SECOND, dialled: '123459', voice }))
  const queue = page.getByTestId('floor-queue-leader')
  await queue.getByText(SECOND).waitFor({ timeout: 40_000 })
  other = await Agent.signIn(stack, 'a1002')
  await other.sitDown('1002')
  await queue.getByRole('button', { name: '指派给座席' }).click()
  await page.getByTestId('pick-seat-1002').waitFor()
  await picture(page, 'supervise-6-pick')
  await page.getByTestId('pick-seat-1002').click()
  await page.getByText('已指派给座席 1002').waitFor()
  await other.untilSeatIs('talking')
})

test('raises a queue’s priority, with a note, and lowers it again', async () => {
  const priority = page.getByTestId('priority-leader')
  const before = Number(/[0-9]+/.exec((await priority.textContent()) ?? '')?.[0])
  await priority.click()
  await page.getByTestId('priority-raise').click()
  await page.getByText('请写明原因').waitFor()
  await page.getByTestId('priority-note').fill('领导接听日')
  await picture(page, 'supervise-7-priority')
  await page.getByTestId('priority-raise').click()
  await priority.getByText(`优先级 ${before + 10}`).waitFor()
  await priority.click()
  await page.getByTestId('priority-note').fill('接听日结束')
  await page.getByTestId('priority-lower').click()
  await priority.getByText(`优先级 ${before}`, { exact: true }).waitFor()
})

test('all of it is in the record of supervision acts', async () => {
  await page.getByTestId('nav-supervision-log').click()
  const log = page.getByTestId('supervision-log')
  for (const act of ['监听', '耳语', '强插', '拦截', '指派来电', '提高优先级', '降低优先级']) {
    await log.getByText(act, { exact: true }).first().waitFor()
  }
  await picture(page, 'supervise-8-log')
  const { rows } = await db.query(
    'select act, queue, points from supervision_acts where refusal is null order by id',
  )
  expect(rows.map(row => row.act)).toEqual([
    'listen',
    'whisper',
    'barge',
    'listen',
    'take-over',
    'pick',
    'raise-priority',
    'lower-priority',
  ])
})

test('the page had nothing to complain of', () => {
  expect(complaints).toEqual([])
})
