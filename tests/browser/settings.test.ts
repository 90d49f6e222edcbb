import pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Agent, pageUrl } from '../support/agent.ts'
import { type OpenedPage, openPage } from '../support/opened-page.ts'
import { until } from '../support/until.ts'
import { DeskPage } from './desk-page.ts'
import { picture } from './pictures.ts'

/** A shift lead sets up queues, lines and skills; each test goes on where the one before it ended. */

let opened: OpenedPage
let db: pg.Client
let page: Page
let admin: Agent

beforeAll(async () => {
  opened = await openPage([
    { method: 'PUT', path: '/api/queues/dialect', status: 400 },
    { method: 'PUT', path: '/api/queues/dialect', status: 412 },
    { method: 'POST', path: '/api/lines', status: 400 },
    { method: 'POST', path: '/api/blocked-numbers', status: 400 },
  ])
  page = opened.page
  db = new pg.Client({ connectionString: opened.stack.databaseUrl })
  await db.connect()
  admin = await Agent.signIn(opened.stack, 'admin')
})
afterAll(async () => {
  admin?.close()
  await db?.end()
  await opened?.close()
})

const saved = () => page.getByText('已保存，几秒内生效。').last().waitFor()
const choose = async (select: string, option: string) => {
  await page.getByTestId(select).click()
  await page.locator('.ant-select-item-option', { hasText: option }).last().click()
}

describe('the way around', () => {
  test('two keys lead from the floor to a page, and ? tells which', async () => {
    await page.goto(pageUrl(opened.stack))
    await opened.signIn('lead')
    await page.getByTestId('floor-queue-general').waitFor()
    await page.keyboard.press('?')
    await page.getByTestId('keys-help').getByText('队列').waitFor()
    await picture(page, 'settings-0-keys')
    await page.keyboard.press('?')
    await page.keyboard.press('g')
    await page.keyboard.press('q')
    await page.getByTestId('queue-editor').waitFor()
    expect(new URL(page.url()).hash).toBe('#/queues')
  })

  test('an address that leads nowhere says so, and offers the way back', async () => {
    await page.goto(`${pageUrl(opened.stack)}/#/weather`)
    await page.getByTestId('no-such-page').getByText('没有这个页面').waitFor()
    await page.getByTestId('go-home').click()
    await page.getByTestId('floor-queue-general').waitFor()
  })

  test('a narrow navigation stays narrow', async () => {
    await page.getByTestId('nav-fold').click()
    await page.locator('[data-testid=nav-fold][aria-expanded=false]').waitFor()
    await page.reload()
    await page.locator('[data-testid=nav-fold][aria-expanded=false]').click()
    await page.locator('[data-testid=nav-fold][aria-expanded=true]').waitFor()
  })
})

