import { join } from 'node:path'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Config } from '../../src/config.ts'
import { HealthReport } from '../../src/server/health.ts'
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
      env: { ...env, NODE_COMPILE_CACHE: folders.compiled },
      cwd: PROJECT,
      logFile: join(folders.log, 'service.log'),
      stopSignal: 'SIGTERM',
      graceMs: 10_000,
    },
    say,
  )
}

/** Calls are taken all the same while this one is not well: it is an alarm for people, no reason not to start. */
const ALARM_ONLY = 'recording-disk'

/**
 * Waits until every part that calls need is well.
 * @returns what is not well all the same, in words
 */
export async function untilServiceIsReady(
  service: KeptProcess,
  config: Config,
  signal?: AbortSignal,
): Promise<string | null> {
  let alarm: string | null = null
  const ready = async () => {
    const { [ALARM_ONLY]: disk, ...needed } = (await serviceHealth(config))?.parts ?? {}
    alarm = disk === undefined || disk.ok ? null : `${ALARM_ONLY}: ${disk.detail}`
    return disk !== undefined && Object.values(needed).every(part => part.ok)
  }
  await service.until(ready, READY_WITHIN_MS, signal)
  return alarm
}

/** False while it does not answer, or names a part that is not well. */
export async function serviceIsHealthy(config: Config): Promise<boolean> {
  return (await serviceHealth(config))?.ok === true
}

/** What /healthz says; null while the service does not answer. */
async function serviceHealth(config: Config): Promise<Static<typeof HealthReport> | null> {
  try {
    const report: unknown = await (await fetch(`${pageAddress(config)}/healthz`)).json()
    return Value.Check(HealthReport, report) ? report : null
  } catch {
    return null
  }
}

/** Where a browser on this machine finds the pages. */
export function pageAddress(config: Config): string {
  const everywhere = config.httpHost === '0.0.0.0' || config.httpHost === '::'
  return `http://${everywhere ? '127.0.0.1' : config.httpHost}:${config.httpPort}`
}
