import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import { pageUrl, passwordOf } from '../support/agent.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { launchChromium } from './chromium.ts'
import { watchComplaints } from './complaints.ts'
import { DeskPage } from './desk-page.ts'
import { picture, USUAL_SIZE } from './pictures.ts'

/** A shift lead and an agent, each before their page; every test goes on where the one before ended. */

let stack: Stack
let browser: Browser
let lead: Page
let desk: DeskPage
let complaints: readonly string[]

beforeAll(async () => {
  const chromium = findCommand('chromium')
  if (chromium === null) throw new Error('chromium is not installed: npm test installs it')
  stack = await startStack()
  browser = await launchChromium(chromium)
  lead = await newPage()
  complaints = await watchComplaints(lead, [
    { method: 'GET', path: '/api/session', status: 401 },
    // A shift lead may take calls, and has no seat yet.
    { method: 'GET', path: '/api/my-seat', status: 404 },
    { method: 'PUT', path: '/api/alarm-limits', status: 400 },
  ])
  desk = new DeskPage(await newPage())
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

/** Each with cookies of its own. */
async function newPage(): Promise<Page> {
  const context = await browser.newContext({
    viewport: USUAL_SIZE,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return page
}

test('a limit is edited: what is wrong is named, what is right is saved', async () => {
  await lead.goto(`${pageUrl(stack)}/#/alarms`)
  await lead.getByTestId('sign-in-login').fill('lead')
  await lead.getByTestId('sign-in-password').fill(passwordOf(stack, 'lead'))
  await lead.keyboard.press('Enter')
  await lead.getByText('这段时间没有告警').waitFor()
  await lead.getByTestId('alarms-limits-tab').click()
  const field = (level: string) => lead.getByTestId(`limit-long-not-ready-break-${level}`)
  await field('warning').fill('30')
  await lead.getByTestId('limits-save').click()
  await lead.getByText('标红的地方需要修改').waitFor()
  await lead.locator('.ant-input-number-status-error').waitFor()
  await field('warning').fill('0.1')
  await picture(lead, 'alarms-1-limits')
  await lead.getByTestId('limits-save').click()
  await lead.getByText('已保存，一秒内生效').waitFor()
})

test("the agent's own desk says how near the limit is; beyond it the shift lead is told", async () => {
  await lead.goto(pageUrl(stack))
  await lead.getByTestId('floor-alarms').waitFor()
  await desk.signIn(pageUrl(stack), 'a1001', passwordOf(stack, 'a1001'))
  await desk.page.getByTestId('seat-1001').click()
  await desk.page.getByTestId('phone-sip').click()
  await desk.page.getByTestId('seat-take').click()
  await desk.beNotReady('break')
  await desk.page.locator('[data-testid=state-time][data-pace=near]').waitFor()
  await desk.page.locator('[data-testid=state-time][data-pace=over]', { hasText: '/ 0:06' }).waitFor()
  await picture(desk.page, 'alarms-2-own-limit')
  await lead.getByTestId('alarm-long-not-ready').getByText('1001').waitFor()
})

test('the alarm is acknowledged with a note, and on record with both', async () => {
  await lead.getByTestId('alarm-long-not-ready').click()
  await lead.getByTestId('alarm-details').getByText('界限 0:06').waitFor()
  await lead.getByTestId('alarm-note').fill('已提醒')
  await picture(lead, 'alarms-3-details')
  await lead.getByTestId('alarm-acknowledge').click()
  await lead.locator('[data-kind=long-not-ready][data-acknowledged=true]').waitFor()
  await lead.getByTestId('alarm-sound').click()
  await lead.locator('[data-testid=alarm-sound][aria-pressed=true]').waitFor()
})

test('an announcement stands on the desk until it is read, and the shift lead sees by whom', async () => {
  await lead.getByTestId('announce').click()
  await lead.getByTestId('announcement-text').fill('市区暴雨，积水类诉求请注明路段和积水深度。')
  await picture(lead, 'alarms-4-announce')
  await lead.getByTestId('announcement-send').click()
  await lead.getByText('已发布到 1 个在席座席').waitFor()
  await lead.getByText('已读 0 / 1').waitFor()

  await desk.page.getByText('市区暴雨').waitFor()
  await picture(desk.page, 'alarms-5-banner')
  await desk.page.reload()
  await desk.page.getByText('市区暴雨').waitFor()
  await desk.page.getByTestId('announcement-read').click()
  await desk.page.getByText('市区暴雨').waitFor({ state: 'detached' })
  await lead.getByText('已读 1 / 1').waitFor()
  await picture(lead, 'alarms-6-read')
})

test('history of alarms, announcements and acts, each on its page', async () => {
  await desk.page.reload()
  await desk.page.getByTestId('seat-state').waitFor()
  expect(await desk.page.getByText('市区暴雨').count()).toBe(0)
  await lead.goto(`${pageUrl(stack)}/#/alarms`)
  const row = lead.getByTestId('alarm-history').locator('tr', { hasText: '示忙超时' })
  await row.getByText('仍在告警').waitFor()
  await row.getByText('已提醒').waitFor()
  await picture(lead, 'alarms-7-history')
  await lead.goto(`${pageUrl(stack)}/#/announcements`)
  await lead.getByTestId('announcements').getByText('市区暴雨').waitFor()
  await picture(lead, 'alarms-8-announcements')
  await lead.goto(`${pageUrl(stack)}/#/supervision-log`)
  await lead.getByText('这段时间没有操作').waitFor()
  await lead.goto(pageUrl(stack))
  await lead.getByTestId('floor-seat-1001').click()
  await lead.getByTestId('floor-act-sign-out').click()
  await lead.getByTestId('floor-act-note').fill('下班未签出')
  await lead.getByTestId('floor-act-confirm').click()
  await lead.getByText('现在没有人签入座席').waitFor()
  await lead.goto(`${pageUrl(stack)}/#/supervision-log`)
  await lead.getByTestId('supervision-log').getByText('下班未签出').waitFor()
  await picture(lead, 'alarms-9-acts')
})

test('the page had nothing to complain of', () => {
  expect(complaints).toEqual([])
})
