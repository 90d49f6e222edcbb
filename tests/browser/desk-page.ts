import type { Locator, Page } from 'playwright-core'

type SeatState =
  | 'not-ready'
  | 'ready'
  | 'reserved'
  | 'ringing'
  | 'dialling'
  | 'talking'
  | 'holding'
  | 'consulting'
  | 'releasing'
  | 'wrap-up'

export interface OrderText {
  /** As shown on the button: 投诉. */
  readonly type: string
  /** As found by typing, and shown: 广场舞. */
  readonly category: string
  readonly title: string
  readonly text: string
  readonly place?: string
  readonly secret?: boolean
}

/** The desk as an agent uses it; every wait is for something seen on the page. */
export class DeskPage {
  readonly page: Page
  readonly pop: Locator
  readonly answerButton: Locator
  readonly notices: Locator

  constructor(page: Page) {
    this.page = page
    this.pop = page.getByTestId('pop')
    this.answerButton = page.getByTestId('answer')
    this.notices = page.getByTestId('notices')
  }

  async signIn(url: string, login: string, password: string): Promise<void> {
    await this.page.goto(url)
    await this.page.getByTestId('sign-in-login').fill(login)
    await this.page.getByTestId('sign-in-password').fill(password)
    await this.page.getByTestId('sign-in-submit').click()
  }

  /** Sits down and waits until calls can come. */
  async takeSeat(seat: string, phone: 'browser' | 'sip'): Promise<void> {
    await this.page.getByTestId(`seat-${seat}`).click()
    await this.page.getByTestId(`phone-${phone}`).click()
    await this.page.getByTestId('seat-take').click()
    await this.untilReachable()
  }

  /** The phone is registered, as the page and the PBX both say, and the desk hears the service. */
  async untilReachable(): Promise<void> {
    await this.page.locator('[data-testid=phone-state][data-state=registered]').waitFor()
    await this.page.locator('[data-testid=desk-link][data-state=live]').waitFor()
  }

  async changeSeat(): Promise<void> {
    await this.page.getByTestId('agent-menu').click()
    await this.page.getByTestId('change-seat').click()
  }

  /** Waits until the page asks who is there. */
  async signOut(): Promise<void> {
    await this.page.getByTestId('agent-menu').click()
    await this.page.getByTestId('sign-out').click()
    await this.page.getByTestId('sign-in-login').waitFor()
  }

  async waitForState(state: SeatState): Promise<void> {
    await this.page.locator(`[data-testid=seat-state][data-state=${state}]`).waitFor()
  }

  async beReady(): Promise<void> {
    await this.page.getByTestId('ready').click()
    await this.waitForState('ready')
  }

  async beNotReady(reasonCode: string): Promise<void> {
    await this.page.getByTestId('not-ready').click()
    await this.page.getByTestId(`not-ready-${reasonCode}`).click()
  }

  /** The pop's numbers as digits, whatever the spacing on screen. */
  async poppedCaller(): Promise<string> {
    const shown = await this.page.getByTestId('pop-caller').textContent()
    return (shown ?? '').replaceAll(' ', '')
  }

  /** The browser's phone rings: it can be answered. */
  async untilItRings(): Promise<void> {
    await this.answerButton.and(this.page.locator(':enabled')).waitFor()
  }

  async answer(): Promise<void> {
    await this.answerButton.click()
    await this.waitForState('talking')
  }

  async hold(on: boolean): Promise<void> {
    const button = this.page.getByTestId('hold')
    await button.click()
    await button.and(this.page.locator(`[aria-pressed=${on}]`)).waitFor()
  }

  /** How the consultation stands. */
  async untilAside(stage: 'ringing' | 'consulting' | 'swapped' | 'merged'): Promise<void> {
    await this.page.locator(`[data-testid=consult-bar][data-stage=${stage}]`).waitFor()
  }

  async untilAlone(): Promise<void> {
    await this.page.getByTestId('consult-bar').waitFor({ state: 'detached' })
  }

  async hangUp(): Promise<void> {
    await this.page.getByTestId('hang-up').click()
    await this.waitForState('wrap-up')
  }

  async finishWrapUp(): Promise<void> {
    await this.page.getByTestId('finish-wrap-up').click()
  }

  async fillOrder(order: OrderText): Promise<void> {
    const { page } = this
    await page.getByTestId('order-type').getByText(order.type, { exact: true }).click()
    await page.getByTestId('order-category').click()
    await page.keyboard.type(order.category)
    await page.locator('.ant-select-item-option', { hasText: order.category }).first().click()
    await page.getByTestId('order-title').fill(order.title)
    await page.getByTestId('order-text').fill(order.text)
    if (order.place !== undefined) await page.getByTestId('order-place').fill(order.place)
    if (order.secret === true) await page.getByTestId('order-secret').check()
  }

  /** Saves and waits until the service has it. */
  async saveOrder(): Promise<void> {
    await this.page.getByTestId('order-save').click()
    await this.untilOrderIsSaved()
  }

  async untilOrderIsSaved(): Promise<void> {
    await this.page.locator('[data-testid=order-status][data-dirty=false][data-status=to-dispatch]').waitFor()
  }

  callRow(call: string): Locator {
    return this.page.getByTestId(`call-${call}`)
  }

  /** Starts a recording and waits until it has been heard for a moment. */
  async play(call: string): Promise<void> {
    await this.page.getByTestId(`play-${call}`).click()
    await this.untilPlayedTo(0.3)
  }

  /** Goes to another place of the recording and waits until it plays on from there. */
  async seek(seconds: number): Promise<void> {
    await this.page.evaluate(to => {
      const player = document.querySelector<HTMLAudioElement>('[data-testid=player-audio]')
      if (player !== null) player.currentTime = to
    }, seconds)
    await this.untilPlayedTo(seconds + 0.3)
  }

  /** What the player's audio element says of itself; null when there is none. */
  async playing(): Promise<{ durationS: number; readyState: number } | null> {
    return await this.page.evaluate(() => {
      const player = document.querySelector<HTMLAudioElement>('[data-testid=player-audio]')
      return player && { durationS: player.duration, readyState: player.readyState }
    })
  }

  private async untilPlayedTo(seconds: number): Promise<void> {
    await this.page.waitForFunction(
      to => (document.querySelector<HTMLAudioElement>('[data-testid=player-audio]')?.currentTime ?? 0) > to,
      seconds,
    )
  }
}
