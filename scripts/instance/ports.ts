import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../../src/config.ts'
import type { SettingName } from '../../src/settings.ts'
import { CannotStart } from './cannot-start.ts'

interface Wanted {
  readonly setting: SettingName
  readonly host: string
  readonly port: number
  readonly kind: 'TCP' | 'UDP'
}

/** An instance that was just killed needs a moment to let go of its ports. */
const PATIENCE_MS = 3_000

/** @throws CannotStart naming each port that something else listens on, and its setting. */
export async function needFreePorts(config: Config, upTo: 'pbx' | 'service'): Promise<void> {
  let taken = await takenOf(wantedPorts(config, upTo))
  for (const until = Date.now() + PATIENCE_MS; taken.length > 0 && Date.now() < until; ) {
    await sleep(200)
    taken = await takenOf(taken)
  }
  if (taken.length === 0) return
  const sentences = await Promise.all(
    taken.map(async ({ setting, host, port, kind }) =>
      (await isFree(kind, host, 0))
        ? `${kind} port ${port} on ${host} is already in use: stop what uses it, or set ${setting} to another.`
        : `${host} is not an address of this machine: set ${setting.replace('_PORT', '_HOST')} to one that is.`,
    ),
  )
  throw new CannotStart(sentences.join('\n'))
}

/** True when nothing listens there. */
export function isFree(kind: 'TCP' | 'UDP', host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    if (kind === 'TCP') {
      const server = createServer()
      server.once('error', () => resolve(false))
      server.listen({ host, port }, () => server.close(() => resolve(true)))
    } else {
      const socket = createSocket('udp4')
      socket.once('error', () => {
        socket.close()
        resolve(false)
      })
      socket.bind(port, host, () => socket.close(() => resolve(true)))
    }
  })
}

function wantedPorts(config: Config, upTo: 'pbx' | 'service'): Wanted[] {
  const sip = { setting: 'HOTLINE_SIP_PORT', host: config.sipHost, port: config.sipPort } as const
  const wanted: Wanted[] = [
    { setting: 'HOTLINE_PBX_HTTP_PORT', host: config.pbxHttpHost, port: config.pbxHttpPort, kind: 'TCP' },
    { ...sip, kind: 'UDP' },
    { ...sip, kind: 'TCP' },
  ]
  if (upTo === 'service') {
    wanted.push({ setting: 'HOTLINE_HTTP_PORT', host: config.httpHost, port: config.httpPort, kind: 'TCP' })
  }
  if (config.databaseUrl === null) {
    wanted.push({
      setting: 'HOTLINE_DATABASE_PORT',
      host: '127.0.0.1',
      port: config.databasePort,
      kind: 'TCP',
    })
  }
  return wanted
}

async function takenOf(wanted: readonly Wanted[]): Promise<Wanted[]> {
  const free = await Promise.all(wanted.map(one => isFree(one.kind, one.host, one.port)))
  return wanted.filter((_, index) => !free[index])
}
