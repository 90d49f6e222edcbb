import type { Page } from 'playwright-core'

/** All that a browser was given, by where it came from; white space and hyphens, which part numbers, taken out. */
export interface Told {
  /** The service's answers, the pages' own files left out. */
  readonly answers: string
  /** What came and went over WebSockets. */
  readonly frames: string
  readonly console: string
  /** The page, its address and its fields, as they were at each look. */
  readonly shown: string
  /** Cookies, local and session storage and IndexedDB at each look. */
  readonly kept: string
}

/** Writes down what a page is given. */
export interface Listening {
  /** Writes down what the page shows and keeps at this moment. */
  look(): Promise<void>
  all(): Promise<Told>
}

/** Call before the page is opened. */
export function listenTo(page: Page): Listening {
  const answers: Promise<string>[] = []
  const frames: string[] = []
  const lines: string[] = []
  const shown: string[] = []
  const kept: string[] = []
  page.on('response', response => {
    const { pathname } = new URL(response.url())
    if (response.status() === 204 || pathname.startsWith('/assets/')) return
    const text = response.text()
    // Whoever reads them all is told.
    text.catch(() => {})
    answers.push(text)
  })
  page.on('websocket', socket => {
    socket.on('framereceived', ({ payload }) => frames.push(String(payload)))
    socket.on('framesent', ({ payload }) => frames.push(String(payload)))
  })
  page.on('console', message => lines.push(message.text()))
  return {
    async look() {
      const fields = await page
        .locator('input, textarea')
        .evaluateAll(all => all.map(field => Reflect.get(field, 'value')))
      shown.push(page.url(), await page.title(), await page.content(), ...fields)
      const stored = await page.context().storageState({ indexedDB: true })
      kept.push(JSON.stringify(stored), await page.evaluate(() => JSON.stringify({ ...sessionStorage })))
    },
    async all() {
      return {
        answers: joined(await Promise.all(answers)),
        frames: joined(frames),
        console: joined(lines),
        shown: joined(shown),
        kept: joined(kept),
      }
    },
  }
}

function joined(texts: readonly string[]): string {
  return texts.join('\n').replaceAll(/[\s-]/g, '')
}
