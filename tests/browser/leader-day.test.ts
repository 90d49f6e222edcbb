import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import { cityDate, daysAfter } from '../../src/kernel/time.ts'
import { pageUrl, passwordOf } from '../support/agent.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { launchChromium } from './chromium.ts'
import { watchComplaints } from './complaints.ts'
import { picture, USUAL_SIZE } from './pictures.ts'

/** A shift lead plans leaders' days; an assistant begins one. Each test goes on from the last. */

let stack: Stack
let db: pg.Client
let browser: Browser
let page: Page
let assistantPage: Page
let complaints: readonly string[]
const today = cityDate(Date.now())
const soon = daysAfter(today, 1)

beforeAll(async () => {
  const chromium = findCommand('chromium')
  if (chromium === null) throw new Error('chromium is not installed: npm test installs it')
  stack = await startStack()
  db = new pg.Client({ connectionString: stack.databaseUrl })
  await db.connect()
  browser = await launchChromium(chromium)
  page = await newPage()
  complaints = await watchComplaints(page, [
    { method: 'GET', path: '/api/session', status: 401 },
    { method: 'GET', path: '/api/my-seat', status: 404 },
    // The same unit twice.
    { method: 'POST', path: '/api/leader-days', status: 409 },
  ])
  assistantPage = await newPage()
})
afterAll(async () => {
  await browser?.close()
  await db?.end()
  await stack?.stop()
})

async function newPage(): Promise<Page> {
  const context = await browser.newContext({
    viewport: USUAL_SIZE,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const opened = await context.newPage()
  opened.setDefaultTimeout(10_000)
  return opened
}

async function open(as: Page, login: string): Promise<void> {
  await as.goto(`${pageUrl(stack)}/#/leader-day`)
  await as.getByTestId('sign-in-login').fill(login)
  await as.getByTestId('sign-in-password').fill(passwordOf(stack, login))
  await as.keyboard.press('Enter')
  await as.getByTestId('leader-days').waitFor()
}

async function choose(select: string, typed: string): Promise<void> {
  await page.getByTestId(select).click()
  await page.keyboard.type(typed)
  await page.locator('.ant-select-item-option:visible', { hasText: typed }).first().click()
}

async function planned(day: string): Promise<readonly unknown[]> {
  const { rows } = await db.query(
    `select d.unit_id as unit, d.leader, d.quota, s.login,
            array(select a.login from leader_day_assistants x join staff a on a.id = x.staff_id
                  where x.day_id = d.id order by 1) as assistants
     from leader_days d left join staff s on s.id = d.staff_id where d.day = $1 order by 1`,
    [day],
  )
  return rows
}

test('a shift lead plans who comes today for which unit, with whom, and how many to call', async () => {
  await open(page, 'lead')
  await page.getByTestId('month').waitFor()
  await page.getByTestId('plan-new').click()
  expect(await page.getByTestId('plan-day').inputValue()).toBe(today)
  await choose('plan-unit', '海秀街道')
  await choose('plan-account', '方世杰')
  expect(await page.getByTestId('plan-leader').inputValue()).toBe('方世杰')
  await page.getByTestId('plan-quota').fill('20')
  await choose('plan-assistants', '姚欣怡')
  await page.keyboard.press('Escape')
  await picture(page, 'leader-day-1-plan')
  await page.getByTestId('plan-save').click()
  await page.getByTestId(`planned-${today}-haixiu`).getByText('方世杰').waitFor()
  expect(await planned(today)).toEqual([
    { unit: 'haixiu', leader: '方世杰', quota: 20, login: 'haixiu-leader', assistants: ['duty-assistant'] },
  ])
})

test('a unit has one leader a day: the field says so', async () => {
  await page.getByTestId('plan-new').click()
  await choose('plan-unit', '海秀街道')
  await page.getByTestId('plan-leader').fill('另一位')
  await page.getByTestId('plan-save').click()
  await page.locator('[data-problem=leader-there]').waitFor()
  await page.getByTestId('plan-day').fill(soon)
  await page.getByTestId('plan-save').click()
  await page.getByTestId('plan-form').waitFor({ state: 'detached' })
  expect(await planned(soon)).toMatchObject([{ unit: 'haixiu', leader: '另一位', quota: 30, assistants: [] }])
})

test('a day to come is changed, and taken off once it is confirmed', async () => {
  if (soon.slice(0, 7) !== today.slice(0, 7)) await page.getByTestId('month-after').click()
  await page.getByTestId(`planned-${soon}-haixiu`).click()
  await page.getByTestId('plan-leader').fill('田国栋')
  await page.getByTestId('plan-save').click()
  await page.getByTestId(`planned-${soon}-haixiu`).getByText('田国栋').waitFor()
  await page.getByTestId(`planned-${soon}-haixiu`).click()
  await page.getByTestId('plan-remove').click()
  expect(await planned(soon)).toHaveLength(1)
  await page.getByTestId('plan-remove-sure').click()
  await page.getByTestId(`planned-${soon}-haixiu`).waitFor({ state: 'detached' })
  expect(await planned(soon)).toEqual([])
  if (soon.slice(0, 7) !== today.slice(0, 7)) await page.getByTestId('month-before').click()
})

test('the assistant, who may not plan, sees the day and begins it', async () => {
  await open(assistantPage, 'duty-assistant')
  await assistantPage.getByTestId('leader-day').getByText('工作人员：姚欣怡').waitFor()
  expect(await assistantPage.getByText('排班', { exact: true }).count()).toBe(0)
  await assistantPage.getByTestId('leader-step').getByText('签到').click()
  await assistantPage.getByTestId('leader-step').getByText('查阅交接班日记').waitFor()
})

test('a day that has begun says so, and cannot be taken off; its people can be changed', async () => {
  await page.reload()
  const day = page.getByTestId(`planned-${today}-haixiu`)
  await page.locator(`[data-testid="planned-${today}-haixiu"][data-state=begun]`).waitFor()
  await day.click()
  await page.getByTestId('plan-begun').getByText('值班已开始').waitFor()
  expect(await page.getByTestId('plan-remove').isDisabled()).toBe(true)
  await picture(page, 'leader-day-2-begun')
  await page.getByTestId('plan-quota').fill('25')
  await page.getByTestId('plan-save').click()
  await day.getByText('0/25').waitFor()
  await picture(page, 'leader-day-3-month')
})

test('the page had nothing to complain of', () => {
  expect(complaints).toEqual([])
})
