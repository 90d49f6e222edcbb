/** Holds every finished recording against its stored SHA-256; exit code 1 when one is missing or changed. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { RecordingFolders } from '../src/adapters/storage/recording-folders.ts'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/database/connection.ts'
import { verifyRecordings } from '../src/quality/recordings/index.ts'
import { databaseUrl } from './instance/database-url.ts'

if (existsSync('.env')) process.loadEnvFile('.env')
const config = readConfig(process.env)
const { db, close } = openDatabase(databaseUrl(config), error => console.error(error.message))
const files = new RecordingFolders(join(config.dataDir, 'spool', 'raw'), config.recordingDir)
const { checked, wrong } = await verifyRecordings(db, files)
await close()
for (const { call, fileName, what } of wrong) console.log(`${what}: ${fileName} (call ${call})`)
console.log(`${checked} recordings checked, ${wrong.length} missing or changed`)
process.exitCode = wrong.length > 0 ? 1 : 0
