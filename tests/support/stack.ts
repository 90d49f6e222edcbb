import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Instance, type Started } from '../../scripts/instance/instance.ts'
import { silentReport } from '../../scripts/instance/report.ts'
import type { Config } from '../../src/config.ts'
import type { SettingName } from '../../src/settings.ts'
import { type PortBlock, takePortBlock } from './port-block.ts'

export interface StackOptions {
  /** `pbx`: PostgreSQL and Asterisk; the test brings its own service or none. */
  readonly upTo?: 'pbx' | 'service'
  readonly settings?: Partial<Record<SettingName, string>>
}

/**
 * Real PostgreSQL, real Asterisk and, unless told otherwise, the real service, on ports and in a data folder of
 * their own. `asterisk`, `postgres` and `service` can be killed: they come back by themselves; `stop()` on one
 * keeps it down until its `start()`.
 */
export interface Stack extends Started {
  readonly config: Config
  /** Ends all of it and removes the data folder. */
  stop(): Promise<void>
}

/** The same code as `npm start`. */
export async function startStack({ upTo = 'service', settings = {} }: StackOptions = {}): Promise<Stack> {
  const ports = await takePortBlock()
  const dataDir = mkdtempSync(join(tmpdir(), 'hotline-test-'))
  const env = { ...environment(dataDir, ports), ...settings }
  const instance = new Instance({ env, report: silentReport, upTo })
  const stop = async () => {
    await instance.stop()
    await ports.release()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    return { ...(await instance.start()), config: instance.config, stop }
  } catch (problem) {
    await stop()
    throw problem
  }
}

/** The settings of an instance on these ports. */
export function environment(dataDir: string, ports: PortBlock): NodeJS.ProcessEnv {
  return {
    ...withoutSettings(process.env),
    HOTLINE_DATA_DIR: dataDir,
    HOTLINE_HTTP_PORT: String(ports.http),
    HOTLINE_DATABASE_PORT: String(ports.database),
    HOTLINE_SIP_PORT: String(ports.sip),
    HOTLINE_PBX_HTTP_PORT: String(ports.pbxHttp),
    HOTLINE_RTP_PORT_MIN: String(ports.rtpMin),
    HOTLINE_RTP_PORT_MAX: String(ports.rtpMax),
    HOTLINE_LOG_LEVEL: 'debug',
    // A room of SIPp phones registers before it listens, and would be taken for dead.
    HOTLINE_PHONE_CHECK_S: '0',
    // How busy the machine is decides nothing: a desk that shows the call late is waited for.
    HOTLINE_POP_ACK_TIMEOUT_MS: '3000',
    // A citizen whose agent has hung up stays to be asked; the tests of it set it themselves.
    HOTLINE_ASK_RATING: 'no',
  }
}

/** The machine's own settings do not reach the tests, save for the cache: Asterisk is not built for each. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('HOTLINE_') || name === 'HOTLINE_CACHE_DIR'),
  )
}