describe('a queue', () => {
  test('is edited; what is wrong is said at its field', async () => {
    await page.getByTestId('nav-queues').click()
    await page.getByTestId('queue-dialect').click()
    await page.getByTestId('strategy-linear').click()
    await page.getByTestId('step-add').click()
    await page.getByTestId('step-3').getByLabel('等待').fill('3')
    await picture(page, 'settings-1-queue')
    await page.getByTestId('save').click()
    await page.getByTestId('step-3').locator('[data-problem=not-ascending]').waitFor()
    await page.getByTestId('wrong').getByText('有 1 处需要修改').waitFor()
    await picture(page, 'settings-2-queue-wrong')
    await page.getByTestId('step-3').getByLabel('等待').fill('90')
    await page.keyboard.press('Control+s')
    await saved()
    const { rows } = await db.query(
      "select strategy, steps->3 as step, version from queues where id = 'dialect'",
    )
    expect(rows).toEqual([
      { strategy: 'linear', step: { afterMs: 90_000, do: 'play', prompt: 'please-wait' }, version: 2 },
    ])
  })

  test('offers a call-back by a plan and a step; a step without a plan is named', async () => {
    await page.getByTestId('call-back-on').click()
    await page.getByTestId('call-back').getByText('来电人不会听到').waitFor()
    await page.getByTestId('step-add').click()
    await choose('step-do-4', '提供回拨')
    await page.getByTestId('call-back-on').click()
    await page.getByTestId('save').click()
    await page.getByTestId('step-4').locator('[data-problem=no-call-back-plan]').waitFor()
    await page.getByTestId('call-back-on').click()
    await page.getByTestId('call-back-first').getByText('来电人').click()
    await page.getByTestId('call-back-retry').fill('2.5')
    await page.getByTestId('queue-announce').fill('5')
    await page.getByTestId('queue-unstaffed').getByText('告知后挂断').click()
    await page.getByTestId('save').click()
    await page.locator('label', { hasText: '播报排队位置' }).locator('[data-problem=wrong-form]').waitFor()
    await page.getByTestId('queue-announce').fill('45')
    await picture(page, 'settings-2b-queue-call-back')
    await page.keyboard.press('Control+s')
    await saved()
    const { rows } = await db.query(
      `select steps->4 as step, announce_every_ms, when_unstaffed, call_back, version
       from queues where id = 'dialect'`,
    )
    expect(rows).toEqual([
      {
        step: { afterMs: 105_000, do: 'offer-call-back' },
        announce_every_ms: 45_000,
        when_unstaffed: 'turn-away',
        call_back: { first: 'caller', tries: 3, retryAfterMs: 150_000, withinMs: 7_200_000 },
        version: 3,
      },
    ])
  })

  test('that somebody else has saved meanwhile is put together, part by part', async () => {
    await page.getByTestId('queue-priority').fill('7')
    const queues = await admin.get<{ id: string; version: number }[]>('/api/queues')
    const dialect = queues.find(queue => queue.id === 'dialect')
    if (dialect === undefined) throw new Error('no such queue')
    const { id, version, ...theirs } = dialect
    const body = {
      ...theirs,
      nameZh: '方言专席',
      priority: 3,
      whenUnstaffed: 'wait',
      callBack: null,
      steps: [],
    }
    const reply = await admin.ask('PUT', `/api/queues/${id}`, body, { 'if-match': `"${version}"` })
    expect(reply.status).toBe(200)
    await page.getByTestId('save').click()
    await page.getByTestId('conflict-priority').waitFor()
    await page.getByTestId('conflict-nameZh').getByText('方言专席').waitFor()
    await page.getByTestId('conflict-whenUnstaffed').getByText('排队等待').waitFor()
    await page
      .getByTestId('conflict-callBack')
      .getByText('先呼叫来电人；最多 3 次，间隔 2.5 分钟；120 分钟内有效')
      .waitFor()
    await picture(page, 'settings-3-queue-conflict')
    await page.getByTestId('conflict-save').click()
    await saved()
    const { rows } = await db.query("select name_zh, priority, version from queues where id = 'dialect'")
    expect(rows).toEqual([{ name_zh: '方言专席', priority: 7, version: 5 }])
  })

  test('tells who changed it', async () => {
    await page.getByTestId('history').click()
    const drawer = page.getByTestId('history-drawer')
    await drawer.getByText('管理员').waitFor()
    expect(await drawer.locator('li').count()).toBe(4)
    await drawer.locator('li').nth(2).getByText('每 45 秒').waitFor()
    await drawer.locator('li').first().getByText('7', { exact: true }).waitFor()
    await picture(page, 'settings-4-queue-history')
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
  })
})

describe('lines', () => {
  test('are found and edited; hours are typed as people type them', async () => {
    await page.getByTestId('nav-lines').click()
    await page.getByTestId('line-12315').waitFor()
    await picture(page, 'settings-5-lines')
    await page.keyboard.press('/')
    await page.keyboard.type('12315')
    await until(async () => (await page.locator('[data-testid=lines] tbody tr').count()) === 1)
    await page.getByRole('button', { name: '12315' }).focus()
    await page.keyboard.press('Enter')
    await page.getByTestId('hours').getByText('按时段').click()
    await page.getByTestId('hours').getByLabel('结束').fill('1730')
    await page.keyboard.press('Enter')
    await picture(page, 'settings-6-line')
    await page.keyboard.press('Control+s')
    await saved()
    await page.getByTestId('line-12315').getByText('周一至周五 08:30–17:30').waitFor()
  })

  test('one more is refused with a reason at each field, then added', async () => {
    await page.getByTestId('line-search').fill('')
    await page.getByTestId('line-new').click()
    await page.getByTestId('line-number').fill('1')
    await page.getByTestId('save').click()
    await until(async () => (await page.getByTestId('line-editor').locator('[data-problem]').count()) === 3)
    await page.getByTestId('line-number').fill('12399')
    await page.getByTestId('line-name').fill('行政复议')
    await choose('line-queue', '综合')
    await page.getByTestId('save').click()
    await saved()
    await page.getByTestId('line-12399').getByText('行政复议').waitFor()
  })

  test('a table with a wrong row changes nothing; a right one is imported', async () => {
    const header = '号码\t名称\t并入方式\t队列\t播报欢迎语\t服务时间\t启用'
    const good = '12301\t文化旅游\t双号并行\t综合\t否\t周一至周五 9:00-17:00\t是'
    const same = '12345\t海棠市政务服务便民热线\t整体并入\t综合\t是\t全天\t是'
    await page.getByTestId('lines-import').click()
    await page
      .getByTestId('import-text')
      .fill([header, good, same, '12302\t\t并进去\t综合\t否\t全天\t是'].join('\n'))
    await page.getByTestId('import-check').click()
    await page.getByTestId('import-row-4').getByText('名称：必须填写；并入方式：格式或范围不对').waitFor()
    expect(await page.getByTestId('import-do').isDisabled()).toBe(true)
    await picture(page, 'settings-7-import')
    await page.getByTestId('import-text').fill([header, good, same].join('\n'))
    await page.getByTestId('import-check').click()
    await page.getByTestId('import-report').getByText('没有错误，还没有导入。').waitFor()
    await page.getByTestId('import-do').getByText('导入 1 个号码').click()
    await page.getByTestId('line-12301').getByText('周一至周五 09:00–17:00').waitFor()
  })

  test('are exported as a file', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('lines-export').click(),
    ])
    expect(download.suggestedFilename()).toBe('lines.csv')
  })

  test('a caller is blocked with the approval of another, and let in again', async () => {
    await page.getByTestId('lines-tabs').getByText('受限号码').click()
    await page.getByTestId('block-new').click()
    await page.getByTestId('block-number').fill('138 0013 8000')
    await page.getByTestId('block-save').click()
    await page.getByTestId('block-form').locator('[data-problem]').first().waitFor()
    await page.getByTestId('block-reason').fill('一周内 41 次拨打辱骂话务员，已两次告知。')
    await choose('block-approver', '管理员')
    await page.getByTestId('block-save').click()
    await page.getByTestId('block-13800138000').getByText('还有 31 天').waitFor()
    await picture(page, 'settings-8-blocked')
    await page.getByTestId('lift-13800138000').click()
    await page.getByTestId('lift-sure').click()
    await page.getByText('没有受限号码').waitFor()
  })
})

