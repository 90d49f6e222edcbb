import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { CannotStart } from './cannot-start.ts'
import type { CommandLine } from './unprivileged.ts'

export interface Launch {
  readonly name: string
  readonly line: CommandLine
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** What it says goes here. */
  readonly logFile: string
  /** Asks it to end in good order. */
  readonly stopSignal: NodeJS.Signals
  /** After this long it is killed. */
  readonly graceMs: number
}

const FIRST_RESTART_MS = 500
const LAST_RESTART_MS = 10_000
/** One that lived this long was well: the next restart is quick again. */
const WELL_AFTER_MS = 30_000
const LOG_MAX_BYTES = 50_000_000
const PROBE_EVERY_MS = 50

/**
 * A child process that is started again when it ends unasked, once `keep` was called. It leads a process group of
 * its own, so that Ctrl-C in the terminal reaches the supervisor only and things end in order.
 */
export class KeptProcess {
  readonly launch: Launch
  private readonly say: (text: string) => void
  private child: ChildProcess | null = null
  private kept = false
  private stopping = false
  private restartMs = FIRST_RESTART_MS
  private restartTimer: NodeJS.Timeout | null = null

  constructor(launch: Launch, say: (text: string) => void) {
    this.launch = launch
    this.say = say
  }

  /** Null while it is down. */
  get pid(): number | null {
    return this.child?.pid ?? null
  }

  start(): void {
    this.stopping = false
    const { line, env, cwd, logFile } = this.launch
    const startedAt = performance.now()
    moveLargeLogAway(logFile)
    const log = openSync(logFile, 'a', 0o600)
    const child = spawn(line.command, line.args, { cwd, env, detached: true, stdio: ['ignore', log, log] })
    closeSync(log)
    this.child = child
    const ended = (how: string) => {
      if (this.child !== child) return
      this.child = null
      if (this.kept && !this.stopping) this.startLater(how, performance.now() - startedAt)
    }
    child.once('error', problem => ended(problem.message))
    child.once('exit', (code, signal) => ended(signal ?? `code ${code}`))
  }

  /** From now on it is started again when it ends unasked. */
  keep(): void {
    this.kept = true
  }

  /**
   * Waits until `ready` says true.
   * @throws CannotStart with the end of its log when it ends before, or `withinMs` pass.
   */
  async until(ready: () => Promise<boolean>, withinMs: number, signal?: AbortSignal): Promise<void> {
    const giveUpAt = performance.now() + withinMs
    while (!(await ready())) {
      signal?.throwIfAborted()
      if (this.child === null && this.restartTimer === null) {
        throw new CannotStart(`${this.launch.name} ended while starting:\n${this.lastLines()}`)
      }
      if (performance.now() > giveUpAt) {
        const waited = `${Math.round(withinMs / 1000)} s`
        throw new CannotStart(`${this.launch.name} is not ready after ${waited}:\n${this.lastLines()}`)
      }
      await sleep(PROBE_EVERY_MS)
    }
  }

  /** Asks it to end, kills its whole group after the grace; resolves when it is gone. It stays down. */
  async stop(): Promise<void> {
    this.stopping = true
    if (this.restartTimer !== null) clearTimeout(this.restartTimer)
    this.restartTimer = null
    const child = this.child
    if (child === null) return
    const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
    child.kill(this.launch.stopSignal)
    const timer = setTimeout(() => this.kill('SIGKILL'), this.launch.graceMs)
    await gone
    clearTimeout(timer)
  }

  /** Sends a signal to the whole group; it is started again if kept. */
  kill(signal: NodeJS.Signals): void {
    const pid = this.pid
    if (pid === null) return
    try {
      process.kill(-pid, signal)
    } catch (problem) {
      // The group may have ended in this very moment.
      if (!(problem instanceof Error && 'code' in problem && problem.code === 'ESRCH')) throw problem
    }
  }

  lastLines(): string {
    const { logFile } = this.launch
    if (!existsSync(logFile)) return ''
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15)
    return [...lines, `(all of it: ${logFile})`].map(line => `    ${line}`).join('\n')
  }

  private startLater(how: string, livedMs: number): void {
    if (livedMs > WELL_AFTER_MS) this.restartMs = FIRST_RESTART_MS
    this.say(`${this.launch.name} ended (${how}); started again in ${this.restartMs / 1000} s`)
    this.restartTimer = setTimeout(() => {
      this.restartTimer = null
      this.start()
    }, this.restartMs)
    this.restartMs = Math.min(this.restartMs * 2, LAST_RESTART_MS)
  }
}

function moveLargeLogAway(file: string): void {
  if (existsSync(file) && statSync(file).size > LOG_MAX_BYTES) renameSync(file, `${file}.1`)
}
