import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Assignee } from '../../src/cases/life/acts.ts'
import type { Priority } from '../../src/cases/life/order.ts'
import { asId, type StaffId, type UnitId, type WorkOrderId } from '../../src/kernel/ids.ts'
import { act, draftOrder, trailOf } from '../support/cases.ts'
import { until } from '../support/until.ts'
import { CasesStage } from './cases-stage.ts'
import { picture } from './pictures.ts'

/**
 * What orders have to do with each other, as the lead of orders sees it; and what a handler has beside the acts: where
 * they stood, a list that follows without moving. Each test goes on where the one before it ended.
 */

const PHOTO = fileURLToPath(new URL('../../docs/desk.png', import.meta.url))
const CALLER = '13907551234'
const TRAFFIC = asId<UnitId>('jiaojing')
/** More than a workbook may have. */
const TOO_MANY = 20_001

let stage: CasesStage
let lead: Page
let handler: Page
let leadId: StaffId
let lamp: WorkOrderId
let again: WorkOrderId
let other: WorkOrderId

beforeAll(async () => {
  stage = await CasesStage.start()
  leadId = await idOf('lead')
  lamp = await order('海秀东路路灯整排不亮', {
    text: '海秀东路与龙昆北路交叉口东侧路灯整排不亮，夜里行人看不清路面。',
  })
  again = await order('龙昆北路口路灯又不亮了', { text: '还是海秀东路那一排路灯，昨晚又没有亮。' })
  other = await order('海秀东路隔离护栏倒伏', { caller: '13876500012', text: '护栏倒在机动车道上。' })
  lead = await stage.pageOf('lead', {
    expected: [{ method: 'GET', path: '/api/work-orders/export', status: 413 }],
  })
  handler = await stage.pageOf('jiaojing', {
    context: {
      permissions: ['geolocation'],
      geolocation: { longitude: 110.3504124, latitude: 20.0312456, accuracy: 11.2 },
    },
  })
})
afterAll(async () => {
  await stage?.close()
})

interface More {
  readonly caller?: string
  readonly text?: string
  readonly priority?: Priority
}

/** Registered: it waits for dispatch. */
async function order(title: string, { caller = CALLER, text = '', priority = 'P3' }: More = {}) {
  const at = Date.now()
  const id = await draftOrder(stage.db, { by: leadId, at, title, caller, text })
  await stage.db.updateTable('work_orders').set({ place: '海秀东路' }).where('id', '=', id).execute()
  await act(stage.db, id, leadId, { do: 'register', type: 'HELP', priority, secret: false }, at)
  return id
}

async function sent(id: WorkOrderId): Promise<void> {
  const to: readonly Assignee[] = [{ unit: TRAFFIC, role: 'lead', person: null }]
  await act(stage.db, id, leadId, { do: 'dispatch', to, reason: '职责' }, Date.now())
}

async function idOf(login: string): Promise<StaffId> {
  const row = await stage.db
    .selectFrom('staff')
    .select('id')
    .where('login', '=', login)
    .executeTakeFirstOrThrow()
  return row.id
}

async function open(page: Page, id: string): Promise<void> {
  await page.goto(`${stage.service.url}/#/orders/${id}`)
  await page.locator(`[data-testid=case][data-order="${id}"]`).waitFor()
}
const group = (page: Page, name: string) => page.getByTestId(`related-group-${name}`)
const rowIn = (page: Page, name: string, id: string) => group(page, name).getByTestId(`related-${id}`)
const caseIs = (page: Page, status: string) =>
  page.locator(`[data-testid=case][data-status=${status}]`).waitFor()
const happened = (page: Page, what: string) =>
  page.getByTestId('case-timeline').locator(`[data-what=${what}]`).first()

async function press(row: Locator, button: string): Promise<void> {
  await row.hover()
  await row.getByTestId(button).click()
}

