import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { readConfig } from '../src/config.ts'
import { CannotStart } from './instance/cannot-start.ts'
import { findCommand, hasDebianPackage, installDebianPackages } from './instance/debian-packages.ts'
import { PROJECT } from './instance/folders.ts'
import { prepare } from './instance/prepare.ts'
import { terminalReport } from './instance/report.ts'

/** `npm test`: installs what the tests need, then runs everything: format, types, and each kind of proof. */

const PROJECTS = ['unit', 'simulation', 'days', 'database', 'pbx', 'browser'] as const

/** Judged by what other processes do in time: their failed files get a second, lone run. */
const SECOND_TRY: ReadonlySet<string> = new Set(['database', 'pbx', 'browser'])

interface Tally {
  readonly passed: number
  /** One line each. */
  readonly failures: readonly string[]
}

interface Outcome extends Tally {
  readonly failedFiles: readonly string[]
}

/** What Vitest's JSON reporter writes, as far as it is read here. */
interface Report {
  readonly numPassedTests?: number
  readonly testResults?: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

const report = terminalReport(process.stdout)
try {
  await report.step('SIPp and Chromium', installTestTools)
  await prepare(readConfig({ HOTLINE_CACHE_DIR: process.env.HOTLINE_CACHE_DIR }).cacheDir, report)
} catch (problem) {
  if (!(problem instanceof CannotStart)) throw problem
  report.line(problem.message)
  process.exit(1)
}

const times: string[] = []
let passed = 0
const failures: string[] = []
const unsteady: string[] = []
for (const [name, run] of [
  ['format and lint', () => tool('biome', ['check', '.'])],
  ['types', () => tool('tsc', ['--noEmit'])],
  ...PROJECTS.map(project => [`${project} tests`, () => vitest(project)] as const),
] as const) {
  report.line(`\n── ${name}`)
  const startedAt = performance.now()
  const tally = await run()
  passed += tally.passed
  failures.push(...tally.failures)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  times.push(`${tally.failures.length === 0 ? '✓' : '✗'} ${name.padEnd(18)} ${seconds.padStart(7)} s`)
}
report.line(`\n${times.join('\n')}\n`)
for (const line of unsteady) report.line(`unsteady, passed when run again: ${line}`)
for (const line of failures) report.line(`failed: ${line}`)
report.line(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 ? 0 : 1

/** SIPp plays citizens and phones, Chromium is the agents' browser, the font shows Chinese in its pictures. */
async function installTestTools(progress: (detail: string) => void): Promise<void> {
  const missing: string[] = []
  if (findCommand('sipp') === null) missing.push('sip-tester')
  if (findCommand('chromium') === null) missing.push('chromium')
  if (findCommand('dpkg') !== null && !(await hasDebianPackage('fonts-noto-cjk'))) {
    missing.push('fonts-noto-cjk')
  }
  if (missing.length > 0) await installDebianPackages(missing, progress)
}

/** A check that is no test counts only when it fails. */
async function tool(name: string, args: readonly string[]): Promise<Tally> {
  return { passed: 0, failures: (await run(name, args)) === 0 ? [] : [name] }
}

async function vitest(project: string): Promise<Tally> {
  const first = await vitestOnce(project, [])
  if (first.failedFiles.length === 0 || !SECOND_TRY.has(project)) return first
  report.line(`\n── ${project} tests, once more: ${first.failedFiles.join(', ')}`)
  const second = await vitestOnce(project, first.failedFiles)
  const failed = new Set(second.failures)
  unsteady.push(...first.failures.filter(name => !failed.has(name)))
  return { passed: first.passed + first.failures.length - second.failures.length, failures: second.failures }
}

async function vitestOnce(project: string, files: readonly string[]): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-vitest-'))
  const file = join(folder, 'result.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await run('vitest', ['run', '--project', project, ...reporters, ...files])
  const result: Report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  rmSync(folder, { recursive: true })
  const failed = (result.testResults ?? []).filter(({ status }) => status === 'failed')
  const failures = failed.flatMap(({ name, assertionResults }) => {
    const tests = assertionResults.filter(({ status }) => status === 'failed')
    const where = relative(PROJECT, name)
    // A file that cannot be loaded, or a hook that throws, fails the run without failing a test.
    return tests.length === 0 ? [where] : tests.map(({ fullName }) => `${where}: ${fullName}`)
  })
  if (code !== 0 && failures.length === 0) failures.push(`${project} tests`)
  return {
    passed: result.numPassedTests ?? 0,
    failures,
    failedFiles: failed.map(({ name }) => relative(PROJECT, name)),
  }
}

/** Runs a tool of node_modules in this terminal; its exit code. */
function run(name: string, args: readonly string[]): Promise<number> {
  const child = spawn(join(PROJECT, 'node_modules', '.bin', name), args, { cwd: PROJECT, stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code ?? 1))
  })
}
