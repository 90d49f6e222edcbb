import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import { freeUdpPort } from '../../scripts/people/sipp-hang-up.ts'
import { pageUrl, passwordOf } from '../support/agent.ts'
import { cityPhones, dial, TRUNK, voiceAt } from '../support/phones.ts'
import type { SippRun } from '../support/sipp.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { audioFlow, launchChromium, watchPeerConnections } from './chromium.ts'
import { DeskPage } from './desk-page.ts'
import { picture, USUAL_SIZE } from './pictures.ts'

/**
 * Two agents at browser phones, a citizen, and telephones outside, each test going on where the one before ended.
 * Citizens are SIPp with a tone; the agents' voices are the beep of Chromium's microphone.
 */

/** A line of the demo city whose callers are greeted elsewhere already. */
const UNGREETED = '12320'
const CALLER = '13907551234'
const CALLED = '13811112222'
const MISSED = '13655556666'

let stack: Stack
let db: pg.Client
let browser: Browser
let one: DeskPage
let two: DeskPage
let voice = ''
const runs: SippRun[] = []

beforeAll(async () => {
  const chromium = findCommand('chromium')
  if (chromium === null) throw new Error('chromium is not installed: npm test installs it')
  const port = await freeUdpPort(TRUNK)
  stack = await startStack({
    settings: { HOTLINE_TRUNK_URI: `sip:${TRUNK}:${port}`, HOTLINE_ASK_RATING: 'no' },
  })
  db = new pg.Client({ connectionString: stack.databaseUrl })
  await db.connect()
  voice = await voiceAt(440)
  runs.push(await cityPhones({ port, answersAfterMs: 300, voice }))
  browser = await launchChromium(chromium)
  one = await openDesk('a1001', '1001')
  two = await openDesk('a1002', '1002')
})
afterAll(async () => {
  await browser?.close()
  for (const run of runs) await run.stop()
  await db?.end()
  await stack?.stop()
})

