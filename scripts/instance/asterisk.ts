import { join } from 'node:path'
import type { Config } from '../../src/config.ts'
import type { AsteriskTools } from './asterisk-tools.ts'
import { CannotStart } from './cannot-start.ts'
import { type InstanceFolders, PROJECT } from './folders.ts'
import { KeptProcess } from './kept-process.ts'
import { runCommand } from './run-command.ts'
import { unprivileged } from './unprivileged.ts'

const READY_WITHIN_MS = 30_000

export function asteriskProcess(
  folders: InstanceFolders,
  tools: AsteriskTools,
  asteriskConf: string,
  say: (text: string) => void,
): KeptProcess {
  const line = { command: tools.asterisk, args: ['-f', '-C', asteriskConf] }
  return new KeptProcess(
    {
      name: 'Asterisk',
      line: unprivileged('SIGTERM', line),
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: folders.pbx },
      cwd: PROJECT,
      logFile: join(folders.log, 'asterisk.log'),
      stopSignal: 'SIGTERM',
      graceMs: 5_000,
    },
    say,
  )
}

/** Waits until all its modules are loaded and ARI takes our password. */
export async function untilAsteriskAnswers(
  asterisk: KeptProcess,
  tools: AsteriskTools,
  asteriskConf: string,
  config: Config,
  ariPassword: string,
  signal?: AbortSignal,
): Promise<void> {
  const booted = async () => {
    try {
      await runCommand(tools.asterisk, ['-C', asteriskConf, '-rx', 'core waitfullybooted'])
      return true
    } catch (problem) {
      if (problem instanceof CannotStart) return false
      throw problem
    }
  }
  await asterisk.until(booted, READY_WITHIN_MS, signal)
  await asterisk.until(() => ariAnswers(config, ariPassword), READY_WITHIN_MS, signal)
}

async function ariAnswers(config: Config, password: string): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${config.ariUser}:${password}`).toString('base64')}`
  try {
    const answer = await fetch(`${config.ariUrl}/ari/asterisk/ping`, { headers: { authorization } })
    if (answer.status === 401) throw new CannotStart('Asterisk refuses the ARI password it was given')
    return answer.ok
  } catch (problem) {
    if (problem instanceof CannotStart) throw problem
    return false
  }
}
