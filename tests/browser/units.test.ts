import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UnitView } from '../../src/casework/units/schema.ts'
import { Agent } from '../support/agent.ts'
import { type OpenedPage, openPage } from '../support/opened-page.ts'
import { picture } from './pictures.ts'

/** An administrator keeps the units; each test goes on where the one before it ended. */

let opened: OpenedPage
let page: Page
let admin: Agent

beforeAll(async () => {
  opened = await openPage([
    { method: 'PUT', path: '/api/units/haixiu', status: 400 },
    { method: 'PUT', path: '/api/units/haixiu', status: 412 },
    { method: 'PUT', path: '/api/units/haixiu/closed', status: 409 },
  ])
  page = opened.page
  admin = await Agent.signIn(opened.stack, 'admin')
})
afterAll(async () => {
  admin?.close()
  await opened?.close()
})

const focused = (unit: string) => page.locator(`#unit-row-${unit}:focus`).waitFor()

test('a road leads to the units there, by the keyboard alone', async () => {
  await opened.openAs('admin', '#/units')
  await page.getByTestId('duty-now').waitFor()
  await picture(page, 'units-1-root')
  await page.keyboard.press('/')
  await page.keyboard.type('海秀东路')
  await page.getByText('找到 2 个').waitFor()
  await page.keyboard.press('ArrowDown')
  await focused('haixiu')
  await page.locator('[data-testid=unit-haixiu][aria-current]').waitFor()
  await page.keyboard.press('ArrowDown')
  await focused('haixiu-wanghai')
  await page.getByRole('heading', { name: '望海社区居民委员会' }).waitFor()
  await picture(page, 'units-2-found')
  await page.getByTestId('unit-search').fill('火星')
  await page.getByText('没有找到“火星”').waitFor()
  await page.getByTestId('unit-search').press('Escape')
  await page.getByTestId('unit-haixiu').click()
  expect(new URL(page.url()).hash).toBe('#/units/haixiu')
})

test('somebody new is missing a name; once named, is on duty and on record', async () => {
  await page.getByTestId('contact-add').click()
  const added = page.getByTestId('contacts.4')
  await page.getByTestId('save').click()
  await added.locator('[data-problem=required]').waitFor()
  await picture(page, 'units-3-wrong')
  await added.getByLabel('姓名').fill('符新生')
  await page.keyboard.press('Control+s')
  await page.getByTestId('duty-now').getByText('符新生').waitFor()
  await page.getByTestId('history').click()
  await page.getByTestId('history-drawer').getByText('符新生').waitFor()
  await picture(page, 'units-4-history')
  await page.keyboard.press('Escape')
  await page.getByTestId('history-drawer').waitFor({ state: 'detached' })
})

test('two who saved: what each has changed stands', async () => {
  await page.getByTestId('unit-name').fill('海秀街道办')
  const read = await admin.get<UnitView>('/api/units/haixiu')
  const { name, aliases, kind, area, dutyHours, takesOrders, contacts, version } = read
  const theirs = { name, aliases, kind, area, dutyHours, takesOrders, contacts, phones: ['089812599999'] }
  const reply = await admin.ask('PUT', '/api/units/haixiu', theirs, { 'if-match': `"${version}"` })
  expect(reply.status).toBe(200)
  await page.getByTestId('save').click()
  await page.getByTestId('conflict-phones').getByText('089812599999').waitFor()
  await picture(page, 'units-5-conflict')
  await page.getByTestId('conflict-save').click()
  await page.getByRole('heading', { name: '海秀街道办' }).waitFor()
  await page.getByTestId('duty-now').getByText('089812599999').waitFor()
})

test('a street moves with its communities, and is not closed over their heads', async () => {
  await page.getByTestId('unit-move').click()
  await page.getByTestId('unit-move-to').click()
  await page.keyboard.type('琼台区')
  await page.locator('.ant-select-item-option', { hasText: '琼台区人民政府' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: '调整' }).click()
  await page.getByTestId('unit-editor').getByRole('link', { name: '琼台区人民政府' }).waitFor()
  await page.getByTestId('unit-close').click()
  await page.locator('.ant-popconfirm').getByRole('button', { name: '停用' }).click()
  await page.getByText('还有启用的下属单位，不能停用').waitFor()
  await picture(page, 'units-6-moved')
})

test('one more below it begins as what usually hangs there, and stands in the tree', async () => {
  await page.getByTestId('unit-new-below').click()
  await page.getByTestId('unit-name').fill('新港湾社区居民委员会')
  await page.getByTestId('unit-id').fill('haixiu-xingangwan')
  await page.getByTestId('unit-editor').getByText('社区/村').waitFor()
  await page.getByTestId('save').click()
  await page.getByTestId('unit-haixiu-xingangwan').waitFor()
  expect(new URL(page.url()).hash).toBe('#/units/haixiu-xingangwan')
  expect(await admin.get<UnitView>('/api/units/haixiu-xingangwan')).toMatchObject({
    kind: 'community',
    path: ['hotline', 'qiongtai', 'haixiu', 'haixiu-xingangwan'],
  })
})

test('the page had nothing to complain of', () => expect(opened.complaints).toEqual([]))
