import { tryHold } from '../../src/adapters/system/only-one.ts'
import { readConfig } from '../../src/config.ts'
import { asteriskProcess, untilAsteriskAnswers } from './asterisk.ts'
import type { AsteriskTools } from './asterisk-tools.ts'
import { CannotStart } from './cannot-start.ts'
import { instanceFolders, makeInstanceFolders } from './folders.ts'
import type { KeptProcess } from './kept-process.ts'
import { buildPages } from './pages.ts'
import { writePbxFiles } from './pbx-config.ts'
import { needFreePorts } from './ports.ts'
import { postgresProcess, postgresUrl, untilPostgresAnswers } from './postgres.ts'
import { findAsteriskTools } from './prepare.ts'
import { builtPrompts } from './prompts.ts'
import type { Report } from './report.ts'
import { keptSecret } from './secrets.ts'
import { serviceProcess, untilServiceIsReady } from './service.ts'

export interface InstanceOptions {
  /** The environment after `.env`: HOTLINE_ settings, and what children inherit. */
  readonly env: NodeJS.ProcessEnv
  readonly report: Report
  readonly signal?: AbortSignal
  /** `pbx`: PostgreSQL and Asterisk only, for those who bring their own service. */
  readonly upTo: 'pbx' | 'service'
}

/** What `Instance.start` brought up. */
export interface Started {
  readonly databaseUrl: string
  /** Null: the database is not ours. */
  readonly postgres: KeptProcess | null
  readonly asterisk: KeptProcess
  /** Null when only the PBX was asked for. */
  readonly service: KeptProcess | null
  readonly ariPassword: string
  readonly tools: AsteriskTools
  /** The environment a service of this instance needs. */
  readonly serviceEnv: NodeJS.ProcessEnv
}

/**
 * One running hotline: PostgreSQL, Asterisk and the service, each a child process that is kept alive. Used by
 * `npm start` and by the tests that need real parts.
 */
export class Instance {
  private readonly options: InstanceOptions
  /** In the order they were started; stopped in reverse. */
  private readonly running: KeptProcess[] = []
  private readonly releases: (() => Promise<void>)[] = []
  readonly config
  readonly folders

  /** @throws WrongSettings */
  constructor(options: InstanceOptions) {
    this.options = options
    this.config = readConfig(options.env)
    this.folders = instanceFolders(this.config.dataDir)
  }

  /** Brings everything up, step by step. When it throws, what was started still runs: call `stop`. */
  async start(): Promise<Started> {
    const { config, folders, options } = this
    const { report, signal } = options
    await report.step('Settings', async progress => {
      await this.takeDataFolder()
      await needFreePorts(config, options.upTo)
      makeInstanceFolders(folders)
      progress(`data in ${config.dataDir}`)
    })
    const ariPassword = config.ariPassword ?? keptSecret(folders.secrets, 'ari-password')
    const database = await report.step('PostgreSQL', progress => this.startDatabase(progress))
    const tools = await report.step('Asterisk and its tools', progress =>
      findAsteriskTools(config.cacheDir, progress, signal),
    )
    const prompts = await report.step('Prompts', async progress => {
      const folder = await builtPrompts(config.cacheDir, tools, progress, signal)
      progress('Mandarin')
      return folder
    })
    const asterisk = await report.step('Asterisk', async progress => {
      const conf = writePbxFiles(config, folders, ariPassword, tools, prompts)
      const started = this.launch(asteriskProcess(folders, tools, conf, report.line))
      await untilAsteriskAnswers(started, tools, conf, config, ariPassword, signal)
      started.keep()
      progress(`SIP ${config.sipHost}:${config.sipPort}, ARI ${config.ariUrl}`)
      return started
    })
    const serviceEnv: NodeJS.ProcessEnv = {
      ...options.env,
      HOTLINE_DATABASE_URL: database.url,
      HOTLINE_ARI_PASSWORD: ariPassword,
      HOTLINE_OPUSENC: config.opusenc ?? tools.opusenc,
      HOTLINE_ESPEAK: config.espeak ?? tools.espeak,
      HOTLINE_SOX: config.sox ?? tools.sox,
    }
    const parts = { databaseUrl: database.url, postgres: database.server, asterisk, ariPassword, tools }
    if (options.upTo === 'pbx') return { ...parts, serviceEnv, service: null }

    await report.step('Web pages', progress => buildPages(progress, signal))
    const service = await report.step('Service', async progress => {
      const started = this.launch(serviceProcess(folders, serviceEnv, report.line))
      const alarm = await untilServiceIsReady(started, config, signal)
      started.keep()
      progress(`database migrated, seeded, ${alarm === null ? 'all parts well' : `ALARM ${alarm}`}`)
      return started
    })
    return { ...parts, serviceEnv, service }
  }

  /** Ends everything in reverse order, each given its grace; nothing is left. */
  async stop(): Promise<void> {
    for (let last = this.running.pop(); last !== undefined; last = this.running.pop()) {
      const stopping = last
      await this.options.report.step(`${stopping.launch.name} ends`, () => stopping.stop())
    }
    for (const release of this.releases.splice(0)) await release()
  }

  /** Ends everything at once, without grace. */
  kill(): void {
    for (const each of this.running) each.kill('SIGKILL')
  }

  private launch(process: KeptProcess): KeptProcess {
    process.start()
    this.running.push(process)
    return process
  }

  private async takeDataFolder(): Promise<void> {
    const held = await tryHold(`data ${this.config.dataDir}`)
    if (held === null) {
      throw new CannotStart(
        `${this.config.dataDir} is in use by another start: stop that one, or set HOTLINE_DATA_DIR to another folder.`,
      )
    }
    this.releases.push(held.release)
  }

  private async startDatabase(
    progress: (detail: string) => void,
  ): Promise<{ url: string; server: KeptProcess | null }> {
    const { config, folders, options } = this
    if (config.databaseUrl !== null) {
      progress('your own, by HOTLINE_DATABASE_URL')
      return { url: config.databaseUrl, server: null }
    }
    const password = keptSecret(folders.secrets, 'database-password')
    const server = this.launch(
      await postgresProcess(folders, config.databasePort, password, options.report.line),
    )
    await untilPostgresAnswers(server, config.databasePort, password, options.signal)
    server.keep()
    progress(`127.0.0.1:${config.databasePort}`)
    return { url: postgresUrl(config.databasePort, password), server }
  }
}
