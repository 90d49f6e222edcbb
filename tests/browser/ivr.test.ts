import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import { pageUrl, passwordOf } from '../support/agent.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { launchChromium } from './chromium.ts'
import { watchComplaints } from './complaints.ts'
import { picture, USUAL_SIZE } from './pictures.ts'

/** A shift lead draws a menu of two levels and puts it on the line, each test going on where the one before ended. */

let stack: Stack
let db: pg.Client
let browser: Browser
let page: Page
let complaints: readonly string[]

beforeAll(async () => {
  const chromium = findCommand('chromium')
  if (chromium === null) throw new Error('chromium is not installed: npm test installs it')
  stack = await startStack()
  db = new pg.Client({ connectionString: stack.databaseUrl })
  await db.connect()
  browser = await launchChromium(chromium)
  page = await browser.newPage({ viewport: USUAL_SIZE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  complaints = await watchComplaints(page, [
    { method: 'GET', path: '/api/session', status: 401 },
    // A shift lead may take calls, and has no seat yet.
    { method: 'GET', path: '/api/my-seat', status: 404 },
  ])
  page.setDefaultTimeout(10_000)
})
afterAll(async () => {
  await browser?.close()
  await db?.end()
  await stack?.stop()
})

const panel = () => page.getByTestId('ivr-panel')
const untilProblems = (count: number) =>
  page.locator(`[data-testid=ivr-check][data-problems="${count}"]`).waitFor()
const untilSaved = () => page.locator('[data-testid=ivr-state][data-dirty=false]').waitFor()

/** Opens what the way leads to, chooses a kind, and names the node. */
async function grow(from: string, by: string, kind: string, name: string): Promise<void> {
  await page.getByTestId(`ivr-open-${from}-${by}`).click()
  await page.getByRole('menuitem', { name: kind }).click()
  await panel().getByRole('textbox', { name: '' }).first().waitFor()
  await page.locator('#ivr-node-name').fill(name)
}

test('begins with a template, which is whole', async () => {
  await page.goto(`${pageUrl(stack)}/#/ivr`)
  await page.getByTestId('sign-in-login').fill('lead')
  await page.getByTestId('sign-in-password').fill(passwordOf(stack, 'lead'))
  await page.keyboard.press('Enter')
  await page.getByText('还没有语音导航').waitFor()
  await picture(page, 'ivr-1-empty')
  await page.getByTestId('ivr-template-three-keys').click()
  await page.getByTestId('ivr-card-menu').waitFor()
  await untilProblems(0)
  await picture(page, 'ivr-2-template')
})

test('draws a second level; what is not drawn to its end is shown at its node', async () => {
  await page.getByTestId('ivr-name').fill('便民总机')
  await page.getByTestId('ivr-card-menu').click()
  await page.getByTestId('ivr-add-key').click()
  await grow('menu', '4', '按键菜单', '办事指南')
  await page.getByTestId('ivr-text-zh').fill('户政业务请按1，报警请按2。')
  await page.getByTestId('ivr-add-key').click()
  await page.getByTestId('ivr-add-key').click()
  await untilProblems(2)
  await page.getByTestId('ivr-panel-problems').getByText('按键 1：还没有选择去处').waitFor()
  await grow('n6', '1', '转队列', '户政')
  await untilProblems(1)
  await picture(page, 'ivr-3-two-levels')
})

test('what was done is undone and done again by keyboard', async () => {
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.getByTestId('ivr-open-n6-1').waitFor()
  await page.keyboard.press('Control+Shift+z')
  await page.keyboard.press('Control+Shift+z')
  await page.getByTestId('ivr-card-n7').getByText('户政').waitFor()
})

test('hears a node before anyone else does', async () => {
  await page.getByTestId('ivr-card-n6').click()
  await page.getByTestId('ivr-listen-zh').click()
  await page.locator('[data-testid=ivr-listen-zh][data-playing=true]').waitFor()
  await page.locator('[data-testid=ivr-listen-zh][data-playing=false]').waitFor()
})

test('is refused while the tree is broken, the node named; a press leads to it', async () => {
  await page.getByTestId('ivr-publish').click()
  await page.getByTestId('ivr-publish-note').fill('增加办事指南')
  await page.getByTestId('ivr-publish-confirm').click()
  const refusal = page.getByTestId('ivr-refused')
  await refusal.getByText('办事指南').waitFor()
  expect(await refusal.getByRole('listitem').allTextContents()).toEqual(['办事指南 按键 2：还没有选择去处'])
  await picture(page, 'ivr-4-refused')
  await page.getByTestId('ivr-card-greeting').waitFor()
  await refusal.getByRole('button').click()
  await page.getByTestId('ivr-panel-problems').waitFor()
  expect(await page.locator('#ivr-node-name').inputValue()).toBe('办事指南')
  expect((await db.query('select * from ivr_versions')).rowCount).toBe(0)
})

test('mends it, by keyboard, and publishes', async () => {
  await grow('n6', '2', '转外线', '报警')
  await page.getByTestId('ivr-number').fill('110')
  await untilProblems(0)
  await page.keyboard.press('Control+s')
  await untilSaved()
  await page.getByTestId('ivr-publish').click()
  await page.getByTestId('ivr-publish-note').fill('增加办事指南')
  await page.getByTestId('ivr-publish-confirm').click()
  await page.getByText('已发布第 1 版').waitFor()
  const { rows } = await db.query(
    `select v.name, v.note, s.login, v.tree -> 'nodes' -> 'menu' -> 'keys' ->> '4' as second
     from ivr_versions v join staff s on s.id = v.published_by`,
  )
  expect(rows).toEqual([{ name: '便民总机', note: '增加办事指南', login: 'lead', second: 'n6' }])
})

test('puts it on the line', async () => {
  await page.getByTestId('ivr-lines').click()
  await page.getByTestId('ivr-line-12345').click()
  await page.locator('.ant-select-item-option', { hasText: '便民总机 · 第 1 版' }).click()
  await page.getByText('12345：便民总机').waitFor()
  await picture(page, 'ivr-5-lines')
  // By its button: Escape, so soon after, would be the choice's own.
  await page.getByTestId('ivr-lines-drawer').locator('.ant-drawer-close').click()
  await page.getByTestId('ivr-lines-drawer').waitFor({ state: 'hidden' })
  await page.getByText('1 个号码在用').waitFor()
  expect((await db.query('select line_number, version from ivr_lines')).rows).toEqual([
    { line_number: '12345', version: 1 },
  ])
})

test('goes from card to card by keyboard, changes keys’ places, and compares with what was published', async () => {
  await page.getByTestId('ivr-card-menu').click()
  await page.keyboard.press('ArrowRight')
  await page.locator('[data-testid=ivr-card-enquiries][aria-pressed=true]').waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Alt+ArrowUp')
  await page.locator('[data-testid=ivr-state][data-dirty=true]').waitFor()
  await page.keyboard.press('Delete')
  await page.getByTestId('ivr-card-complaints').waitFor({ state: 'detached' })
  await page.getByTestId('ivr-versions').click()
  await page.getByRole('button', { name: '与草稿比较' }).click()
  await page.getByTestId('ivr-differences').getByText('− 投诉举报').waitFor()
  await picture(page, 'ivr-6-versions')
})

test('brings the published version back; a reload loses nothing', async () => {
  await page.getByRole('button', { name: '恢复为草稿' }).click()
  await page.getByTestId('ivr-versions-drawer').waitFor({ state: 'hidden' })
  await page.getByTestId('ivr-card-complaints').waitFor()
  await page.getByTestId('ivr-card-greeting').click()
  await page.getByTestId('ivr-text-zh').fill('您好，海棠市12345热线。')
  await page.locator('[data-testid=ivr-state][data-dirty=true]').waitFor()
  page.once('dialog', dialog => void dialog.accept())
  await page.reload()
  await page.getByText('已恢复上次未保存的修改').waitFor()
  await page.getByTestId('ivr-card-greeting').getByText('您好，海棠市12345热线。').waitFor()
  await picture(page, 'ivr-7-restored')
})

test('the page had nothing to complain of but the refusal', () => {
  expect(complaints).toEqual([expect.stringMatching(/^POST .*\/publish: 400$/)])
})
