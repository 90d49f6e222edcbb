import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  expectCalled,
  expectCalledInTurn,
  expectHidden,
  knownBy,
  phoneOf,
  secretOrder,
} from '../support/masked.ts'
import { type OpenedPage, openPageOf } from '../support/opened-page.ts'
import type { SippRun } from '../support/sipp.ts'
import { type OutsidePhone, Telephones } from '../support/telephones.ts'
import { until } from '../support/until.ts'
import { callsOn, readWire } from '../support/wire.ts'
import { picture } from './pictures.ts'
import { type Listening, listenTo } from './told.ts'

/**
 * A handler before the page of a secret order, and the telephones on the table: both ways over the real PBX, each test
 * going on where the one before it ended. What the page is not told at once it asks for every 15 s.
 */

const CITIZEN = '13876543210'
/** The demo city's traffic police. */
const UNIT = 'jiaojing'
const BY_AND_BY = { timeout: 30_000 }

let phones: Telephones
let opened: OpenedPage
let page: Page
let listening: Listening
let unitPhone: string
let short: string

beforeAll(async () => {
  phones = await Telephones.open({ HOTLINE_WRAP_UP_MS: '1000' })
  const order = await secretOrder(phones, { from: CITIZEN, unit: UNIT })
  unitPhone = await phoneOf(phones.floor, UNIT)
  opened = await openPageOf(phones.floor.stack, [])
  page = opened.page
  listening = listenTo(page)
  await opened.openAs(UNIT, `#/orders/${order}`)
  short = await page.getByTestId('short').innerText()
  await page.getByTestId('show-calls').click()
})
afterAll(async () => {
  await opened?.close()
  await phones?.close()
})

const untilStage = (name: string) => page.locator(`[data-testid=progress][data-stage=${name}]`).waitFor()
/** The call at the top of the list, by who called whom. */
const newest = (who: string) =>
  page.getByTestId('binding-calls').getByRole('listitem').first().filter({ hasText: who })
/** As a talk that is over is listed: how long it was. */
const LASTED = /^\d+:\d\d$/
const onTimeline = (what: string) => page.locator(`[data-testid=case-timeline] [data-what=${what}]`)

/** The page as it is now: what it shows is searched at the end. */
async function seen(name: string): Promise<void> {
  await listening.look()
  await picture(page, `masked-calls-${name}`)
}

describe('a handler clicks 联系市民', () => {
  let outside: OutsidePhone
  const rings = (many: number) => until(() => callsOn(outside.wire()).length === many)
  afterAll(() => phones.clear())

  test('the own telephone rings, nobody else’s, and the page says so', async () => {
    outside = await phones.outside('outside-answers-when-told.xml', ['outside', 'citizen'])
    await page.getByTestId('call-now').click()
    await page.getByTestId('phones').waitFor()
    await seen('1-which-telephone')
    await page.getByTestId('call-form').getByTestId('send').click()
    await rings(1)
    await untilStage('unit')
    await seen('2-own-telephone')
    const lines = callsOn(outside.wire())
    expect(lines.length).toBe(1)
    expectCalled(lines[0] ?? [], unitPhone)
  })

  test('once it is picked up the citizen’s rings', async () => {
    await outside.answer()
    await rings(2)
    await untilStage('citizen')
    await seen('3-citizen')
  })

  test('both hear each other, and the page shows that they talk', async () => {
    await outside.answer()
    await phones.untilHeard({ outside: ['citizen'], citizen: ['outside'] })
    await untilStage('talking')
    await page.getByTestId('in-call').waitFor()
    await newest('彭立新 → 市民').getByText('通话中').waitFor()
    await seen('4-talking')
  })

  test('after it, it stands among the calls and on the timeline', async () => {
    await outside.hangUp()
    await untilStage('talked')
    await newest('彭立新 → 市民').getByText(LASTED).waitFor()
    await onTimeline('masked').getByText('经短号呼叫市民').waitFor(BY_AND_BY)
    await onTimeline('masked-talked').waitFor(BY_AND_BY)
    await page.getByTestId('in-call').waitFor({ state: 'detached' })
    await seen('5-talked')
  })

  test('both were called by 12345, and neither line has carried the other’s number', () =>
    expectCalledInTurn(outside.wire(), { unit: unitPhone, citizen: CITIZEN }))

  test('its recording is heard on the page', async () => {
    await newest('彭立新 → 市民').getByTestId('hear').click({ timeout: 60_000 })
    await page.waitForFunction(
      () => (document.querySelector<HTMLAudioElement>('[data-testid=player-audio]')?.currentTime ?? 0) > 0.3,
    )
    await seen('6-heard')
  })
})

describe('the citizen dials the short number that the page shows', () => {
  let outside: OutsidePhone
  let citizen: SippRun
  afterAll(() => phones.clear())

  test('the unit’s telephone rings, both hear each other', async () => {
    outside = await phones.outside('outside-answers.xml')
    citizen = await phones.citizen(CITIZEN, short)
    await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
  })

  test('the open page comes to show the talk', async () => {
    await page.getByTestId('in-call').waitFor(BY_AND_BY)
    await newest('市民 → 单位').getByText('通话中').waitFor(BY_AND_BY)
    await seen('7-citizen-calls')
  })

  test('after it, it stands among the calls and on the timeline', async () => {
    await citizen.hangUp()
    await newest('市民 → 单位').getByText(LASTED).waitFor()
    await onTimeline('masked').getByText('市民经短号呼叫单位').waitFor(BY_AND_BY)
    await onTimeline('masked-talked').nth(1).waitFor(BY_AND_BY)
    await seen('8-citizen-called')
  })

  test('the unit’s telephone was called by 12345, and neither line has carried the other’s number', () => {
    const [own = []] = callsOn(outside.wire())
    expectCalled(own, unitPhone)
    expectHidden(own, CITIZEN)
    expectHidden(readWire(citizen.wire()), unitPhone)
  })
})

test('nothing that the browser was given has the citizen’s number', async () => {
  const { answers, frames, console, shown, kept } = await listening.all()
  const search = (digits: string) =>
    Object.entries({ answers, frames, console, shown, kept }).flatMap(([where, text]) =>
      text.includes(digits) ? [where] : [],
    )
  // What may be known there is found in the same way.
  expect(search(short)).toEqual(expect.arrayContaining(['answers', 'shown']))
  expect(search(unitPhone)).toEqual(expect.arrayContaining(['answers', 'shown', 'kept']))
  expect(frames).toContain('snapshot')
  expect(console).toContain('401')
  expect(search(knownBy(CITIZEN))).toEqual([])
})

test('the page had nothing to complain of', () => {
  expect(opened.complaints).toEqual([])
})
