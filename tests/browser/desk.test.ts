import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Browser, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import { pageUrl, passwordOf } from '../support/agent.ts'
import { channel, decodeOgg, levelAt, loudness, peakLevelAt } from '../support/audio.ts'
import { deskPhones, dial, voiceAt } from '../support/phones.ts'
import type { SippRun } from '../support/sipp.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { audioFlow, launchChromium, watchPeerConnections } from './chromium.ts'
import { watchComplaints } from './complaints.ts'
import { DeskPage } from './desk-page.ts'
import { giveHistory, giveShift } from './history.ts'
import { picture, USUAL_SIZE } from './pictures.ts'
import { screenLog, watchScreen } from './screen-log.ts'

/**
 * One agent's work on the built page, each test going on where the one before it ended: the first call by keyboard
 * alone, the later ones by mouse. Callers are SIPp with a tone; the agent's voice is the beep of Chromium's
 * microphone.
 */

const CITIZEN_HZ = 440
/** A line of the demo city whose callers are greeted elsewhere already. */
const UNGREETED = '12320'
const CALLER = '13907551234'
const ORDER = {
  type: '投诉',
  category: '广场舞',
  title: '滨江公园广场舞音响扰民',
  text: '来电人反映：滨江公园东门每晚19:30至22:00有约四十人跳广场舞，音响声音很大，影响金桂苑3栋老人和学生休息，多次劝说无效。希望相关部门到场核实，限定时间和音量。',
  place: '明珠区滨江路 66 号滨江公园东门',
}

let stack: Stack
let db: pg.Client
let browser: Browser
let page: Page
let desk: DeskPage
let complaints: readonly string[]
let citizenVoice = ''
let phones: SippRun | null = null
const citizens: SippRun[] = []