/** That of what was done last, as it says. */
const wayBack = (page: Page, done: string) =>
  page.getByRole('alert').filter({ hasText: done }).getByTestId('undo').click()

test('an order of the same citizen is tied for a reason, and untied by the way back', async () => {
  await open(lead, lamp)
  await rowIn(lead, 'citizen', again).waitFor()
  await picture(lead, 'relations-1-lead')
  await press(rowIn(lead, 'citizen', again), 'row-tie')
  expect(await lead.getByTestId('reason-send').isDisabled()).toBe(true)
  await lead.getByTestId('reason').fill('同一市民就同一处再次来电')
  await picture(lead, 'relations-2-tie')
  await lead.keyboard.press('Control+Enter')
  await rowIn(lead, 'repeat', again).waitFor()
  await happened(lead, 'link').getByText('同一市民就同一处再次来电').waitFor()
  await wayBack(lead, '已关联')
  await rowIn(lead, 'citizen', again).waitFor()
  await happened(lead, 'unlink').getByText('误操作，撤销').waitFor()
})

test('another is found by words, tied, and untied for a reason; the way back ties it as it was', async () => {
  await lead.getByTestId('tie').click()
  const picker = lead.getByTestId('tie-form').getByTestId('order-picker')
  await picker.click()
  await lead.getByText('同一市民、附近相似').waitFor()
  await picker.locator('input').fill('护栏倒伏')
  await lead.locator('.ant-select-item-option', { hasText: '隔离护栏倒伏' }).click()
  await lead.getByTestId('tie-form').getByText('相近事项').click()
  await lead.getByTestId('reason').fill('同一路段')
  await lead.keyboard.press('Control+Enter')
  await press(rowIn(lead, 'near', other), 'row-untie')
  await lead.getByTestId('reason').fill('不是一件事')
  await lead.keyboard.press('Control+Enter')
  await group(lead, 'near').waitFor({ state: 'detached' })
  await wayBack(lead, '已解除')
  await rowIn(lead, 'near', other).waitFor()
  expect(await trailOf(stage.db, other)).toEqual(['register', 'link', 'unlink', 'link'])
})

test('a part is opened for another unit with its own text, and sent; each shows the other', async () => {
  await lead.getByTestId('open-part').click()
  await lead.getByTestId('part-composer').waitFor()
  // What was begun is still there after a look elsewhere.
  await lead.getByTestId('order-title').fill('路口信号灯被树枝遮挡')
  await lead.keyboard.press('Escape')
  await lead.getByTestId('open-part').click()
  expect(await lead.getByTestId('order-title').inputValue()).toBe('路口信号灯被树枝遮挡')
  await lead.getByTestId('order-text').fill('同一路口的信号灯被行道树遮住，司机看不清。')
  await lead.getByTestId('order-category').click()
  await lead.keyboard.type('信号灯')
  await lead.keyboard.press('Enter')
  await lead.getByTestId('field-lead').getByTestId('unit-picker').click()
  await lead.keyboard.type('交警')
  await lead.keyboard.press('Enter')
  await lead.getByTestId('part-reason').waitFor()
  await picture(lead, 'relations-3-part')
  await lead.getByTestId('part-send').click()
  const part = group(lead, 'part').getByText('路口信号灯被树枝遮挡')
  await part.waitFor()
  await lead.getByTestId('case-kin').getByText('0/1 已了结').waitFor()
  await group(lead, 'part').locator('[data-status=to-sign]').waitFor()
  await picture(lead, 'relations-4-parent')
  await part.click()
  await lead.getByTestId('case-kin').getByText('海秀东路路灯整排不亮').waitFor()
  await happened(lead, 'link').getByText('成为另一工单的子单').waitFor()
  await picture(lead, 'relations-5-part-of')
})

