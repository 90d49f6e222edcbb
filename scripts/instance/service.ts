import { join } from 'node:path'
import type { Config } from '../../src/config.ts'
import { type InstanceFolders, PROJECT } from './folders.ts'
import { KeptProcess } from './kept-process.ts'
import { dyingWithUs } from './unprivileged.ts'

/** It migrates and seeds the database before it is ready. */
const READY_WITHIN_MS = 60_000

export function serviceProcess(
  folders: InstanceFolders,
  env: NodeJS.ProcessEnv,
  say: (text: string) => void,
): KeptProcess {
  const line = { command: process.execPath, args: [join(PROJECT, 'src', 'main.ts')] }
  return new KeptProcess(
    {
      name: 'The service',
      line: dyingWithUs('SIGTERM', line),
      env,
      cwd: PROJECT,
      logFile: join(folders.log, 'service.log'),
      stopSignal: 'SIGTERM',
      graceMs: 10_000,
    },
    say,
  )
}

/** Waits until every part it needs is well. */
export async function untilServiceIsReady(
  service: KeptProcess,
  config: Config,
  signal?: AbortSignal,
): Promise<void> {
  await service.until(() => serviceIsHealthy(config), READY_WITHIN_MS, signal)
}

/** False while it does not answer, or names a part that is not well. */
export function serviceIsHealthy(config: Config): Promise<boolean> {
  return fetch(`${pageAddress(config)}/healthz`).then(
    answer => answer.ok,
    () => false,
  )
}

/** Where a browser on this machine finds the pages. */
export function pageAddress(config: Config): string {
  const everywhere = config.httpHost === '0.0.0.0' || config.httpHost === '::'
  return `http://${everywhere ? '127.0.0.1' : config.httpHost}:${config.httpPort}`
}
