import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, readConfig, WrongSettings } from '../src/config.ts'
import { CannotStart } from './instance/cannot-start.ts'
import { findCommand, installDebianPackages } from './instance/debian-packages.ts'
import { readEnvFile } from './instance/env-file.ts'
import { freeUdpPort, hangUpSippCall } from './people/sipp-hang-up.ts'
import { trunkAddress } from './people/trunk-address.ts'
import { CITIZEN_VOICE, voiceFolder } from './people/voice.ts'

/** `npm run call`: one citizen rings the hotline that `npm start` runs, with a real voice, and tells what happens. */

const HANG_UP_WITHIN_MS = 3_000

const { values: options } = parseArgs({
  options: {
    from: { type: 'string', default: '13800138000' },
    to: { type: 'string', default: '12345' },
    seconds: { type: 'string', default: '120' },
  },
})

try {
  readEnvFile()
  const config = readConfig(process.env)
  const source = await trunkAddress(config)
  if (findCommand('sipp') === null) await installDebianPackages(['sip-tester'], console.log)
  process.exitCode = await call(config, source, await voiceFolder(config, CITIZEN_VOICE))
} catch (problem) {
  if (!(problem instanceof CannotStart || problem instanceof WrongSettings)) throw problem
  console.log(problem.message)
  process.exitCode = 1
}

/** Rings until the hotline hangs up, the time is over or Ctrl-C; the exit code is SIPp's. */
async function call(config: Config, source: string, folder: string): Promise<number> {
  const { from, to, seconds } = options
  const log = join(mkdtempSync(join(tmpdir(), 'hotline-call-')), 'log')
  const port = await freeUdpPort(source)
  const args = [
    `${config.sipHost}:${config.sipPort}`,
    ...['-sf', join(import.meta.dirname, 'call.xml'), '-i', source, '-p', String(port), '-mi', source],
    ...['-s', to, '-key', 'caller', from, '-m', '1', '-nostdin'],
    ...['-trace_logs', '-log_file', log],
  ]
  const child = spawn('sipp', args, {
    cwd: folder,
    // A group of its own: Ctrl-C is for us, who hang up properly.
    detached: true,
    env: { ...process.env, TERM: 'dumb' },
    stdio: 'ignore',
  })
  const startedAt = performance.now()
  const say = (text: string) =>
    console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${text}`)
  say(`${from} dials ${to}; Ctrl-C hangs up`)
  let told = 0
  const tellNew = () => {
    const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : []
    for (const line of lines.slice(told)) say(line)
    told = lines.length
  }
  const telling = setInterval(tellNew, 200)
  let hungUp = false
  const hangUp = () => {
    hungUp = true
    if (child.pid !== undefined) void hangUpSippCall({ pid: child.pid, host: source, port })
    // A call that was never answered does not listen yet.
    setTimeout(() => child.kill('SIGTERM'), HANG_UP_WITHIN_MS).unref()
  }
  const timer = setTimeout(hangUp, Number(seconds) * 1000)
  process.on('SIGINT', hangUp).on('SIGTERM', hangUp)
  return new Promise(resolve =>
    child.once('close', code => {
      clearTimeout(timer)
      clearInterval(telling)
      tellNew()
      rmSync(dirname(log), { recursive: true })
      if (code !== 0 && !hungUp) say('the call failed: refused, or not answered')
      process.off('SIGINT', hangUp).off('SIGTERM', hangUp)
      resolve(hungUp ? 0 : (code ?? 1))
    }),
  )
}
