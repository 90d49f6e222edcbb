import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import { pageUrl, passwordOf } from '../support/agent.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { launchChromium } from './chromium.ts'
import { watchComplaints } from './complaints.ts'
import { DeskPage } from './desk-page.ts'
import { picture, USUAL_SIZE } from './pictures.ts'

/** A shift lead plans and hands over; the agent who comes reads, signs and goes ready. Each test goes on from the last. */

let stack: Stack
let db: pg.Client
let browser: Browser
let page: Page
let agentPage: Page
let desk: DeskPage
let complaints: readonly string[]
let agentComplaints: readonly string[]

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
    // The overlap.
    { method: 'POST', path: '/api/roster', status: 400 },
  ])
  agentPage = await newPage()
  desk = new DeskPage(agentPage)
  agentComplaints = await watchComplaints(agentPage, [
    { method: 'GET', path: '/api/session', status: 401 },
    { method: 'GET', path: '/api/my-seat', status: 404 },
    // What this test is about.
    { method: 'POST', path: '/api/my-seat/ready', status: 409 },
  ])
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

/** A day of the week after the one shown first on which 1001 is off and the day before and after too, if there is one. */
async function dayOff(): Promise<string> {
  const { rows } = await db.query<{ day: string }>(
    `select distinct day from roster_entries where day not in
       (select day from roster_entries e join staff s on s.id = e.staff_id where s.agent_number = '1001')
     order by day desc limit 1`,
  )
  return rows[0]?.day ?? ''
}

async function planned(day: string): Promise<string[]> {
  const { rows } = await db.query<{ shift_id: string }>(
    `select shift_id from roster_entries e join staff s on s.id = e.staff_id
     where s.agent_number = '1001' and day = $1`,
    [day],
  )
  return rows.map(row => row.shift_id)
}

test('a shift lead has the week before her, planned and as it is kept', async () => {
  await new DeskPage(page).signIn(`${pageUrl(stack)}/#/shifts`, 'lead', passwordOf(stack, 'lead'))
  await page.getByTestId('roster').getByText('林晓岚').waitFor()
  await page.getByTestId('today').getByText('应到').waitFor()
  await picture(page, 'shifts-1-roster')
})

test('plans by keyboard; an overlap is refused; Delete takes it off', async () => {
  const day = await dayOff()
  await page.getByTestId('week-after').click()
  const cell = page.getByTestId(`cell-1001-${day}`)
  await cell.focus()
  await page.keyboard.press('1')
  await cell.getByText('早班').waitFor()
  expect(await planned(day)).toEqual(['early'])
  await page.keyboard.press('1')
  await page.getByText('时间与此人已有的班次重叠').waitFor()
  await picture(page, 'shifts-2-planned')
  await page.keyboard.press('Delete')
  await cell.getByText('早班').waitFor({ state: 'detached' })
  expect(await planned(day)).toEqual([])
  await page.keyboard.press('ArrowLeft')
  await expect(cell.evaluate(one => one === document.activeElement)).resolves.toBe(false)
})

test('moves a kind of shift; what is planned stays where it is', async () => {
  await page.getByTestId('edit-kinds').click()
  await page.getByTestId('kind-to-early').fill('15:45')
  await picture(page, 'shifts-2b-kinds')
  await page.keyboard.press('Enter')
  await page.getByText('班次已保存').waitFor()
  await page.keyboard.press('Escape')
  await page.getByTestId('kinds').waitFor({ state: 'hidden' })
  const { rows } = await db.query("select ends_at, version from shifts where id = 'early'")
  expect(rows).toEqual([{ ends_at: '15:45', version: 2 }])
})

test('names the carrier’s technician of a day', async () => {
  const { rows } = await db.query<{ day: string }>('select max(day) as day from day_duties')
  await page.getByTestId(`duty-carrier-${rows[0]?.day}`).click()
  await page.getByTestId('duty-name').fill('王工（电信）')
  await page.keyboard.press('Enter')
  await page.getByTestId(`duty-carrier-${rows[0]?.day}`).getByText('王工（电信）').waitFor()
})

test('writes the handover note of the shift that ended, and publishes it', async () => {
  await page.goto(`${pageUrl(stack)}/#/handovers`)
  await page.getByTestId('handover-list').getByText('草稿').click()
  await page.getByTestId('handover-note').waitFor()
  await page.getByTestId('handover-note').fill('请留意台风预警后的排水来电。')
  await page.getByTestId('matter-0').fill('回访龙昆南路积水来电人')
  await page.keyboard.press('Enter')
  await page.keyboard.type('核对 12328 转接中继')
  await page.getByText('12328 转接成功率偏低').waitFor()
  await page.keyboard.press('Control+S')
  await page.getByTestId('handover-draft').getByText('已保存').waitFor()
  await picture(page, 'shifts-3-draft')
  await page.getByTestId('handover-publish').click()
  await page.getByTestId('publish-sure').click()
  await page.getByTestId('handover-published').getByText('回访龙昆南路积水来电人').waitFor()
  await picture(page, 'shifts-4-published')
})

test('the agent who comes is shown it, and cannot go ready by putting it off', async () => {
  await desk.signIn(pageUrl(stack), 'a1001', passwordOf(stack, 'a1001'))
  await desk.takeSeat('1001', 'browser')
  const dialog = agentPage.getByTestId('handover-gate')
  await dialog.getByText('请留意台风预警后的排水来电。').waitFor()
  await picture(agentPage, 'shifts-5-gate')
  await agentPage.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await agentPage.keyboard.press('F8')
  await dialog.waitFor()
  await desk.waitForState('not-ready')
})

test('read to the end and signed by keyboard, the seat goes ready', async () => {
  await until(async () => {
    await agentPage.keyboard.press('End')
    return await agentPage.getByTestId('gate-sign').isEnabled()
  })
  await agentPage.keyboard.press('Enter')
  await agentPage.getByText('已签收，可以就绪').waitFor()
  await agentPage.getByTestId('handover-gate').waitFor({ state: 'detached' })
  await agentPage.keyboard.press('F8')
  await desk.waitForState('ready')
  const { rows } = await db.query(
    `select s.login from handover_signatures x join staff s on s.id = x.staff_id
     join handovers h on h.id = x.handover_id where h.published_at > now() - interval '1 hour'`,
  )
  expect(rows).toEqual([{ login: 'a1001' }])
})

test('the shift lead sees the signature, adds to the note and ticks off a matter', async () => {
  await page.reload()
  await page.getByTestId('handover-published').getByText('✓ 林晓岚').waitFor()
  await page.getByTestId('addendum-text').fill('更正：积水已于今晨排除。')
  await page.keyboard.press('Enter')
  await page.getByText('更正：积水已于今晨排除。').waitFor()
  await page.getByTestId('handover-published').getByRole('button', { name: '办结' }).first().click()
  await page.getByText(/许明珠 .* 办结/).waitFor()
  await picture(page, 'shifts-6-signed')
})

test('an agent sees the own shifts', async () => {
  await agentPage.goto(`${pageUrl(stack)}/#/shifts`)
  await agentPage.getByTestId('my-shifts').getByText('电信值班').first().waitFor()
  await picture(agentPage, 'shifts-7-mine')
})

test('neither page had anything to complain of', () => {
  expect(complaints).toEqual([])
  expect(agentComplaints).toEqual([])
})