beforeAll(async () => {
  const chromium = findCommand('chromium')
  if (chromium === null) throw new Error('chromium is not installed: npm test installs it')
  // The calls end with the hang-up; what citizens say of them is tried elsewhere.
  stack = await startStack({ settings: { HOTLINE_ASK_RATING: 'no' } })
  db = new pg.Client({ connectionString: stack.databaseUrl })
  await db.connect()
  await giveShift(db, 'a1001')
  citizenVoice = await voiceAt(CITIZEN_HZ)
  browser = await launchChromium(chromium)
  page = await browser.newPage({ viewport: USUAL_SIZE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  await watchPeerConnections(page)
  await watchScreen(page)
  complaints = await watchComplaints(page, [
    // Asked before anybody has signed in, and answered so.
    { method: 'GET', path: '/api/session', status: 401 },
    { method: 'POST', path: '/api/session', status: 401 },
    // Asked by somebody who has no seat yet.
    { method: 'GET', path: '/api/my-seat', status: 404 },
    // Asked at the end of a session: the desk hears that its seat is free before signing out is answered.
    { method: 'GET', path: '/api/my-seat', status: 401 },
  ])
  // A page in a call asks before it is left; this agent means it.
  page.on('dialog', dialog => dialog.accept())
  page.setDefaultTimeout(10_000)
  desk = new DeskPage(page)
})
afterAll(async () => {
  await browser?.close()
  for (const citizen of citizens) await citizen.stop()
  await phones?.stop()
  await db?.end()
  await stack?.stop()
})

async function citizenRings(caller: string, dialled = '12345'): Promise<SippRun> {
  const citizen = await dial(stack, { caller, dialled, voice: citizenVoice })
  citizens.push(citizen)
  return citizen
}

async function callOnScreen(): Promise<string> {
  await desk.pop.waitFor()
  return (await desk.pop.getAttribute('data-call')) ?? ''
}

interface Note {
  readonly kind: string
  readonly at: Date
}

async function notesOf(call: string): Promise<readonly Note[]> {
  const { rows } = await db.query<Note>(
    'select kind, at from call_notes where call_id = $1 order by position',
    [call],
  )
  return rows
}

async function untilNoted(call: string, kind: string): Promise<readonly Note[]> {
  return await until(async () => {
    const notes = await notesOf(call)
    return notes.some(note => note.kind === kind) && notes
  })
}

describe('a call on the desk, by keyboard', () => {
  let call = ''

  test('a wrong password says so', async () => {
    await page.goto(pageUrl(stack))
    await page.getByTestId('sign-in-login').waitFor()
    await page.keyboard.type('a1001')
    await page.keyboard.press('Tab')
    await page.keyboard.type('not the password')
    await page.keyboard.press('Enter')
    await page.getByTestId('sign-in-error').getByText('账号或密码不对').waitFor()
    await picture(page, '1-sign-in')
  })

  test('the right one goes on to the seats', async () => {
    await page.getByTestId('sign-in-password').focus()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(passwordOf(stack, 'a1001'))
    await page.keyboard.press('Enter')
    await page.getByTestId('seat-1200').waitFor()
    await picture(page, '2-seats')
  })

  test('sits down; the browser phone registers; ready', async () => {
    await page.keyboard.type('1001')
    await page.keyboard.press('Enter')
    await desk.untilReachable()
    await desk.waitForState('not-ready')
    await page.keyboard.press('F8')
    await desk.waitForState('ready')
    await picture(page, '3-ready')
  })

  test('who calls, with their history, is on the screen before the phone rings', async () => {
    const history = await giveHistory(db, CALLER)
    await citizenRings(CALLER)
    call = await callOnScreen()
    await desk.untilItRings()
    expect(await screenLog(page)).toEqual([
      { what: 'pop', call },
      { what: 'rings', call },
    ])
    const notes = await untilNoted(call, 'ringing')
    const [popped, ringing] = ['popped', 'ringing'].map(kind => notes.find(note => note.kind === kind))
    expect(notes.map(note => note.kind)).toEqual([
      'arrived',
      'greeted',
      'queued',
      'offered',
      'popped',
      'ringing',
    ])
    expect(popped?.at.getTime()).toBeLessThanOrEqual(ringing?.at.getTime() ?? 0)

    expect(await desk.poppedCaller()).toBe(CALLER)
    await expect(page.getByTestId('pop-earlier-calls').locator('li').count()).resolves.toBe(history.length)
    const orders = await page.getByTestId('pop-open-orders').locator('li').allTextContents()
    expect(orders.map(order => history.find(({ title }) => title !== null && order.includes(title)))).toEqual(
      history.filter(({ title }) => title !== null),
    )
    await picture(page, '4-ringing')
  })

  test('answered by the space bar, both hear each other', async () => {
    await page.keyboard.press('Space')
    await desk.waitForState('talking')
    const first = await until(async () => {
      const flow = await audioFlow(page)
      return flow !== null && flow.energyReceived > 0 && flow
    })
    await until(async () => {
      const flow = await audioFlow(page)
      return (
        flow !== null &&
        flow.energyReceived > first.energyReceived * 2 &&
        flow.packetsReceived - first.packetsReceived > 50 &&
        flow.packetsSent - first.packetsSent > 50
      )
    })
    // What the agent says is measured in the recording: see the playback below.
  })

  test('the order is written and saved while they talk', async () => {
    const { keyboard } = page
    await page.locator('[data-testid=order-status][data-status=draft]').waitFor()
    for (let step = 0; step < 2; step++) await keyboard.press('ArrowRight')
    await keyboard.press('Tab')
    await keyboard.type(ORDER.category)
    await page.locator('.ant-select-item-option-active', { hasText: ORDER.category }).waitFor()
    await keyboard.press('Enter')
    await page.getByTestId('order-category').getByRole('combobox', { expanded: false }).waitFor()
    await keyboard.press('Tab')
    await keyboard.type(ORDER.place)
    await keyboard.press('Tab')
    await keyboard.type(ORDER.title)
    await keyboard.press('Tab')
    await keyboard.type(ORDER.text.slice(0, 40))
    await picture(page, '5-talking')
    await keyboard.type(ORDER.text.slice(40))
    await keyboard.press('Control+S')
    await desk.untilOrderIsSaved()
    const { rows } = await db.query(
      'select status, type_code, title, text, place, secret from work_orders where call_id = $1',
      [call],
    )
    expect(rows).toEqual([
      {
        status: 'to-dispatch',
        type_code: 'COMPLAINT',
        title: ORDER.title,
        text: ORDER.text,
        place: ORDER.place,
        secret: false,
      },
    ])
    await desk.waitForState('talking')
  })

  test('hung up, wrapped up, ready again', async () => {
    await page.keyboard.press('F4')
    await desk.waitForState('wrap-up')
    await picture(page, '6-wrap-up')
    const notes = await untilNoted(call, 'ended')
    expect(notes.at(-1)?.kind).toBe('ended')
    const { rows } = await db.query('select result, reason, ended_by from calls where id = $1', [call])
    expect(rows).toEqual([{ result: 'completed', reason: 'hung-up', ended_by: 'agent' }])
    await page.keyboard.press('F8')
    await desk.waitForState('ready')
  })

  test('my calls today plays it back over HTTP ranges: both voices, each on its channel', async () => {
    const asked: Response[] = []
    page.on('response', response => {
      if (response.url().endsWith(`/api/calls/${call}/recording`)) asked.push(response)
    })
    await desk.callRow(call).getByText(ORDER.title).waitFor()
    await desk.play(call)
    const { durationS = 0, readyState = 0 } = (await desk.playing()) ?? {}
    expect(readyState).toBeGreaterThanOrEqual(2)
    expect(durationS).toBeGreaterThan(2)
    const [first] = asked
    expect(await first?.request().headerValue('range')).toMatch(/^bytes=\d+-/)
    expect(first?.status()).toBe(206)
    expect(await first?.headerValue('content-type')).toBe('audio/ogg; codecs=opus')
    await desk.seek(durationS / 2)
    await picture(page, '7-playback')

    const file = join(mkdtempSync(join(tmpdir(), 'hotline-heard-')), 'call.ogg')
    writeFileSync(
      file,
      await (await page.request.get(`${pageUrl(stack)}/api/calls/${call}/recording`)).body(),
    )
    const sound = await decodeOgg(file)
    expect(sound.channels).toHaveLength(2)
    expect(peakLevelAt(sound, 0, CITIZEN_HZ)).toBeGreaterThan(-20)
    // The microphone beeps once a second: its loudest tenth is judged.
    expect(Math.max(...loudness(sound, 1, 100))).toBeGreaterThan(-40)
    expect(levelAt(sound, 1, CITIZEN_HZ)).toBeLessThan(peakLevelAt(sound, 0, CITIZEN_HZ) - 30)
    expect(channel(sound, 0).length / sound.rate).toBeCloseTo(durationS, 1)
  })
})

describe('while it rings', () => {
  test('a caller who leaves takes the pop along, and the seat keeps its turn', async () => {
    const citizen = await citizenRings('13876540001', UNGREETED)
    const call = await callOnScreen()
    await desk.untilItRings()
    await citizen.hangUp()
    await desk.pop.waitFor({ state: 'detached' })
    await desk.waitForState('ready')
    await desk.notices.getByText('接听前来电人已挂断').waitFor()
    expect((await untilNoted(call, 'ended')).map(note => note.kind)).not.toContain('answered')
    await page.getByTestId('dismiss-notices').click()
  })

  test('a reload takes the browser phone away: the caller waits on; ready again, the pop comes once', async () => {
    await citizenRings('13876540002', UNGREETED)
    const call = await callOnScreen()
    await desk.untilItRings()
    await page.reload()
    await desk.untilReachable()
    await desk.waitForState('not-ready')
    await expect(desk.pop.count()).resolves.toBe(0)
    await page.getByTestId('ready').click()
    await desk.untilItRings()
    expect(await screenLog(page)).toEqual([
      { what: 'pop', call },
      { what: 'rings', call },
    ])
  })

  test('answered by mouse: held, written, saved; what was asked for meanwhile comes after it', async () => {
    const call = await callOnScreen()
    await desk.answer()
    await untilNoted(call, 'bridged')
    await desk.hold(true)
    await untilNoted(call, 'held')
    await desk.hold(false)
    await untilNoted(call, 'unheld')
    await desk.fillOrder({ ...ORDER, secret: true })
    await desk.saveOrder()
    const { rows } = await db.query('select title, secret from work_orders where call_id = $1', [call])
    expect(rows).toEqual([{ title: ORDER.title, secret: true }])

    await desk.beNotReady('meal')
    await page.getByTestId('seat-state').getByText('通话后：示忙 · 就餐').waitFor()
    await desk.hangUp()
    await desk.finishWrapUp()
    await desk.waitForState('not-ready')
    await page.getByTestId('seat-state').getByText('就餐').waitFor()
  })

  test('a reload leaves a SIP phone ringing, and shows the pop once', async () => {
    phones = await deskPhones(stack, { seats: ['1002'], answersAfterMs: null, voice: citizenVoice })
    await desk.changeSeat()
    await desk.takeSeat('1002', 'sip')
    await desk.beReady()
    const citizen = await citizenRings('13876540003', UNGREETED)
    const call = await callOnScreen()
    await desk.waitForState('ringing')
    await page.reload()
    await desk.untilReachable()
    await desk.pop.waitFor()
    await desk.waitForState('ringing')
    expect(await screenLog(page)).toEqual([{ what: 'pop', call }])
    await citizen.hangUp()
    await desk.pop.waitFor({ state: 'detached' })
    await desk.waitForState('ready')
  })
})

describe('at the end of the shift', () => {
  test('English at a click', async () => {
    await page.getByTestId('language').click()
    await page.getByTestId('not-ready').getByText('Not ready').waitFor()
    await expect(page.locator('html').getAttribute('lang')).resolves.toBe('en')
    await picture(page, '8-english')
  })

  test('signing out frees the seat', async () => {
    await desk.signOut()
    await until(async () => {
      const { rows } = await db.query<{ state: string }>(
        "select state from seat_changes where seat = '1002' order by id desc limit 1",
      )
      return rows[0]?.state === 'signed-out'
    })
    await desk.signIn(pageUrl(stack), 'a1001', passwordOf(stack, 'a1001'))
    await page.getByTestId('seat-1002').getByText('Free').waitFor()
  })

  test('nothing was complained of', () => {
    expect(complaints).toEqual([])
  })
})
