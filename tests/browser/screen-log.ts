import type { Page } from 'playwright-core'

/** What came onto the screen: a pop, and the button that answers, usable only once the phone rings. */
export interface Shown {
  readonly what: 'pop' | 'rings'
  readonly call: string
}

/** Call before the page is opened: from then on each page of it writes down what it shows, from its loading on. */
export async function watchScreen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const log: Shown[] = []
    const pops = new WeakSet<Element>()
    const ringing = new WeakSet<Element>()
    Object.assign(window, { screenLog: log })
    const look = () => {
      for (const pop of document.querySelectorAll<HTMLElement>('[data-testid=pop]')) {
        const call = pop.dataset.call ?? ''
        if (!pops.has(pop)) log.push({ what: 'pop', call })
        pops.add(pop)
        const button = pop.querySelector('[data-testid=answer]:enabled')
        if (button !== null && !ringing.has(button)) {
          ringing.add(button)
          log.push({ what: 'rings', call })
        }
      }
    }
    new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true })
  })
}

/** What the page has shown since it was loaded, in order. */
export async function screenLog(page: Page): Promise<readonly Shown[]> {
  return await page.evaluate(() => Reflect.get(window, 'screenLog'))
}
