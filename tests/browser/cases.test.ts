import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareLeaderDays } from '../../src/casework/callbacks/index.ts'
import { type AgentNumber, asId, type StaffId, type UnitId, type WorkOrderId } from '../../src/kernel/ids.ts'
import { cityDate } from '../../src/kernel/time.ts'
import { addStaff } from '../../src/people/staff/index.ts'
import { PASSWORD } from '../support/service.ts'
import { until } from '../support/until.ts'
import { CasesStage } from './cases-stage.ts'
import { DeskPage } from './desk-page.ts'
import { picture } from './pictures.ts'

/**
 * One case from the agent's desk to the citizen's grade, each in a browser of their own; each test goes on where the one
 * before it ended. The order is of a visit, not of a call: no PBX is needed.
 */

const PHOTO = fileURLToPath(new URL('../../docs/desk.png', import.meta.url))
const ORDER = asId<WorkOrderId>(randomUUID())
const SEAT = '1001'

let stage: CasesStage
let agent: Page
let handler: Page
let office: Page

beforeAll(async () => {
  stage = await CasesStage.start()
  const { db } = stage
  await draftOf(
    await addStaff(db, {
      ...{ login: 'a1090', name: '许明珠', role: 'agent', password: PASSWORD },
      agentNumber: asId<AgentNumber>('1090'),
      grants: [
        { role: 'agent', unit: null },
        { role: 'dispatcher', unit: null },
      ],
    }),
  )
  agent = await pageOf('a1090', PASSWORD)
  handler = await pageOf('jiaojing')
  office = await pageOf('reviewer')
})
afterAll(async () => {
  await stage?.close()
})

async function draftOf(by: StaffId): Promise<void> {
  await stage.db
    .insertInto('work_orders')
    .values({
      ...{ id: ORDER, number: '261122101500000001', status: 'draft' },
      ...{ caller_number: '13907551234', opened_by: by, opened_at: new Date() },
    })
    .execute()
}

const pageOf = (login: string, password?: string) =>
  stage.pageOf(login, {
    ...(password === undefined ? {} : { password }),
    expected: [
      // Somebody else was quicker, on purpose.
      { method: 'POST', path: `/api/work-orders/${ORDER}/acts`, status: 412 },
      // What is no photo.
      { method: 'POST', path: `/api/work-orders/${ORDER}/attachments`, status: 415 },
    ],
  })

async function openCase(page: Page, status: string): Promise<void> {
  await page.goto(`${stage.service.url}/#/orders/${ORDER}`)
  await caseIs(page, status)
}
const caseIs = (page: Page, status: string) =>
  page.locator(`[data-testid=case][data-status=${status}]`).waitFor()
const happened = (page: Page, what: string) =>
  page.getByTestId('case-timeline').locator(`[data-what=${what}]`).first()

test('the agent writes; the likely unit appears, and one key saves the order and sends it', async () => {
  await agent.getByTestId(`seat-${SEAT}`).click()
  await agent.getByTestId('phone-sip').click()
  await agent.getByTestId('seat-take').click()
  await agent.locator('[data-testid=desk-link][data-state=live]').waitFor()
  await agent.goto(`${stage.service.url}/#/desk/order/${ORDER}`)
  await agent.getByTestId('order-form').waitFor()
  await new DeskPage(agent).fillOrder({
    type: '求助',
    category: '挪车',
    title: '车库出口被一辆轿车挡住，请联系挪车',
    text: '海秀东路金龙花园地下车库出口被一辆白色轿车挡住，挡风玻璃上没有留电话，住户急着出门上班。',
    place: '海秀东路金龙花园地下车库出口',
  })
  await agent.locator('[data-testid=suggested-1][data-unit=jiaojing]').waitFor()
  await picture(agent, 'cases-1-suggested')
  await agent.keyboard.press('Alt+Digit1')
  await agent.getByTestId('dispatched').getByText('已派').waitFor()
  await picture(agent, 'cases-2-sent')
})