async function openDesk(login: string, seat: string): Promise<DeskPage> {
  const page = await browser.newPage({
    viewport: USUAL_SIZE,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  page.setDefaultTimeout(15_000)
  await watchPeerConnections(page)
  const desk = new DeskPage(page)
  await desk.signIn(pageUrl(stack), login, passwordOf(stack, login))
  await desk.takeSeat(seat, 'browser')
  return desk
}

async function citizenRings(caller = CALLER): Promise<SippRun> {
  const citizen = await dial(stack, { caller, dialled: UNGREETED, voice })
  runs.push(citizen)
  return citizen
}

/** Sound comes in, and goes on coming. */
async function untilItHears(page: Page): Promise<void> {
  const before = (await audioFlow(page))?.energyReceived ?? 0
  await until(async () => ((await audioFlow(page))?.energyReceived ?? 0) > before + 0.001)
}

async function untilNoted(call: string, kind: string): Promise<Record<string, unknown>> {
  return await until(async () => {
    const { rows } = await db.query<{ detail: Record<string, unknown> }>(
      'select detail from call_notes where call_id = $1 and kind = $2 order by position desc',
      [call, kind],
    )
    return rows[0]?.detail ?? false
  })
}

const say = (desk: DeskPage, testId: string, text: string) =>
  desk.page.getByTestId(testId).getByText(text).first().waitFor()

describe('a call, by key', () => {
  let call = ''

  test('H holds and resumes, but not while writing', async () => {
    await one.beReady()
    await citizenRings()
    await one.untilItRings()
    await one.answer()
    call = (await one.pop.getAttribute('data-call')) ?? ''
    const { page } = one
    await page.getByTestId('hold').and(page.locator(':enabled')).waitFor()
    await page.locator('body').click({ position: { x: 5, y: 400 } })
    await page.keyboard.press('h')
    await one.waitForState('holding')
    await page.getByTestId('held').waitFor()
    await page.keyboard.press('h')
    await one.waitForState('talking')
    await page.getByTestId('order-title').fill('')
    await page.getByTestId('order-title').pressSequentially('hmt')
    expect(await page.getByTestId('order-title').inputValue()).toBe('hmt')
    await one.waitForState('talking')
    await page.keyboard.press('Alt+h')
    await one.waitForState('holding')
    await page.keyboard.press('Alt+h')
    await one.waitForState('talking')
    await untilNoted(call, 'unheld')
  })

  test('M mutes, the keypad sends keys', async () => {
    const { page } = one
    await page.keyboard.press('Alt+m')
    await page.getByTestId('muted').waitFor()
    await page.keyboard.press('Alt+m')
    await page.getByTestId('muted').waitFor({ state: 'detached' })
    await page.getByTestId('keypad').click()
    await page.getByTestId('digit-1').click()
    await page.keyboard.press('2')
    await page.keyboard.press('#')
    expect(await page.getByTestId('digits-sent').textContent()).toBe('12#')
    await picture(page, 'control-keypad')
    await until(async () => {
      const { rows } = await db.query(
        "select 1 from call_notes where call_id = $1 and kind = 'digits-sent'",
        [call],
      )
      return rows.length === 3
    })
    await page.keyboard.press('Escape')
    await page.getByTestId('digits-sent').waitFor({ state: 'detached' })
  })

  test('T, a name, Enter: the other seat is asked', async () => {
    await two.beReady()
    const { page } = one
    await page.keyboard.press('Alt+t')
    await page.getByTestId('transfer-search').fill('1002')
    await page.getByTestId('go-1002').and(page.locator(':enabled')).waitFor()
    await picture(page, 'control-transfer')
    await page.getByTestId('transfer-search').press('Enter')
    await one.waitForState('consulting')
    await one.untilAside('ringing')
    await say(two, 'pop-head', '咨询来话')
    await two.untilItRings()
    await picture(two.page, 'control-asked')
    await two.answerButton.click()
    await two.waitForState('consulting')
    await one.untilAside('consulting')
    await say(two, 'pop-asked-by', '林晓岚')
    await untilItHears(two.page)
    await picture(page, 'control-consulting')
  })

  test('swapped, merged, completed: the citizen is the other agent’s', async () => {
    const { page } = one
    await page.getByTestId('consult-swap').click()
    await one.untilAside('swapped')
    await page.locator('[data-testid=consult-third][data-state=hold]').waitFor()
    await page.getByTestId('consult-merge').click()
    await one.untilAside('merged')
    await untilItHears(two.page)
    await page.getByTestId('consult-complete').click()
    await one.waitForState('wrap-up')
    await two.waitForState('talking')
    await say(two, 'pop-head', '来电人')
    await untilItHears(two.page)
    expect(await untilNoted(call, 'transferred')).toMatchObject({ from: '1001', target: '1002' })
    await two.page.getByTestId('hold').and(two.page.locator(':enabled')).waitFor()
    await two.hangUp()
    await two.finishWrapUp()
  })

  test('asked and not answered, the citizen is there again, and the page says so', async () => {
    await one.finishWrapUp()
    await one.waitForState('ready')
    await two.beNotReady('break')
    await citizenRings()
    await one.untilItRings()
    // As a headset's button or another program would.
    expect((await one.page.request.post(`${pageUrl(stack)}/api/my-seat/answer`)).status()).toBe(202)
    await one.waitForState('talking')
    await two.beReady()
    await one.page.getByTestId('hold').and(one.page.locator(':enabled')).waitFor()
    await one.page.keyboard.press('Alt+t')
    await one.page.getByTestId('go-1002').and(one.page.locator(':enabled')).click()
    await two.untilItRings()
    expect((await two.page.request.post(`${pageUrl(stack)}/api/my-seat/hang-up`)).status()).toBe(202)
    await one.page.getByText('没有接听，已回到与市民的通话').waitFor()
    await one.waitForState('talking')
    await two.waitForState('not-ready')
    await one.hangUp()
  })

  test('the wrap-up is extended once', async () => {
    await one.page.getByTestId('extend-wrap-up').click()
    await say(one, 'wrap-up-left', '已延长')
    await one.page.getByTestId('extend-wrap-up').waitFor({ state: 'detached' })
    await one.finishWrapUp()
    await one.waitForState('ready')
  })
})

describe('a call outside', () => {
  test('F9, a number, Enter: the own phone picks up by itself, then the citizen does', async () => {
    const { page } = one
    await page.keyboard.press('F9')
    await page.keyboard.type('138 1111-2222')
    await picture(page, 'control-dial')
    await page.keyboard.press('Enter')
    await one.waitForState('talking')
    await say(one, 'pop-head', '被叫市民')
    await until(async () => {
      const { rows } = await db.query("select 1 from seat_changes where seat = '1001' and state = 'dialling'")
      return rows.length === 1
    })
    expect(await one.poppedCaller()).toBe(CALLED)
    await untilItHears(page)
  })

  test('119 by one key and a confirmation joins the talk', async () => {
    const { page } = one
    await page.getByTestId('emergency-119').and(page.locator(':enabled')).click()
    await page.getByTestId('emergency-three').waitFor()
    await picture(page, 'control-emergency')
    await page.keyboard.press('Enter')
    await one.untilAside('merged')
    await picture(page, 'control-three')
    const call = (await one.pop.getAttribute('data-call')) ?? ''
    expect(await untilNoted(call, 'transfer-started')).toMatchObject({ target: '119', emergency: true })
    await page.getByTestId('consult-cancel').click()
    await one.untilAlone()
    await one.hangUp()
    await one.finishWrapUp()
    await one.waitForState('ready')
  })

  test('a number that may not be called says why', async () => {
    const { page } = one
    await page.keyboard.press('F9')
    await page.keyboard.type('0085212345678')
    await page.keyboard.press('Enter')
    await page.getByText('不允许拨打这类号码').waitFor()
    await one.waitForState('ready')
  })

  test('redial calls the last number again', async () => {
    await one.page.getByTestId('redial').click()
    await one.waitForState('talking')
    expect(await one.poppedCaller()).toBe(CALLED)
    await one.hangUp()
    await one.finishWrapUp()
    await one.waitForState('ready')
  })
})

test('a missed call is called back from the list, and is off it', async () => {
  await one.beNotReady('break')
  await one.waitForState('not-ready')
  const citizen = await citizenRings(MISSED)
  await until(async () => {
    const { rows } = await db.query('select queued_at from calls where caller_number = $1', [MISSED])
    return rows[0]?.queued_at != null
  })
  await citizen.hangUp()
  const { page } = one
  await page.getByTestId('agent-pages').click()
  await page.getByTestId('page-missed-calls').click()
  await page.getByTestId(`call-back-${MISSED}`).click()
  await one.waitForState('talking')
  expect(await one.poppedCaller()).toBe(MISSED)
  await until(async () => {
    const { rows } = await db.query('select state from missed_calls where caller_number = $1', [MISSED])
    return rows[0]?.state === 'reached'
  })
  await one.hangUp()
  await one.finishWrapUp()
  await one.beReady()
})

test('with auto answer on, a call is picked up by itself', async () => {
  await two.beNotReady('break')
  await two.waitForState('not-ready')
  await one.page.getByTestId('auto-answer').click()
  await one.page.locator('[data-testid=auto-answer][aria-checked=true]').waitFor()
  await citizenRings()
  await one.waitForState('talking')
  await untilItHears(one.page)
})
