import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { freeUdpPort, hangUpSippCall } from './sipp-hang-up.ts'

const LOGGED = 'logged.log'
const WIRE = 'wire.log'

export interface SippOptions {
  /** An XML scenario file. */
  readonly scenario: string
  /** Where the other side listens, `host:port`; a scenario that only answers needs none. */
  readonly target?: string
  /** Loopback address it sends from and listens on: 127.0.0.2 is the trunk, others are phones. */
  readonly source: string
  /** Local SIP port; without it any free one. */
  readonly port?: number
  /** It ends after this many calls; without it, only by `stop`. */
  readonly calls?: number
  readonly callsPerSecond?: number
  /** No new call while so many are up; SIPp's own limit is low for long ones. */
  readonly simultaneous?: number
  /** The number dialled: `[service]` in the scenario. */
  readonly dialled?: string
  /** `[name]` in the scenario. */
  readonly keys?: Readonly<Record<string, string>>
  /** CSVs whose fields are `[field0]` … in the scenario, `[field0 file="name"]` for the second. */
  readonly injection?: string | readonly string[]
  /** Keeps this many calls going, each begun anew when it ends, until `stop`; such a run is not counted. */
  readonly users?: number
  /** A scenario for calls that come in beside those that the scenario makes. */
  readonly incoming?: string
  /** Sends the audio it receives back. */
  readonly echo?: boolean
  /** Keeps every message sent and received, for `wire`. */
  readonly traces?: boolean
  /** Where files that the scenario plays lie; without it, beside the scenario. */
  readonly cwd?: string
}

export interface SippResult {
  /** 0: every call went as its scenario says. */
  readonly exitCode: number | null
  readonly successful: number
  readonly failed: number
  /** What went wrong, in SIPp's words; empty when nothing did. */
  readonly errors: string
  /** Lines of the scenario's `<log>` actions. */
  readonly logged: readonly string[]
}

export interface SippRun {
  readonly pid: number
  /** Where the scenario's `<log>` actions write while it runs. */
  readonly logFile: string
  readonly done: Promise<SippResult>
  /** Lines of the scenario's `<log>` actions so far. */
  logged(): readonly string[]
  /** Every message so far, of a run that `traces`. */
  wire(): string
  /** Hangs up the run's only or nth call, or one by its Call-ID, if its scenario listens for INFO as scripts/call.xml does. */
  hangUp(call?: number | string): Promise<void>
  /** Ends it at once, as if the line were cut: the other side of calls that are up is told nothing. */
  stop(): Promise<SippResult>
}

/** Starts Debian's SIPp with one scenario. */
export async function startSipp(options: SippOptions): Promise<SippRun> {
  const port = options.port ?? (await freeUdpPort(options.source))
  const folder = mkdtempSync(join(tmpdir(), 'sipp-'))
  const child = spawn('sipp', argumentsOf(options, port, folder), {
    cwd: options.cwd ?? dirname(options.scenario),
    env: { ...process.env, TERM: 'dumb' },
    stdio: 'ignore',
  })
  const { pid } = child
  if (pid === undefined) throw new Error('sipp is not installed: npm test and npm run demo install it')
  let wireToTheEnd: string | null = null
  const killWithUs = () => void child.kill('SIGKILL')
  process.once('exit', killWithUs)
  const done = new Promise<SippResult>(resolve =>
    child.once('close', code => {
      process.off('exit', killWithUs)
      wireToTheEnd = read(folder, WIRE)
      resolve(resultOf(folder, code))
      rmSync(folder, { recursive: true, force: true })
    }),
  )
  return {
    pid,
    logFile: join(folder, LOGGED),
    done,
    logged: () => readLines(folder, LOGGED),
    wire: () => wireToTheEnd ?? read(folder, WIRE),
    hangUp: call => hangUpSippCall({ pid, host: options.source, port }, call),
    stop() {
      child.kill('SIGTERM')
      return done
    },
  }
}

export async function runSipp(options: SippOptions): Promise<SippResult> {
  return (await startSipp(options)).done
}

function argumentsOf(options: SippOptions, port: number, folder: string): string[] {
  const { target, calls, callsPerSecond, dialled, keys = {}, users } = options
  const injections = [options.injection ?? []].flat()
  const value = (flag: string, given: string | number | undefined) =>
    given === undefined ? [] : [flag, String(given)]
  return [
    ...(target === undefined ? [] : [target]),
    '-sf',
    resolve(options.scenario),
    ...['-i', options.source, '-p', String(port), '-mi', options.source],
    ...value('-m', calls),
    ...value('-r', callsPerSecond),
    ...value('-l', options.simultaneous),
    ...value('-s', dialled),
    ...value('-users', users),
    ...value('-oocsf', options.incoming),
    ...injections.flatMap(file => ['-inf', file]),
    ...Object.entries(keys).flatMap(([name, text]) => ['-key', name, text]),
    ...(options.echo === true ? ['-rtp_echo'] : []),
    ...(options.traces === true ? ['-trace_msg', '-message_file', join(folder, WIRE)] : []),
    ...['-nostdin', '-trace_logs', '-log_file', join(folder, LOGGED)],
    ...(users === undefined ? counted(folder) : []),
  ]
}

/** Written every second: too much for a run without an end. */
function counted(folder: string): string[] {
  return [
    ...['-trace_err', '-error_file', join(folder, 'errors.log')],
    ...['-trace_stat', '-stf', join(folder, 'statistics.csv'), '-fd', '1'],
  ]
}

function resultOf(folder: string, exitCode: number | null): SippResult {
  const [header = '', ...rows] = readLines(folder, 'statistics.csv')
  const names = header.split(';')
  const last = (rows.at(-1) ?? '').split(';')
  const counter = (name: string) => Number(last[names.indexOf(name)] ?? '0')
  return {
    exitCode,
    successful: counter('SuccessfulCall(C)'),
    failed: counter('FailedCall(C)'),
    errors: read(folder, 'errors.log'),
    logged: readLines(folder, LOGGED),
  }
}

function read(folder: string, name: string): string {
  const file = join(folder, name)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function readLines(folder: string, name: string): readonly string[] {
  return read(folder, name).split(/\r?\n/).filter(Boolean)
}
