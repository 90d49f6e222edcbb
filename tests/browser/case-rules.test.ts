import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pageUrl } from '../support/agent.ts'
import { type OpenedPage, openPage } from '../support/opened-page.ts'
import { picture } from './pictures.ts'

/** An administrator keeps the time limits and the numbers of the life table. */

let opened: OpenedPage
let page: Page

beforeAll(async () => {
  opened = await openPage([
    { method: 'PUT', path: '/api/clock-limits', status: 400 },
    { method: 'PUT', path: '/api/life-table', status: 400 },
  ])
  page = opened.page
})
afterAll(() => opened?.close())

test('a limit that cannot be is marked at its cell; put right, it is published', async () => {
  await opened.openAs('admin', '#/case-rules')
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
  await page.goto(`${pageUrl(opened.stack)}/#/case-rules/life`)
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
  expect(opened.complaints).toEqual([])
})
