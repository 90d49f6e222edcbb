import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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
  /** The number dialled: `[service]` in the scenario. */
  readonly dialled?: string
  /** `[name]` in the scenario. */
  readonly keys?: Readonly<Record<string, string>>
  /** A CSV whose fields are `[field0]` … in the scenario. */
  readonly injection?: string
  /** Sends the audio it receives back. */
  readonly echo?: boolean
  /** First port for its audio, when several run on one address. */
  readonly mediaPort?: number
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
  readonly done: Promise<SippResult>
  /** Ends it, hanging up calls that are still up. */
  stop(): Promise<SippResult>
}

/** Starts Debian's SIPp with one scenario. */
export function startSipp(options: SippOptions): SippRun {
  const folder = mkdtempSync(join(tmpdir(), 'sipp-'))
  const child = spawn('sipp', argumentsOf(options, folder), {
    cwd: folder,
    env: { ...process.env, TERM: 'dumb' },
    stdio: 'ignore',
  })
  const { pid } = child
  if (pid === undefined) throw new Error('sipp is not installed: npm test installs it')
  const killWithUs = () => void child.kill('SIGKILL')
  process.once('exit', killWithUs)
  const done = new Promise<SippResult>(resolve =>
    child.once('close', code => {
      process.off('exit', killWithUs)
      resolve(resultOf(folder, code))
      rmSync(folder, { recursive: true, force: true })
    }),
  )
  const stop = () => {
    // Once: no new calls. Twice: those that are up are hung up.
    child.kill('SIGUSR1')
    child.kill('SIGUSR1')
    return done
  }
  return { pid, done, stop }
}

export function runSipp(options: SippOptions): Promise<SippResult> {
  return startSipp(options).done
}

function argumentsOf(options: SippOptions, folder: string): string[] {
  const { target, port, calls, callsPerSecond, dialled, keys = {}, injection, mediaPort } = options
  const value = (flag: string, given: string | number | undefined) =>
    given === undefined ? [] : [flag, String(given)]
  return [
    ...(target === undefined ? [] : [target]),
    '-sf',
    options.scenario,
    ...['-i', options.source, '-mi', options.source],
    ...value('-p', port),
    ...value('-m', calls),
    ...value('-r', callsPerSecond),
    ...value('-s', dialled),
    ...value('-inf', injection),
    ...value('-min_rtp_port', mediaPort),
    ...Object.entries(keys).flatMap(([name, text]) => ['-key', name, text]),
    ...(options.echo === true ? ['-rtp_echo'] : []),
    ...['-nostdin', '-trace_err', '-error_file', join(folder, 'errors.log')],
    ...['-trace_logs', '-log_file', join(folder, 'logged.log')],
    ...['-trace_stat', '-stf', join(folder, 'statistics.csv'), '-fd', '1'],
  ]
}

function resultOf(folder: string, exitCode: number | null): SippResult {
  const read = (name: string) => {
    const file = join(folder, name)
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }
  const [header = '', ...rows] = read('statistics.csv').trim().split('\n')
  const names = header.split(';')
  const last = (rows.at(-1) ?? '').split(';')
  const counter = (name: string) => Number(last[names.indexOf(name)] ?? '0')
  return {
    exitCode,
    successful: counter('SuccessfulCall(C)'),
    failed: counter('FailedCall(C)'),
    errors: read('errors.log'),
    logged: read('logged.log').split('\n').filter(Boolean),
  }
}
