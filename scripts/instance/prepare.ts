import { type AsteriskTools, systemAsteriskTools } from './asterisk-tools.ts'
import { buildPages } from './pages.ts'
import { privateAsteriskTools } from './private-root.ts'
import { builtPrompts } from './prompts.ts'
import type { Report } from './report.ts'

/** The system's Asterisk when it is new enough and complete; else the private one, built if need be. */
export async function findAsteriskTools(
  cacheDir: string,
  progress: (detail: string) => void,
  signal?: AbortSignal,
): Promise<AsteriskTools> {
  const system = await systemAsteriskTools()
  const tools = system ?? (await privateAsteriskTools(cacheDir, progress, signal))
  progress(system === null ? 'private, from the cache folder' : "the system's")
  return tools
}

/** Makes ahead what the first start would make: Asterisk and its tools, prompts, pages. */
export async function prepare(cacheDir: string, report: Report): Promise<void> {
  const tools = await report.step('Asterisk and its tools', progress => findAsteriskTools(cacheDir, progress))
  await report.step('Prompts', progress => builtPrompts(cacheDir, tools, progress))
  await report.step('Web pages', progress => buildPages(progress))
}
