import { WrongSettings } from '../src/config.ts'
import { CannotStart } from './instance/cannot-start.ts'
import { readEnvFile } from './instance/env-file.ts'
import { Instance } from './instance/instance.ts'
import { terminalReport } from './instance/report.ts'
import { welcome } from './instance/welcome.ts'

/**
 * `npm start`: brings one instance up, keeps it up, and takes it down on Ctrl-C. With `--pbx` it ends with the PBX:
 * the service runs elsewhere, in another container for one.
 */

/** npm passes Ctrl-C on, so that it arrives twice; only a later one means impatience. */
const SAME_CTRL_C_MS = 1_000

const report = terminalReport(process.stdout)
readEnvFile()
const upTo = process.argv.includes('--pbx') ? 'pbx' : 'service'

const abort = new AbortController()
let instance: Instance | null = null
let firstSignalAt: number | null = null

function onSignal(): void {
  if (firstSignalAt === null) {
    firstSignalAt = performance.now()
    report.line('')
    abort.abort()
  } else if (performance.now() - firstSignalAt > SAME_CTRL_C_MS) {
    instance?.kill()
    process.exit(130)
  }
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)

try {
  instance = new Instance({ env: process.env, report, signal: abort.signal, upTo })
  await instance.start()
  if (upTo === 'service') report.line(welcome(instance, performance.now() / 1000))
  if (!abort.signal.aborted) {
    await new Promise(resolve => abort.signal.addEventListener('abort', resolve, { once: true }))
  }
} catch (problem) {
  if (!abort.signal.aborted) {
    process.exitCode = 1
    report.line(
      problem instanceof CannotStart || problem instanceof WrongSettings
        ? `\n${problem.message}\n`
        : String(problem instanceof Error ? problem.stack : problem),
    )
  }
}
await instance?.stop()
report.line(abort.signal.aborted ? 'Ended. The data is kept; npm start goes on with it.' : 'Not started.')
// Handlers for signals keep nothing alive, but a library's timer might.
process.exit()