describe('skills', () => {
  test('are filled in by keyboard, and saved', async () => {
    await page.getByTestId('nav-skills').click()
    await page.getByTestId('level-1001-dialect').focus()
    await page.keyboard.type('7')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.type('3')
    await page.getByText('2 人有未保存的修改').waitFor()
    await picture(page, 'settings-9-skills')
    await page.keyboard.press('Control+s')
    await page.getByText('已保存，立即生效。').waitFor()
    const { rows } = await db.query(
      `select agent_number, skill_id, level from staff_skills join staff on staff.id = staff_id
       where agent_number in ('1001', '1002') order by agent_number`,
    )
    expect(rows).toEqual([
      { agent_number: '1001', skill_id: 'dialect', level: 7 },
      { agent_number: '1002', skill_id: 'duty', level: 3 },
    ])
  })

  test('edits that are not saved are still there after a look elsewhere', async () => {
    await page.getByTestId('level-1001-dialect').focus()
    await page.keyboard.press('Delete')
    await page.getByTestId('nav-queues').click()
    await page.getByTestId('queue-editor').waitFor()
    await page.getByTestId('nav-skills').click()
    await page.getByText('1 人有未保存的修改').waitFor()
    await page.getByTestId('undo').click()
    expect(await page.getByTestId('level-1001-dialect').textContent()).toBe('7')
  })
})

describe('a desk beside other pages', () => {
  test('a shift lead who takes calls has the floor and the desk, and the phone stays', async () => {
    await opened.signOut()
    await opened.signIn('lead')
    await page.getByTestId('nav-desk').click()
    const desk = new DeskPage(page)
    await desk.takeSeat('1003', 'browser')
    await picture(page, 'settings-10-desk')
    await page.getByTestId('nav-floor').click()
    await page.getByTestId('floor-seat-1003').waitFor()
    await desk.untilReachable()
    await page.getByTestId('my-seat').getByText('座席 1003 · 示忙').waitFor()
    await picture(page, 'settings-11-floor-and-desk')
    await page.getByTestId('my-seat').click()
    await desk.beReady()
    await page.getByTestId('nav-floor').click()
    await page.locator('[data-testid=floor-seat-1003][data-state=ready]').waitFor()
    await page.getByTestId('my-seat').click()
    await desk.beNotReady('meal')
    await desk.changeSeat()
    await page.getByTestId('seat-search').waitFor()
    await opened.signOut()
  })

  test('an agent reads a page over the desk, which stays', async () => {
    await opened.signIn('a1001')
    const desk = new DeskPage(page)
    await desk.takeSeat('1001', 'browser')
    await page.evaluate(() => {
      location.hash = '#/weather'
    })
    await page.getByTestId('agent-pages-drawer').getByTestId('no-such-page').waitFor()
    await desk.untilReachable()
    // The desks and floors that this window has left do not come back.
    expect(await page.getByText('已在另一窗口打开座席').count()).toBe(0)
    await picture(page, 'settings-12-agent')
    await page.getByTestId('go-home').click()
    await page.getByTestId('agent-pages-drawer').waitFor({ state: 'hidden' })
    await desk.untilReachable()
  })
})

test('the pages had nothing to complain of', () => {
  expect(opened.complaints).toEqual([])
})