test('a part opened by mistake is called back and made void', async () => {
  await open(lead, other)
  await lead.getByTestId('open-part').click()
  await lead.getByTestId('order-title').fill('开错的子单')
  await lead.getByTestId('order-text').fill('内容')
  await lead.getByTestId('order-category').click()
  await lead.keyboard.type('信号灯')
  await lead.keyboard.press('Enter')
  await lead.getByTestId('part-send').click()
  await group(lead, 'part').locator('[data-status=to-dispatch]').waitFor()
  await wayBack(lead, '已开子单')
  await group(lead, 'part').locator('[data-status=void]').waitFor()
})

test('who is told is shown before an order is merged; it is taken back, merged again and unmerged', async () => {
  await sent(again)
  await open(lead, again)
  await press(rowIn(lead, 'citizen', lamp), 'row-merge')
  const preview = lead.getByTestId('merge-preview')
  await preview.getByText('139 0755 1234').waitFor()
  await preview.getByText('列入“待告知”').waitFor()
  await preview.getByText('市公安局交通警察支队').waitFor()
  await lead.getByTestId('write-reason').fill('同一处路灯，同一市民')
  await picture(lead, 'relations-6-merge')
  await lead.keyboard.press('Control+Enter')
  await wayBack(lead, '并单：已完成')
  await caseIs(lead, 'to-sign')
  await press(rowIn(lead, 'citizen', lamp), 'row-merge')
  await lead.getByTestId('write-reason').fill('确为同一处')
  await lead.keyboard.press('Control+Enter')
  await caseIs(lead, 'merged')
  await rowIn(lead, 'mergedInto', lamp).waitFor()
  await picture(lead, 'relations-7-merged')
  await lead.getByTestId('act-unmerge').click()
  await lead.getByTestId('write-reason').fill('实为两处')
  await lead.keyboard.press('Control+Enter')
  await wayBack(lead, '拆单：已完成')
  await caseIs(lead, 'merged')
})

test('clocks that have stopped are one line, which unfolds', async () => {
  const recalled = await order('派错后撤回的工单')
  await sent(recalled)
  await act(stage.db, recalled, leadId, { do: 'recall', reason: '派错单位' }, Date.now())
  await sent(recalled)
  await open(lead, recalled)
  const stopped = lead.getByTestId('clocks-stopped')
  await stopped.getByText('已停止').waitFor()
  expect(await stopped.locator('li').first().isVisible()).toBe(false)
  await picture(lead, 'relations-8-clocks')
  await stopped.locator('summary').click()
  await stopped.locator('li').first().waitFor()
})

test('a handler’s list counts what is new instead of moving, and leaves what has gone where it stood', async () => {
  const calm = await order('路口护栏松动')
  await sent(calm)
  await handler.goto(`${stage.service.url}/#/orders`)
  await handler.reload()
  await handler.getByTestId('tab-to-sign').click()
  const row = handler.getByTestId(`order-${calm}`)
  await row.waitFor()
  const before = await row.boundingBox()
  const urgent = await order('十字路口信号灯全灭', { priority: 'P1' })
  await sent(urgent)
  const bar = handler.getByTestId('orders-fresh')
  await bar.getByText('1 条新工单').waitFor()
  expect(await handler.getByTestId(`order-${urgent}`).count()).toBe(0)
  await act(stage.db, calm, leadId, { do: 'recall', reason: '先由街道查看' }, Date.now())
  await row.getByText('已转出').waitFor()
  expect(await row.boundingBox()).toEqual(before)
  await picture(handler, 'relations-9-calm')
  await handler.keyboard.press('r')
  await handler.getByTestId(`order-${urgent}`).waitFor()
  await row.waitFor({ state: 'detached' })
  await bar.waitFor({ state: 'detached' })
  await handler.getByTestId(`order-${urgent}`).click()
  await caseIs(handler, 'to-sign')
  await handler.keyboard.press('1')
  await caseIs(handler, 'in-hand')
  // One's own doing is no news: the row goes.
  await handler.getByTestId(`order-${urgent}`).waitFor({ state: 'detached' })
})

