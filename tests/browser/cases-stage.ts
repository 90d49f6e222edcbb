import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Kysely } from 'kysely'
import type { BrowserContextOptions, Browser as Chromium, Page } from 'playwright-core'
import { build } from 'vite'
import { vi } from 'vitest'
import { findCommand } from '../../scripts/instance/debian-packages.ts'
import { AttachmentFolder } from '../../src/adapters/storage/attachment-folder.ts'
import { attachmentRoutes } from '../../src/casework/attachments/index.ts'
import type { Database } from '../../src/database/types.ts'
import { seedDemoCity } from '../../src/demo-city/index.ts'
import { attachmentDeps } from '../../src/server/cases.ts'
import { freshDatabase } from '../support/database.ts'
import { createTemplate } from '../support/database-setup.ts'
import { Postgres } from '../support/postgres.ts'
import { type Service, startService } from '../support/service.ts'
import { launchChromium } from './chromium.ts'
import { type ExpectedAnswer, watchComplaints } from './complaints.ts'
import { DeskPage } from './desk-page.ts'
import { USUAL_SIZE } from './pictures.ts'

const WEB_CONFIG = fileURLToPath(new URL('../../src/web/vite.config.ts', import.meta.url))

export interface Viewer {
  /** Of an account that the city was not seeded with. */
  readonly password?: string
  /** Answers that are no fault, beside those of every page. */
  readonly expected?: readonly ExpectedAnswer[]
  /** What their browser has, or allows. */
  readonly context?: BrowserContextOptions
}

/** The service on the invented city, without a PBX, and a Chromium in which each person has a browser of their own. */
export class CasesStage {
  readonly db: Kysely<Database>
  readonly service: Service
  /** What each page complains of. */
  readonly complaints: (readonly string[])[] = []
  private readonly chromium: Chromium
  private readonly folder: string
  private readonly ending: AsyncDisposableStack

  private constructor({ db, service, chromium, folder, ending }: Parts) {
    this.db = db
    this.service = service
    this.chromium = chromium
    this.folder = folder
    this.ending = ending
  }

  static async start(): Promise<CasesStage> {
    const ending = new AsyncDisposableStack()
    try {
      return new CasesStage(await startParts(ending))
    } catch (error) {
      await ending.disposeAsync()
      throw error
    }
  }

  /** Signed in, in a browser of their own. */
  async pageOf(login: string, { password, expected = [], context = {} }: Viewer = {}): Promise<Page> {
    const browser = await this.chromium.newContext({
      ...{ viewport: USUAL_SIZE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
      ...context,
    })
    const page = await browser.newPage()
    page.setDefaultTimeout(10_000)
    this.complaints.push(
      await watchComplaints(page, [
        { method: 'GET', path: '/api/session', status: 401 },
        { method: 'GET', path: '/api/my-seat', status: 404 },
        ...expected,
      ]),
    )
    await new DeskPage(page).signIn(this.service.url, login, password ?? this.seededPassword(login))
    return page
  }

  async close(): Promise<void> {
    await this.ending.disposeAsync()
  }

  private seededPassword(login: string): string {
    const accounts = readFileSync(join(this.folder, 'demo-accounts.txt'), 'utf8').split('\n')
    const password = accounts.map(line => line.split(' ')).find(([name]) => name === login)?.[1]
    if (password === undefined) throw new Error(`nobody is called ${login}`)
    return password
  }
}

interface Parts {
  readonly db: Kysely<Database>
  readonly service: Service
  readonly chromium: Chromium
  readonly folder: string
  /** All that has to be ended, the last one first. */
  readonly ending: AsyncDisposableStack
}

async function startParts(ending: AsyncDisposableStack): Promise<Parts> {
  const executable = findCommand('chromium')
  if (executable === null) throw new Error('chromium is not installed: npm test installs it')
  const folder = mkdtempSync(join(tmpdir(), 'hotline-cases-'))
  ending.defer(() => rmSync(folder, { recursive: true, force: true }))
  const postgres = await Postgres.start()
  ending.defer(() => postgres.remove())
  await createTemplate(postgres)
  const database = await freshDatabase(postgres.url('postgres'))
  ending.defer(() => database.close())
  const { db } = database
  await seedDemoCity(db, folder)
  await buildPages(join(folder, 'pages'))
  const files = new AttachmentFolder(join(folder, 'attachments'))
  const rooms = [attachmentRoutes(attachmentDeps(db, files))]
  const service = await startService(db, { pagesFolder: join(folder, 'pages'), seats: 3, rooms })
  ending.defer(() => service.close())
  const chromium = await launchChromium(executable)
  ending.defer(() => chromium.close())
  return { db, service, chromium, folder, ending }
}

/** As they are delivered: under vitest's own NODE_ENV React would do every effect twice. */
async function buildPages(outDir: string): Promise<void> {
  vi.stubEnv('NODE_ENV', 'production')
  await build({ configFile: WEB_CONFIG, logLevel: 'error', build: { outDir, emptyOutDir: true } })
  vi.unstubAllEnvs()
}
