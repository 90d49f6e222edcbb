import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import type { AccountPage } from '../../src/people/accounts/schema.ts'
import { pageUrl, passwordOf } from '../support/agent.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { launchChromium } from './chromium.ts'
import { watchComplaints } from './complaints.ts'
import { picture, USUAL_SIZE } from './pictures.ts'

/** An administrator opens an account for somebody who takes calls; each test goes on from the last. */

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
    // Numbers that are no number, and somebody else's.
    { method: 'POST', path: '/api/accounts', status: 400 },
  ])
  page.setDefaultTimeout(10_000)
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

async function account(login: string) {
  const found = await page.evaluate<AccountPage, string>(
    async q => await (await fetch(`/api/accounts?q=${q}`)).json(),
    login,
  )
  return found.items.find(one => one.login === login)
}

test('a new account is given an agent number of its own', async () => {
  await page.goto(`${pageUrl(stack)}/#/staff`)
  await page.getByTestId('sign-in-login').fill('admin')
  await page.getByTestId('sign-in-password').fill(passwordOf(stack, 'admin'))
  await page.keyboard.press('Enter')
  await page.getByTestId('staff-add').click()
  await page.getByTestId('staff-login').fill('wen.jing')
  await page.getByTestId('staff-name').fill('文静')
  await page.getByTestId('staff-why').fill('新话务员')
  await page.getByTestId('staff-number').fill('12')
  await page.getByTestId('ask-rights').click()
  await page.locator('[data-problem=wrong-form]').waitFor()
  await page.getByTestId('staff-number').fill('1001')
  await page.getByTestId('ask-rights').click()
  await page.locator('[data-problem=taken]').getByText('已是别人的工号').waitFor()
  await picture(page, 'staff-1-number-taken')
  await page.getByTestId('staff-number').fill('7001')
  await page.getByTestId('ask-rights').click()
  await page.locator('.ant-modal-confirm-title', { hasText: '密码只显示这一次' }).waitFor()
  await page.locator('.ant-modal-confirm-btns button').click()
  expect(await account('wen.jing')).toMatchObject({ name: '文静', agentNumber: '7001', grants: [] })
})

test('it is shown among all accounts, and changed at once', async () => {
  const row = page.getByTestId('accounts').locator('tr', { hasText: 'wen.jing' })
  await row.getByText('7001').waitFor()
  await row.click()
  expect(await page.getByTestId('save-person').isDisabled()).toBe(true)
  await page.getByTestId('staff-number').fill('7002')
  await picture(page, 'staff-2-number')
  await page.getByTestId('save-person').click()
  await row.getByText('7002').waitFor()
  expect(await account('wen.jing')).toMatchObject({ name: '文静', agentNumber: '7002' })
})

test('the page had nothing to complain of', () => {
  expect(complaints).toEqual([])
})