test('on the scene: where one stands and photos go with it, and the timeline says so', async () => {
  await handler.getByTestId('act-arrive').click()
  await handler.getByTestId('position-ask').click()
  await handler.getByTestId('position').getByText('误差 12 米内').waitFor()
  await handler.getByTestId('photos-chooser').setInputFiles({
    ...{ name: '到场.png', mimeType: 'image/png', buffer: readFileSync(PHOTO) },
  })
  await picture(handler, 'relations-10-arrive')
  await handler.keyboard.press('Control+Enter')
  const arrived = happened(handler, 'arrive')
  await arrived.getByText('东经 110.350412，北纬 20.031246（误差 12 米内）').waitFor()
  expect(await arrived.locator('a').count()).toBe(0)
  await handler.getByTestId('case-files').getByText('到场.png').waitFor()
  await picture(handler, 'relations-11-arrived')
})

test('where the browser may not tell, that is said, and the arrival goes without', async () => {
  const refused = await stage.pageOf('jiaojing-leader')
  const [waiting] = await stage.db
    .selectFrom('work_orders')
    .select('id')
    .where('title', '=', '路口信号灯被树枝遮挡')
    .execute()
  await open(refused, waiting?.id ?? '')
  await refused.getByTestId('act-arrive').click()
  await refused.getByTestId('position-ask').click()
  await refused.getByTestId('position-none').getByText('位置未获授权').waitFor()
  await picture(refused, 'relations-12-refused')
  await refused.getByTestId('act-send').click()
  await happened(refused, 'arrive').waitFor()
  expect(await refused.getByTestId('timeline-position').count()).toBe(0)
})

test('what is looked at is exported, by its tab and filter', async () => {
  expect(await handler.getByTestId('export').count()).toBe(0)
  await lead.goto(`${stage.service.url}/#/orders`)
  await lead.getByTestId('tab-all').click()
  await lead.getByTestId('orders-search').fill('护栏')
  await lead.getByTestId(`order-${other}`).waitFor()
  await lead.getByTestId('export').click()
  await lead.getByTestId('export-rows').getByText('共 2 张工单').waitFor()
  await picture(lead, 'relations-13-export')
  const [file] = await Promise.all([lead.waitForEvent('download'), lead.getByTestId('export-start').click()])
  expect(file.suggestedFilename()).toMatch(/^工单-.*\.csv$/)
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines.slice(1).every(line => line.includes('护栏'))).toBe(true)
})

test('more than a workbook may have is refused with what to do', async () => {
  // So few at a time that the database's limit for a statement holds on a busy machine as well.
  for (let from = 0; from < TOO_MANY; from += 500) {
    await sql`insert into work_orders (id, number, status, title, caller_number, opened_by, opened_at)
      select gen_random_uuid(), (300000000000000000 + n)::text, 'draft', '路灯', '', ${leadId}, now()
      from generate_series(${from}::int, ${Math.min(from + 500, TOO_MANY) - 1}::int) as n`.execute(stage.db)
  }
  await lead.getByTestId('orders-search').fill('')
  await lead.getByTestId('export').click()
  await lead.getByTestId('export-rows').getByText('超过 1,000 张工单').waitFor()
  await lead.getByTestId('export-format').getByText('XLSX').click()
  await lead.getByTestId('export-start').click()
  await lead.getByTestId('export-refused').getByText('请缩小筛选范围').waitFor()
  await picture(lead, 'relations-14-too-many')
  await lead.getByTestId('export-format').getByText('CSV').click()
  const [file] = await Promise.all([lead.waitForEvent('download'), lead.getByTestId('export-start').click()])
  const path = await file.path()
  await until(() => readFileSync(path, 'utf8').split('\r\n').length > TOO_MANY)
})

test('the pages had nothing to complain of', () => {
  expect(stage.complaints.flat()).toEqual([])
})
