import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config.ts'
import { CannotStart } from './instance/cannot-start.ts'
import { findCommand, hasDebianPackage, installDebianPackages } from './instance/debian-packages.ts'
import { PROJECT } from './instance/folders.ts'
import { prepare } from './instance/prepare.ts'
import { terminalReport } from './instance/report.ts'

/** `npm test`: installs what the tests need, then runs everything: format, types, and each kind of proof. */

const PROJECTS = ['unit', 'simulation', 'days', 'database', 'pbx', 'browser'] as const

interface Tally {
  readonly passed: number
  readonly failed: number
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
let failed = 0
for (const [name, run] of [
  ['format and lint', () => tool('biome', ['check', '.'])],
  ['types', () => tool('tsc', ['--noEmit'])],
  ...PROJECTS.map(project => [`${project} tests`, () => vitest(project)] as const),
] as const) {
  report.line(`\n── ${name}`)
  const startedAt = performance.now()
  const tally = await run()
  passed += tally.passed
  failed += tally.failed
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  times.push(`${tally.failed === 0 ? '✓' : '✗'} ${name.padEnd(18)} ${seconds.padStart(7)} s`)
}
report.line(`\n${times.join('\n')}\n`)
report.line(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

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
  return { passed: 0, failed: (await run(name, args)) === 0 ? 0 : 1 }
}

async function vitest(project: string): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-vitest-'))
  const file = join(folder, 'result.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await run('vitest', ['run', '--project', project, ...reporters])
  const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  rmSync(folder, { recursive: true })
  const failedTests: number = result.numFailedTests ?? 0
  // A file that cannot be loaded, or a hook that throws, fails the run without failing a test.
  return { passed: result.numPassedTests ?? 0, failed: code === 0 ? 0 : Math.max(1, failedTests) }
}

/** Runs a tool of node_modules in this terminal; its exit code. */
function run(name: string, args: readonly string[]): Promise<number> {
  const child = spawn(join(PROJECT, 'node_modules', '.bin', name), args, { cwd: PROJECT, stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code ?? 1))
  })
}
