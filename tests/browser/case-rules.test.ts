import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import { pageUrl, passwordOf } from '../support/agent.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { launchChromium } from './chromium.ts'
import { watchComplaints } from './complaints.ts'
import { picture, USUAL_SIZE } from './pictures.ts'

/** An administrator keeps the time limits and the numbers of the life table. */

let stack: Stack
let browser: Browser
let page: Page
let complaints: readonly string[]

beforeAll(async () => {
  const chromium = findCommand('chromium')
  if (chromium === null) throw new Error('chromium is not installed: npm test installs it')
  stack = await startStack()
  browser = await launchChromium(chromium)
  page = await browser.newPage({ viewport: USUAL_SIZE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  complaints = await watchComplaints(page, [
    { method: 'GET', path: '/api/session', status: 401 },
    { method: 'GET', path: '/api/my-seat', status: 404 },
    // What the tests do wrong on purpose.
    { method: 'PUT', path: '/api/clock-limits', status: 400 },
    { method: 'PUT', path: '/api/life-table', status: 400 },
  ])
  page.setDefaultTimeout(10_000)
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

test('a limit that cannot be is marked at its cell; put right, it is published', async () => {
  await page.goto(`${pageUrl(stack)}/#/case-rules`)
  await page.getByTestId('sign-in-login').fill('admin')
  await page.getByTestId('sign-in-password').fill(passwordOf(stack, 'admin'))
  await page.keyboard.press('Enter')
  await page.getByTestId('grid-limits').waitFor()
  await picture(page, 'case-rules-1')
  const dispatch = page.getByLabel('派单 P2', { exact: true })
  await dispatch.fill('45')
  await page.getByTestId('save').click()
  await page.locator('[data-problem=over-cap]').waitFor()
  await picture(page, 'case-rules-2-wrong')
  await dispatch.fill('6')
  await page.keyboard.press('Control+s')
  await page.getByText('已发布第 2 版时限。').waitFor()
  await page.getByTestId('history').click()
  await page.getByTestId('version-1').click()
  await page.getByText('正在查看第 1 版').waitFor()
  expect(await dispatch.inputValue()).toBe('5')
  await page.getByTestId('version-back').click()
  expect(await dispatch.inputValue()).toBe('6')
})

test('the life table can be read, and its numbers published with their reason', async () => {
  await page.goto(`${pageUrl(stack)}/#/case-rules/life`)
  await page.getByTestId('moves').waitFor()
  await picture(page, 'case-rules-3-life')
  const reworks = page.getByLabel('不满意重办', { exact: false })
  await reworks.fill('9')
  await page.getByTestId('life-why').fill('按热线办会议')
  await page.getByTestId('save').click()
  await page.locator('[data-problem=out-of-range]').waitFor()
  await picture(page, 'case-rules-4-life-wrong')
  await reworks.fill('3')
  await page.getByTestId('save').click()
  await page.getByText('已发布第 2 版流转规则。').waitFor()
  await page.getByTestId('history').click()
  await page.getByTestId('versions-drawer').getByText('按热线办会议').waitFor()
  expect(complaints).toEqual([])
})