test('sent by mistake, it is called back and sent again', async () => {
  await agent.getByTestId('dispatch-undo').click()
  await agent.locator('[data-testid=order-status][data-status=to-dispatch]').waitFor()
  await handler.locator('[data-testid=bell][data-unread="2"]').waitFor()
  await agent.getByTestId('suggested-1').click()
  await agent.getByTestId('dispatched').waitFor()
})

test('the unit is told at once and finds it by the bell; signed by key', async () => {
  await handler.locator('[data-testid=bell][data-unread="3"]').waitFor()
  await handler.getByTestId(`order-${ORDER}`).getByText('请联系挪车').waitFor()
  await picture(handler, 'cases-3-to-sign')
  await handler.getByTestId('bell').click()
  await handler.getByTestId('notice-recalled').waitFor()
  await picture(handler, 'cases-4-notices')
  await handler.getByTestId('notice-dispatched').first().click()
  await caseIs(handler, 'to-sign')
  await handler.locator('[data-testid=bell][data-unread="2"]').waitFor()
  await handler.getByTestId('notice-drawer').waitFor({ state: 'hidden' })
  await picture(handler, 'cases-5-case')
  await handler.keyboard.press('1')
  await caseIs(handler, 'in-hand')
  await happened(handler, 'sign').getByText('签收').waitFor()
})

test('the citizen is contacted; what is missing is said at its field', async () => {
  await handler.getByTestId('act-contact').click()
  await handler.keyboard.press('Control+Enter')
  await handler.getByTestId('field-text').getByText('请填写').waitFor()
  await picture(handler, 'cases-6-missing')
  await handler.getByTestId('field-channel').getByText('电话', { exact: true }).click()
  await handler.getByTestId('write-text').fill('已电话联系市民，民警五分钟内到场。')
  await handler.keyboard.press('Control+Enter')
  await happened(handler, 'contact').getByText('民警五分钟内到场').waitFor()
})

test('a photo is added and seen; a page that calls itself a photo is refused with the reason', async () => {
  const chooser = handler.getByTestId('files-chooser')
  await chooser.setInputFiles({
    name: '现场.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('<html><script>alert(1)</script></html>'),
  })
  await handler.getByText('现场.jpg：文件内容与扩展名不符').waitFor()
  await chooser.setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: readFileSync(PHOTO) })
  const photo = handler.getByTestId('case-files').locator('img')
  await photo.scrollIntoViewIfNeeded()
  await until(() => photo.evaluate(image => image instanceof HTMLImageElement && image.naturalWidth > 0))
  await happened(handler, 'attach').waitFor()
  await picture(handler, 'cases-6b-files')
})

test('what somebody else does meanwhile is shown, and what was written is kept', async () => {
  await handler.getByTestId('act-answer').click()
  await handler.getByTestId('field-solved').getByText('已解决').click()
  await handler.getByTestId('write-text').fill('已联系车主将车挪走，出口恢复通行。')
  // Looked up something else meanwhile: it is still there.
  await handler.keyboard.press('Escape')
  await handler.getByTestId('composer-answer').waitFor({ state: 'detached' })
  await handler.keyboard.press('1')
  expect(await handler.getByTestId('write-text').inputValue()).toContain('恢复通行')
  await openCase(agent, 'in-hand')
  await agent.getByTestId('act-note').click()
  await agent.getByTestId('write-text').fill('市民再次来电催问。')
  await agent.keyboard.press('Control+Enter')
  await happened(agent, 'note').waitFor()
  await handler.keyboard.press('Control+Enter')
  await handler.getByTestId('act-changed').getByText('备注').waitFor()
  expect(await handler.getByTestId('write-text').inputValue()).toContain('恢复通行')
  await picture(handler, 'cases-7-changed')
  await handler.keyboard.press('Control+Enter')
  await caseIs(handler, 'to-review')
})

