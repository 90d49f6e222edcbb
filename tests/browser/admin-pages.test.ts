import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenDatabase, openDatabase } from '#database/connection.ts'
import type { DispatchWords } from '../../src/casework/dispatch/schema.ts'
import { anchorTrail } from '../../src/casework/trail/index.ts'
import { type OrderEvent, queueEvent } from '../../src/casework/webhooks/index.ts'
import type { WorkOrderId } from '../../src/kernel/ids.ts'
import { cityDate, daysAfter } from '../../src/kernel/time.ts'
import type { AccountPage } from '../../src/people/accounts/schema.ts'
import { Agent } from '../support/agent.ts'
import { type OpenedPage, openPage } from '../support/opened-page.ts'
import { seedOrder } from '../support/roles.ts'
import { until } from '../support/until.ts'
import { picture } from './pictures.ts'

/** An administrator's pages: who is told of orders, who did what, and the words that 秒派 goes by. */

interface Got {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let opened: OpenedPage
let page: Page
let admin: Agent
let office: Agent
let database: OpenDatabase
let order: WorkOrderId
let receiver: Server
let address: string
/** What the other system answers. */
let answer = 204
const got: Got[] = []

beforeAll(async () => {
  opened = await openPage(
    [
      { method: 'POST', path: '/api/webhooks', status: 400 },
      { method: 'PUT', path: '/api/dispatch-words', status: 400 },
      { method: 'PUT', path: '/api/dispatch-words', status: 412 },
    ],
    { settings: { HOTLINE_WEBHOOK_NETWORKS: '127.0.0.0/8' } },
  )
  const { stack } = opened
  page = opened.page
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  admin = await Agent.signIn(stack, 'admin')
  office = await Agent.signIn(stack, 'office')
  database = openDatabase(stack.databaseUrl, () => {})
  const { id: by } = await database.db
    .selectFrom('staff')
    .select('id')
    .where('login', '=', 'a1001')
    .executeTakeFirstOrThrow()
  order = await seedOrder(database.db, { by, secret: true })
  receiver = createServer((request, reply) => {
    let body = ''
    request.setEncoding('utf8').on('data', part => {
      body += part
    })
    request.on('end', () => {
      got.push({ headers: request.headers, body })
      reply.writeHead(answer).end()
    })
  })
  await new Promise<void>(listening => receiver.listen(0, '127.0.0.1', listening))
  const { port } = receiver.address() as AddressInfo
  address = `http://127.0.0.1:${port}/orders`
})
afterAll(async () => {
  admin?.close()
  office?.close()
  await database?.close()
  receiver?.closeAllConnections()
  receiver?.close()
  await opened?.close()
})

const tell = (type: OrderEvent['type']) =>
  database.db.transaction().execute(trx => queueEvent(trx, { type, order }))
/** The clipboard is written behind the click. */
const untilCopied = (text: string) =>
  until(async () => (await page.evaluate(() => navigator.clipboard.readText())) === text)
const sure = (button: string) =>
  page.locator('.ant-popconfirm:visible').getByRole('button', { name: button }).click()

describe('who is told of orders', () => {
  let secret = ''
  const standing = (name: string) =>
    page.locator(`[data-testid="webhook-市城管局数字平台"][data-standing=${name}]`).waitFor()
  const takeSecret = async () => {
    const shown = (await page.getByTestId('webhook-secret').locator('code').textContent()) ?? ''
    await page.getByTestId('webhook-secret').getByRole('button').click()
    await untilCopied(shown)
    await page.getByTestId('secret-done').click()
    await page.getByTestId('webhook-secret').waitFor({ state: 'detached' })
    return shown
  }

  test('an address that must not be is refused with the reason; one that may be gets its secret, once', async () => {
    await opened.openAs('admin', '#/units')
    await page.getByTestId('duty-now').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('z')
    await page.getByText('还没有系统接收工单动态').waitFor()
    await picture(page, 'webhooks-1-none')
    await page.getByTestId('webhook-new').click()
    await page.getByTestId('webhook-note').fill('市城管局数字平台')
    for (const [url, problem] of [
      ['ftp://cg.example.cn/', 'not-https'],
      ['http://cg.example.cn/', 'not-https'],
      ['https://user@cg.example.cn/', 'wrong-form'],
      ['https://10.1.2.3/orders', 'private-address'],
    ] as const) {
      await page.getByTestId('webhook-url').fill(url)
      await page.getByTestId('save').click()
      await page.locator(`[data-problem=${problem}]`).waitFor()
    }
    await picture(page, 'webhooks-2-refused')
    await page.getByTestId('webhook-url').fill(address)
    await page.getByTestId('webhook-events').getByText('全部事件').click()
    for (const event of ['退单', '并单', '作废']) {
      await page.getByTestId('webhook-events').getByText(event, { exact: true }).click()
    }
    await page.keyboard.press('Control+s')
    await page.getByTestId('webhook-secret').waitFor()
    await picture(page, 'webhooks-3-secret')
    secret = await takeSecret()
    expect(secret).toMatch(/^whsec_.{40,}$/)
    await standing('quiet')
    expect(await page.content()).not.toContain(secret)
  })

  test('what it is told is seen as it is delivered, and can be sent once more', async () => {
    await page.getByTestId('webhook-tabs').getByText('投递记录').click()
    await page.getByText('没有这样的投递记录').waitFor()
    await tell('order.void')
    await tell('order.closed')
    await page.locator('tr[data-state=delivered]').waitFor({ timeout: 30_000 })
    expect(got.map(({ body }) => JSON.parse(body).type)).toEqual(['order.closed'])
    await standing('on')
    await page.getByTestId('resend').click()
    await until(() => got.length === 2)
    expect(got[1]?.body).toBe(got[0]?.body)
    await page.locator('tr[data-state=delivered]').waitFor()
  })

  test('a system that refuses is seen to, with the next attempt', async () => {
    answer = 500
    await tell('order.supervised')
    const row = page.locator('tr[data-state=waiting]')
    await row.getByText('HTTP 500 · 对方拒收').waitFor({ timeout: 30_000 })
    await row.getByText(/下次 \d\d:\d\d:\d\d/).waitFor()
    await standing('failing')
    await picture(page, 'webhooks-4-failing')
    answer = 204
    await standing('on')
  })

  test('a new secret is the one by which the next message is signed', async () => {
    await page.getByTestId('webhook-renew').click()
    await sure('更换密钥')
    await page.getByTestId('webhook-secret').waitFor()
    const renewed = await takeSecret()
    expect(renewed).not.toBe(secret)
    got.length = 0
    await tell('order.signed')
    await until(() => got.length === 1)
    const [{ headers, body } = { headers: {}, body: '' }] = got
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    const key = Buffer.from(renewed.slice('whsec_'.length), 'base64')
    const signature = createHmac('sha256', key).update(signed).digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${signature}`)
  })

  test('it is paused, resumed, and removed; each stands in its history', async () => {
    await page.getByTestId('webhook-pause').click()
    await sure('停用')
    await standing('paused')
    expect(await page.getByTestId('resend').first().isDisabled()).toBe(true)
    await page.getByTestId('webhook-resume').click()
    await standing('on')
    await page.getByTestId('webhook-tabs').getByText('修改记录').click()
    const history = page.getByTestId('webhook-history')
    await history.getByText('已更换').waitFor()
    await history.locator('li').nth(3).waitFor()
    expect(await history.locator('li').count()).toBe(4)
    await picture(page, 'webhooks-5-history')
    await page.getByTestId('webhook-remove').click()
    await sure('删除')
    await page.getByText('还没有系统接收工单动态').waitFor()
    expect(await admin.get('/api/webhooks')).toEqual([])
  })
})

describe('who did what', () => {
  const REASON = '举报人要求当面核实，需联系本人'

  test('is found by person, kind and days, with what was before and after', async () => {
    await office.post(`/api/work-orders/${order}/identity`, { reason: REASON })
    const { items } = await admin.get<AccountPage>('/api/accounts?q=a1002')
    const [account] = items
    if (account === undefined) throw new Error('no a1002')
    const rights = { role: account.role, singleSignOn: null, why: '调岗到质检' }
    const grants = [...account.grants, { role: 'quality', unit: null }]
    const asked = await admin.ask('PUT', `/api/accounts/${account.id}/rights`, { ...rights, grants })
    expect(asked.ok).toBe(true)
    await page.keyboard.press('g')
    await page.keyboard.press('j')
    const row = page.getByTestId('audit-roles-1')
    await row.getByText('申请：变更权限').waitFor()
    await page.getByTestId('audit-identity-1').getByText(REASON).waitFor()
    await picture(page, 'audit-1-log')
    await row.getByRole('button').click()
    await page.getByTestId('audit-sides').getByText('话务员、质检员').waitFor()
    await picture(page, 'audit-2-entry')
    await page.keyboard.press('Escape')
    await page.getByTestId('audit-entry').waitFor({ state: 'detached' })
    await page.getByTestId('audit-who').fill('蔡明')
    await row.waitFor({ state: 'detached' })
    await page.getByTestId('audit-identity-1').waitFor()
    await page.getByTestId('audit-key').fill('没有的对象')
    await page.getByText('这段时间没有符合条件的记录').waitFor()
    await page.getByTestId('audit-key').fill('')
    await page.getByTestId('audit-identity-1').waitFor()
    await page.getByTestId('last-day').fill('2026-01-02')
    await page.getByText('这段时间没有符合条件的记录').waitFor()
    expect(await page.getByTestId('first-day').inputValue()).toBe('2026-01-02')
  })

  test('looks at identities are read by reason, whoever stands out first, and lead to the order', async () => {
    await office.post(`/api/work-orders/${order}/identity`, { reason: '补录回访号码' })
    await page.getByTestId('audit-tabs').getByText('身份查看').click()
    await page.getByTestId('looker-office').getByText('2 次，1 件工单').waitFor()
    await page.getByTestId('looker-office').click()
    await page.getByTestId('audit-identity-2').getByText('补录回访号码').waitFor()
    await picture(page, 'audit-3-looks')
    const link = page.getByTestId('audit-identity-1').getByRole('link')
    expect(await link.getAttribute('href')).toBe(`#/orders/${order}`)
  })

  test('what seals it can be noted elsewhere', async () => {
    await page.getByTestId('audit-tabs').getByText('防篡改').click()
    await page.getByTestId('chain').getByText('还没有锚定过').waitFor()
    const today = cityDate(Date.now())
    await anchorTrail(database.db, daysAfter(today, 1))
    await page.reload()
    await page.getByTestId('chain').getByText(`已锚定至 ${today}`).waitFor()
    await page.getByTestId('chain-digest').getByRole('button').click()
    const { digest } = await database.db
      .selectFrom('trail_anchors')
      .select('digest')
      .orderBy('day', 'desc')
      .executeTakeFirstOrThrow()
    await untilCopied(digest.toString('hex'))
    await page.getByTestId('chain-verify').getByText('npm run audit:verify').waitFor()
    await picture(page, 'audit-4-chain')
  })

  test('only whoever may take lists away takes it away, and that is on record', async () => {
    await page.getByTestId('audit-tabs').getByText('操作记录').click()
    await page.getByTestId('audit').waitFor()
    expect(await page.getByTestId('audit-export').isDisabled()).toBe(true)
    expect((await admin.ask('GET', '/api/audit/export?format=csv')).status).toBe(403)
    await opened.signOut()
    await opened.signIn('office')
    await page.getByTestId('nav-audit').click()
    await page.getByTestId('audit-export').hover()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV 文件' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^审计日志-.*\.csv$/)
    await page.getByTestId('audit-subject').click()
    await page.locator('.ant-select-item-option', { hasText: '导出' }).click()
    await page.getByTestId('audit-exports-1').getByText('导出清单').waitFor()
    await opened.signOut()
  })
})

describe('the words that 秒派 goes by', () => {
  const read = () => admin.get<DispatchWords>('/api/dispatch-words')
  const edit = async (list: string, word: string) => {
    await page.getByTestId(`words-${list}`).getByRole('button').click()
    await page.keyboard.type(word)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.getByTestId(`words-${list}`).getByText(word, { exact: true }).waitFor()
  }
  const tryOut = async (text: string) => {
    await page.getByTestId('try-text').fill(text)
  }

  test('a word that says nothing is refused at its list; put right, it counts at once', async () => {
    await opened.openAs('admin', '#/dispatch-rules')
    await page.getByTestId('duty-rule-1').waitFor()
    await page.getByTestId('dispatch-tabs').getByText('分类与紧急词').click()
    await page.getByTestId('words-P0-119').getByText('着火').waitFor()
    await picture(page, 'words-1')
    await edit('P0-119', '火')
    await page.getByTestId('save').click()
    await page.getByTestId('words-P0-119').locator('[data-problem=too-short]').waitFor()
    await picture(page, 'words-2-wrong')
    await page.getByTestId('undo').click()
    await edit('P0-119', '火光冲天')
    await tryOut('远处火光冲天，路灯也灭了')
    await page.getByText('试派用的是已保存的词').waitFor()
    await page.getByTestId('try-answer').getByText('没有紧急用语').waitFor()
    await page.keyboard.press('Control+s')
    await page.getByTestId('try-answer').getByText('立即转 119').waitFor()
    await picture(page, 'words-3-tried')
    expect((await read()).lists['P0-119']).toContain('火光冲天')
  })

  test('two who saved: what each has changed stands', async () => {
    const { version, lists } = await read()
    const theirs = { P2: [...(lists.P2 ?? []), '全国媒体'] }
    await edit('P1', '大面积停电')
    const reply = await admin.ask('PUT', '/api/dispatch-words', theirs, { 'if-match': `"${version}"` })
    expect(reply.status).toBe(200)
    await page.getByTestId('save').click()
    await page.getByTestId('conflict-P2').getByText('全国媒体').waitFor()
    await page.getByTestId('conflict-P1').getByText('大面积停电').waitFor()
    await picture(page, 'words-4-conflict')
    await page.getByTestId('conflict-save').click()
    await page.getByTestId('conflict').waitFor({ state: 'detached' })
    await until(async () => (await read()).version === version + 2)
    const saved = (await read()).lists
    expect(saved.P1).toContain('大面积停电')
    expect(saved.P2).toContain('全国媒体')
    await page.getByTestId('history').click()
    await page.getByTestId('history-drawer').getByText('大面积停电').waitFor()
    await picture(page, 'words-5-history')
  })
})

test('the pages had nothing to complain of', () => expect(opened.complaints).toEqual([]))
