import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Config, readConfig, WrongSettings } from '../src/config.ts'
import { AGENT_NAMES } from '../src/demo-city/lists.ts'
import { accountsFile, needDemoPeople, needDemoSettings } from './demo/only-demo-city.ts'
import { Room } from './demo/room.ts'
import { liveLine, statusLine } from './demo/status.ts'
import { CannotStart } from './instance/cannot-start.ts'
import { findCommand, installDebianPackages } from './instance/debian-packages.ts'
import { readEnvFile } from './instance/env-file.ts'
import { Instance } from './instance/instance.ts'
import { terminalReport } from './instance/report.ts'
import { pageAddress } from './instance/service.ts'
import { passwordOf } from './people/demo-secrets.ts'
import { PageSession } from './people/page-session.ts'

/**
 * `npm run demo`: citizens ring and agents answer, on the real PBX, until Ctrl-C; for whoever looks at the pages.
 * It brings up what `npm start` does, or uses one that runs: `--url`, with the same settings.
 */

const TICK_MS = 500
const STATUS_EVERY_TICKS = 4

const report = terminalReport(process.stdout)
const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    minutes: { type: 'string' },
    agents: { type: 'string', default: String(AGENT_NAMES.length) },
    citizens: { type: 'string', default: '30' },
  },
})

const abort = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => abort.abort())

let instance: Instance | null = null
let room: Room | null = null
try {
  readEnvFile()
  const agents = whole('agents', AGENT_NAMES.length)
  const citizens = whole('citizens', 200)
  const minutes = options.minutes === undefined ? null : whole('minutes', 100_000)
  const config = readConfig(process.env)
  await needDemoSettings(config)
  if (findCommand('sipp') === null) {
    await report.step('SIPp', progress => installDebianPackages(['sip-tester'], progress))
  }
  if (options.url === undefined) {
    instance = new Instance({ env: process.env, report, signal: abort.signal, upTo: 'service' })
    await instance.start()
  }
  const url = (options.url ?? pageAddress(config)).replace(/\/+$/, '')
  const lead = await signInLead(config, url)
  needDemoPeople(await lead.get('/api/staff'))
  const opening = Room.open({ config, lead, agents, citizens })
  room = await report.step(`${agents} agents, ${citizens} citizens`, () => opening)
  report.line(welcome(config, url))
  await watch(room, lead, minutes)
} catch (problem) {
  if (!abort.signal.aborted) {
    process.exitCode = 1
    const expected = problem instanceof CannotStart || problem instanceof WrongSettings
    report.line(
      expected ? `\n${problem.message}\n` : String(problem instanceof Error ? problem.stack : problem),
    )
  }
}
report.line('')
const closing = room
if (closing !== null) await report.step('Everybody goes home', () => closing.close())
await instance?.stop()
process.exit()

/** Until Ctrl-C, or the minutes are over. */
async function watch(room: Room, lead: PageSession, minutes: number | null): Promise<void> {
  const endAt = minutes === null ? Number.POSITIVE_INFINITY : Date.now() + minutes * 60_000
  const show = liveLine(process.stdout)
  for (let tick = 0; !abort.signal.aborted && Date.now() < endAt; tick++) {
    room.tick(Date.now())
    if (tick % STATUS_EVERY_TICKS === 0) {
      show(await lead.get<Parameters<typeof statusLine>[0]>('/api/floor').then(statusLine, sayWhy))
    }
    await sleep(TICK_MS, undefined, { signal: abort.signal }).catch(() => undefined)
  }
}

/** The service may be restarted under a demo. */
function sayWhy(problem: unknown): string {
  return `the floor does not answer: ${problem instanceof Error ? problem.message : problem}`
}

async function signInLead(config: Config, url: string): Promise<PageSession> {
  if (!existsSync(accountsFile(config))) {
    throw new CannotStart(
      `There are no demo accounts in ${accountsFile(config)}: is HOTLINE_DATA_DIR the one of ${url}?`,
    )
  }
  try {
    return await PageSession.signIn(url, 'lead', passwordOf(config.dataDir, 'lead'))
  } catch (problem) {
    throw new CannotStart(`The demo's shift lead cannot sign in at ${url}: ${sayWhy(problem)}`)
  }
}

function welcome(config: Config, url: string): string {
  return [
    '',
    `  班长台 the live floor   ${url}`,
    `  账号 sign in as         lead   密码 password   ${passwordOf(config.dataDir, 'lead')}`,
    '',
    '  Ctrl-C ends the demo; what was written down is kept.',
    '',
  ].join('\n')
}

function whole(name: 'agents' | 'citizens' | 'minutes', most: number): number {
  const value = Number(options[name])
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  throw new CannotStart(`--${name} takes a whole number from 1 to ${most}, not "${options[name]}"`)
}
