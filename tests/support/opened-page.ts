import type { Browser, Page } from 'playwright-core'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import { launchChromium } from '../browser/chromium.ts'
import { type ExpectedAnswer, watchComplaints } from '../browser/complaints.ts'
import { USUAL_SIZE } from '../browser/pictures.ts'
import { pageUrl, passwordOf } from './agent.ts'
import { type Stack, type StackOptions, startStack } from './stack.ts'

/** What every page is answered before anybody has signed in, or sat down. */
const USUAL: readonly ExpectedAnswer[] = [
  { method: 'GET', path: '/api/session', status: 401 },
  { method: 'GET', path: '/api/my-seat', status: 404 },
]

/** One page in Chromium, in Chinese, before a whole service. */
export interface OpenedPage {
  readonly stack: Stack
  readonly browser: Browser
  readonly page: Page
  /** Grows while the page lives; empty is well. */
  readonly complaints: readonly string[]
  /** On the page of signing in, where it stands. */
  signIn(login: string): Promise<void>
  /** Waits until the page asks who is there: another address meanwhile would be read by whoever leaves. */
  signOut(): Promise<void>
  /** Goes to an address such as `#/units`, and signs in there. */
  openAs(login: string, hash: string): Promise<void>
  /** Ends all that was started for it. */
  close(): Promise<void>
}

/** @param wrong what the tests do wrong on purpose */
export async function openPage(
  wrong: readonly ExpectedAnswer[],
  options: StackOptions = {},
): Promise<OpenedPage> {
  const stack = await startStack(options)
  const opened = await openPageOf(stack, wrong)
  return {
    ...opened,
    async close() {
      await opened.close()
      await stack.stop()
    },
  }
}

/** Before a service that runs already; closed, it leaves it running. */
export async function openPageOf(stack: Stack, wrong: readonly ExpectedAnswer[]): Promise<OpenedPage> {
  const chromium = findCommand('chromium')
  if (chromium === null) throw new Error('chromium is not installed: npm test installs it')
  const browser = await launchChromium(chromium)
  const page = await browser.newPage({
    ...{ viewport: USUAL_SIZE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
  })
  const complaints = await watchComplaints(page, [...USUAL, ...wrong])
  page.setDefaultTimeout(10_000)
  const signIn = async (login: string) => {
    await page.getByTestId('sign-in-login').fill(login)
    await page.getByTestId('sign-in-password').fill(passwordOf(stack, login))
    await page.keyboard.press('Enter')
  }
  return {
    ...{ stack, browser, page, complaints, signIn },
    async signOut() {
      await page.getByTestId('sign-out').click()
      await page.getByTestId('sign-in-login').waitFor()
    },
    async openAs(login, hash) {
      await page.goto(`${pageUrl(stack)}/${hash}`)
      await signIn(login)
    },
    close: () => browser.close(),
  }
}
