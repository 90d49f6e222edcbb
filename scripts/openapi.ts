import { writeFile } from 'node:fs/promises'
import { describeApi } from '../src/server/openapi.ts'

/** Writes src/server/openapi.json anew; a test fails while it is out of date. */
const file = new URL('../src/server/openapi.json', import.meta.url)
await writeFile(file, await describeApi())
console.log('src/server/openapi.json written')
