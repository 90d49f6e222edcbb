import { readConfig } from '../src/config.ts'
import { prepare } from './instance/prepare.ts'
import { terminalReport } from './instance/report.ts'

/** For container images: what the first start would make is in the image. */
await prepare(readConfig(process.env).cacheDir, terminalReport(process.stdout))