test('review approves what it finds in its list, by keyboard', async () => {
  await office.goto(`${stage.service.url}/#/orders`)
  // It stands there since the beginning, and looks again only now and then.
  await office.reload()
  await office.getByTestId(`order-${ORDER}`).waitFor()
  await office.getByTestId('count-to-review').getByText('1', { exact: true }).waitFor()
  await office.keyboard.press('j')
  await office.keyboard.press('Enter')
  await caseIs(office, 'to-review')
  await office.getByTestId('act-approve').click()
  await office.getByTestId('write-note').fill('答复属实，同意。')
  await office.keyboard.press('Control+Enter')
  await caseIs(office, 'to-call-back')
})

test('a leader’s day: the prepared list, its steps in turn, a talk entered by the assistant', async () => {
  await stage.db
    .insertInto('leader_days')
    .values({
      ...{ id: randomUUID(), day: cityDate(Date.now()), unit_id: asId<UnitId>('jiaojing') },
      leader: '支队长曹志刚',
    })
    .execute()
  await prepareLeaderDays(stage.db, Date.now())
  const assistant = await pageOf('duty-assistant')
  await assistant.goto(`${stage.service.url}/#/leader-day`)
  await assistant.getByText('支队长曹志刚 · 市公安局交通警察支队').waitFor()
  for (const step of ['签到', '查阅交接班日记', '审核工单']) {
    await assistant.getByTestId('leader-step').getByText(step).click()
  }
  await assistant.getByTestId('leader-step').waitFor({ state: 'detached' })
  await assistant.getByTestId(`enter-${ORDER}`).click()
  await assistant.getByTestId('result-form').getByText('通了话，没有评价').click()
  await assistant.getByTestId('result-words').fill('市民说晚上再评价。')
  await picture(assistant, 'cases-8a-leader-result')
  await assistant.getByTestId('result-send').click()
  await assistant.getByText('拨打 1 · 接通 1 · 评价 0 · 满意 0 · 解决 0').waitFor()
  await picture(assistant, 'cases-8b-leader-day')
  await assistant.getByText('待告知', { exact: true }).click()
  await assistant.getByText('没有要告知的市民').waitFor()
})

test('the citizen is called back and grades it: closed, with all of it on one line', async () => {
  const caller = await pageOf('call-back')
  await openCase(caller, 'to-call-back')
  await caller.getByTestId('act-rate').click()
  await caller.getByTestId('field-grade').getByText('非常满意', { exact: true }).click()
  await caller.getByTestId('field-solved').getByText('已解决').click()
  await caller.getByTestId('write-text').fill('市民表示车已挪走，感谢。')
  await picture(caller, 'cases-8-rate')
  await caller.keyboard.press('Control+Enter')
  await caseIs(caller, 'closed')
  const told = await caller
    .getByTestId('case-timeline')
    .locator('li')
    .evaluateAll(lines => lines.map(line => line.getAttribute('data-what')).reverse())
  expect(told).toEqual([
    ...['register', 'dispatch', 'recall', 'dispatch', 'sign', 'contact', 'attach', 'note', 'answer'],
    ...['approve', 'note', 'rate'],
  ])
  await picture(caller, 'cases-9-closed')
})

test('it is found by words, and by none that it does not have', async () => {
  await agent.goto(`${stage.service.url}/#/orders`)
  await agent.getByTestId('tab-all').click()
  await agent.keyboard.press('/')
  await agent.keyboard.type('车库出口')
  await agent.getByTestId(`order-${ORDER}`).waitFor()
  await agent.getByTestId('orders-found').getByText('共 1 条').waitFor()
  await picture(agent, 'cases-10-found')
  await agent.keyboard.type('飞碟')
  await agent.getByText('没有符合条件的工单').waitFor()
})

test('the pages had nothing to complain of', () => {
  expect(stage.complaints.flat()).toEqual([])
})
