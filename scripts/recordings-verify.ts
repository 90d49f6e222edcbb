/** Holds every finished recording against its stored SHA-256; exit code 1 when one is missing or changed. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RecordingFolders } from '../src/adapters/storage/recording-folders.ts'
import { type Config, readConfig } from '../src/config.ts'
import { openDatabase } from '../src/database/connection.ts'
import { verifyRecordings } from '../src/quality/recordings/index.ts'

if (existsSync('.env')) process.loadEnvFile('.env')
const config = readConfig(process.env)
const { db, close } = openDatabase(databaseUrl(config), error => console.error(error.message))
const files = new RecordingFolders(join(config.dataDir, 'spool', 'raw'), config.recordingDir)
const { checked, wrong } = await verifyRecordings(db, files)
await close()
for (const { call, fileName, what } of wrong) console.log(`${what}: ${fileName} (call ${call})`)
console.log(`${checked} recordings checked, ${wrong.length} missing or changed`)
process.exitCode = wrong.length > 0 ? 1 : 0

/** A PostgreSQL of one's own, or the instance's, which must be running. */
function databaseUrl({ databaseUrl: own, databasePort, dataDir }: Config): string {
  if (own !== null) return own
  const password = readFileSync(join(dataDir, 'secrets', 'database-password'), 'utf8').trim()
  return `postgres://hotline:${password}@127.0.0.1:${databasePort}/hotline`
}
