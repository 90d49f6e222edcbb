import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const FOLDER = process.env.TEST_PICTURES
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
] as const

/** The size of the smallest screen the desk is made for. */
export const USUAL_SIZE = SIZES[0]

/** With TEST_PICTURES set to a folder, writes the page as it is now into it, once a size. */
export async function picture(page: Page, name: string): Promise<void> {
  if (FOLDER === undefined) return
  mkdirSync(FOLDER, { recursive: true })
  for (const size of SIZES) {
    await page.setViewportSize(size)
    await page.screenshot({
      path: join(FOLDER, `${name}-${size.width}x${size.height}.png`),
      animations: 'disabled',
    })
  }
  await page.setViewportSize(USUAL_SIZE)
}
