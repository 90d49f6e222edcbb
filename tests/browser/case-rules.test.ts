import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LifeTable } from '../../src/cases/life/table.ts'
import type { LifeTableView } from '../../src/casework/life/schema.ts'
import { pageUrl } from '../support/agent.ts'
import { type OpenedPage, openPage } from '../support/opened-page.ts'
import { picture } from './pictures.ts'

/** An administrator keeps the time limits and the life table; each test goes on from the last. */

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

const read = <Body>(path: string): Promise<Body> =>
  page.evaluate(async address => await (await fetch(address)).json(), path)
/** Of the list that is open; one that is closing is still there for a moment. */
const option = (text: string) =>
  page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', {
      hasText: new RegExp(`^${text}`),
    })
    .first()

/** The rows of the comparison, each as one line. */
async function differences(): Promise<string[]> {
  const rows = page.getByTestId('differences').locator('tbody tr')
  await rows.first().waitFor()
  return await rows.evaluateAll(all =>
    all.map(row => [...row.children].map(cell => cell.textContent).join(' ')),
  )
}

test('a limit that cannot be is marked at its cell; put right, it is published', async () => {
  await opened.openAs('admin', '#/case-rules')
  await page.getByTestId('grid-limits').waitFor()
  await picture(page, 'case-rules-1')
  const dispatch = page.getByLabel('派单 P2', { exact: true })
  await dispatch.fill('45')
  await page.locator('[data-problem=over-cap]').waitFor()
  await picture(page, 'case-rules-2-wrong')
  await dispatch.fill('6')
  await page.locator('[data-problem=over-cap]').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+s')
  await page.getByText('有 1 处需要修改').waitFor()
  await page.getByTestId('rules-why').fill('派单席增加一人')
  await page.keyboard.press('Control+s')
  await page.getByText('已发布第 2 版时限。').waitFor()
})

test('two versions of the limits are compared, and the first is published again', async () => {
  const dispatch = page.getByLabel('派单 P2', { exact: true })
  await page.getByTestId('history').click()
  await page.getByTestId('versions-drawer').getByText('派单席增加一人').waitFor()
  await picture(page, 'case-rules-2b-versions')
  await page.getByTestId('compare-2').click()
  expect(await differences()).toEqual(['派单 · P2 5 分钟 6 分钟'])
  await picture(page, 'case-rules-2c-compare')
  await page.keyboard.press('Escape')
  await page.getByTestId('version-1').click()
  await page.getByText('正在查看第 1 版').waitFor()
  expect(await dispatch.inputValue()).toBe('5')
  expect(await dispatch.isDisabled()).toBe(true)
  await page.getByTestId('version-back').click()
  expect(await dispatch.inputValue()).toBe('6')
  await page.getByTestId('history').click()
  await page.getByTestId('version-1').click()
  await page.getByTestId('version-again').click()
  expect(await dispatch.inputValue()).toBe('5')
  expect(await page.getByTestId('rules-why').inputValue()).toBe('恢复第 1 版')
  await page.getByTestId('save').click()
  await page.getByText('已发布第 3 版时限。').waitFor()
})

test('the life of an order is drawn, act by status', async () => {
  await page.goto(`${pageUrl(opened.stack)}/#/case-rules/life`)
  await page.getByTestId('act-register').waitFor()
  await page.getByTestId('move-panel').getByText('受理人员').first().waitFor()
  await picture(page, 'case-rules-3-life')
  expect(await page.getByTestId('moves').locator('tbody tr[data-testid]').count()).toBe(40)
})

test('each change is checked by the service, and every wrong place is named and leads to its act', async () => {
  await page.getByLabel('不满意重办', { exact: false }).fill('9')
  await page.getByTestId('act-approve').click()
  await page.getByTestId('from-to-review').click()
  await page.getByTestId('move-panel').getByLabel('删除', { exact: true }).click()
  const wrong = page.getByTestId('wrong-places').locator('li')
  await page.locator('[data-place="moves.approve.who"]').waitFor()
  expect(await wrong.allTextContents()).toEqual([
    '不满意重办，超过即督办超出允许的范围',
    '审核通过 · 由谁没有人可以做',
  ])
  await picture(page, 'case-rules-4-life-wrong')
  await page.getByTestId('act-void').click()
  await wrong.getByRole('button').click()
  await page.getByTestId('move-panel').getByRole('heading', { name: '审核通过' }).waitFor()
  await page.getByTestId('move-undo').click()
  await page.getByTestId('from-to-review').click()
  await page.getByLabel('不满意重办', { exact: false }).fill('3')
  await page.locator('th[data-problem=unreachable]', { hasText: '待回访' }).waitFor()
  await page.getByTestId('rules-why').fill('按热线办会议')
  await page.getByTestId('save').click()
  await page.getByTestId('wrong').waitFor()
  await picture(page, 'case-rules-5-life-unreachable')
  await page.getByTestId('move-undo').click()
  await page.getByTestId('wrong-places').waitFor({ state: 'detached' })
})

test('an act is narrowed, given to another right and asked more of, then published with its reason', async () => {
  await page.getByTestId('act-recall').click()
  const panel = page.getByTestId('move-panel')
  await panel.getByTestId('guard-add').click()
  await option('没有挂起').click()
  await panel.getByLabel('凭什么权限').first().click()
  await option('班长').click()
  await page.getByTestId('act-contact').click()
  await page.getByTestId('from-to-sign').click()
  await picture(page, 'case-rules-6-life-edited')
  await page.getByTestId('save').click()
  await page.getByText('已发布第 2 版流转规则。').waitFor()
  const { table } = await read<{ table: LifeTable }>('/api/life-table')
  expect(table.moves.recall).toMatchObject({
    who: [
      { right: 'order.lead', over: 'city' },
      { right: 'order.register', over: 'own' },
    ],
    guards: ['not-held'],
  })
  expect(table.moves.contact).toMatchObject({ from: ['in-hand'], to: ['in-hand'] })
  expect(table.numbers.reworks).toBe(3)
})

test('what was changed is told by comparing, and taken back by publishing the old one again', async () => {
  await page.getByTestId('history').click()
  await page.getByTestId('versions-drawer').getByText('按热线办会议').waitFor()
  await page.getByTestId('compare-1').click()
  expect(await differences()).toEqual([
    '不满意重办，超过即督办 2 次 3 次',
    '撤回 · 由谁 派单人员、受理人员（本人接的来电） 班长、受理人员（本人接的来电）',
    '撤回 · 还须满足 无 没有挂起',
    '联系诉求人 · 从哪些状态开始 待签收、办理中 办理中',
  ])
  await picture(page, 'case-rules-7-life-compare')
  await page.keyboard.press('Escape')
  await page.getByTestId('version-1').click()
  await page.getByText('正在查看第 1 版').waitFor()
  await page.getByTestId('version-again').click()
  await page.locator('[data-testid=act-recall][data-changed=true]').waitFor()
  await page.getByTestId('save').click()
  await page.getByText('已发布第 3 版流转规则。').waitFor()
  const [newest] = await read<readonly { why: string; publishedBy: string }[]>('/api/life-table/versions')
  expect(newest).toMatchObject({ why: '恢复第 1 版', publishedBy: '管理员' })
  expect((await read<LifeTableView>('/api/life-table')).table).toEqual(
    (await read<LifeTableView>('/api/life-table/1')).table,
  )
})

test('the page had nothing to complain of', () => {
  expect(opened.complaints).toEqual([])
})
