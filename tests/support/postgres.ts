import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { postgresPrograms } from '../../scripts/instance/postgres.ts'
import { serverOwner, unprivileged } from '../../scripts/instance/unprivileged.ts'
import { freeze, thaw } from './processes.ts'
import { until } from './until.ts'

/**
 * A real PostgreSQL of its own in a temporary folder, reached through a Unix socket, so that any number run
 * side by side without asking for ports. It dies with this process.
 */
export class Postgres {
  private readonly folder: string
  private readonly settings: Readonly<Record<string, string>>
  private server: ChildProcess | null = null

  private constructor(folder: string, settings: Readonly<Record<string, string>>) {
    this.folder = folder
    this.settings = settings
  }

  /** @param settings besides those that a test has no use for, such as to survive a loss of power */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Postgres> {
    const folder = await mkdtemp(join(tmpdir(), 'hotline-pg-'))
    if (serverOwner !== null) await chown(folder, serverOwner.uid, serverOwner.gid)
    const postgres = new Postgres(folder, settings)
    const { initdb } = await postgresPrograms()
    const { command, args } = unprivileged('SIGTERM', {
      command: initdb,
      args: [
        ...['-D', join(folder, 'data'), '-U', 'hotline', '-A', 'trust'],
        ...['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
      ],
    })
    await promisify(execFile)(command, [...args], { cwd: folder })
    await postgres.run()
    return postgres
  }

  /** @returns the URL of one of its databases */
  url(database: string): string {
    return `postgresql://hotline@localhost/${database}?host=${encodeURIComponent(this.folder)}`
  }

  /** The Unix socket it listens on. */
  get socket(): string {
    return join(this.folder, '.s.PGSQL.5432')
  }

  async run(): Promise<void> {
    const { postgres } = await postgresPrograms()
    const { command, args } = unprivileged('SIGQUIT', {
      command: postgres,
      args: [
        ...['-D', join(this.folder, 'data'), '-k', this.folder, '-c', 'listen_addresses='],
        ...['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=200'],
        ...Object.entries(this.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
    })
    this.server = spawn(command, args, { cwd: this.folder, stdio: 'ignore' })
    await until(async () => {
      const client = new pg.Client({ connectionString: this.url('postgres') })
      try {
        await client.connect()
        await client.query('select 1')
        return true
      } catch {
        return false
      } finally {
        await client.end().catch(() => {})
      }
    })
  }

  /** Stops at once, cutting every connection; `run` starts it again with its data. */
  async stop(): Promise<void> {
    const server = this.server
    if (server === null || server.exitCode !== null) return
    const gone = once(server, 'exit')
    server.kill('SIGQUIT')
    await gone
    this.server = null
  }

  /** Silent, as a hung machine is: connections stay open and nothing answers. */
  async freeze(): Promise<void> {
    if (this.server?.pid !== undefined) await freeze(this.server.pid)
  }

  async thaw(): Promise<void> {
    if (this.server?.pid !== undefined) await thaw(this.server.pid)
  }

  async remove(): Promise<void> {
    await this.stop()
    await rm(this.folder, { recursive: true, force: true })
  }
}
