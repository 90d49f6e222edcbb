/**
 * `npm run audit:verify`: holds every entry of the trail and of the audit log against its hash, its chain and the daily
 * anchors, and names the first that does not fit; the exit code is then 1.
 *   --order N      one order, by its number
 *   --export FILE  with --order: also writes its chain as JSON
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { describeBroken, exportChain, orderByNumber, verifyTrail } from '../src/casework/trail/index.ts'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/database/connection.ts'
import { databaseUrl } from './instance/database-url.ts'
import { readEnvFile } from './instance/env-file.ts'
import { terminalReport } from './instance/report.ts'

const { values: options } = parseArgs({ options: { order: { type: 'string' }, export: { type: 'string' } } })
if (options.export !== undefined && options.order === undefined) stop('--export needs --order')
readEnvFile()
const { db, close } = openDatabase(databaseUrl(readConfig(process.env)), error =>
  console.error(error.message),
)
const order = options.order === undefined ? null : await orderByNumber(db, options.order)
if (options.order !== undefined && order === null) stop(`there is no order ${options.order}`)

const report = terminalReport(process.stdout)
const { through, digest, broken } = await report.step('trail', async progress => {
  const found = await verifyTrail(
    db,
    (part, done, of) => progress(`${part}: ${done.toLocaleString('en')} of about ${of.toLocaleString('en')}`),
    order,
  )
  progress(`${found.entries.toLocaleString('en')} entries`)
  return found
})
if (options.export !== undefined && order !== null) {
  writeFileSync(options.export, `${JSON.stringify(await exportChain(db, order), null, 2)}\n`)
  report.line(`written: ${options.export}`)
}
await close()
report.line(digest === null ? 'no day is anchored yet' : `anchored through ${through}: ${digest}`)
report.line(broken === null ? 'unbroken' : `broken: ${describeBroken(broken)}`)
process.exitCode = broken === null ? 0 : 1

function stop(why: string): never {
  console.error(why)
  process.exit(2)
}
