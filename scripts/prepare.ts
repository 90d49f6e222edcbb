import { readConfig } from '../src/config.ts'
import { systemAsteriskTools } from './instance/asterisk-tools.ts'
import { buildPages } from './instance/pages.ts'
import { privateAsteriskTools } from './instance/private-root.ts'
import { builtPrompts } from './instance/prompts.ts'
import { terminalReport } from './instance/report.ts'

/** Makes ahead what the first start would make: Asterisk and its tools, prompts, pages. For container images. */

const { cacheDir } = readConfig(process.env)
const report = terminalReport(process.stdout)
const tools = await report.step(
  'Asterisk and its tools',
  async progress => (await systemAsteriskTools()) ?? (await privateAsteriskTools(cacheDir, progress)),
)
await report.step('Prompts', progress => builtPrompts(cacheDir, tools, progress))
await report.step('Web pages', progress => buildPages(progress))
