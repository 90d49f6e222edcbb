import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hold } from '../../src/adapters/system/only-one.ts'
import { PROJECT } from './folders.ts'
import { runCommand } from './run-command.ts'

/** The service serves the pages from here. */
export const PAGES = join(PROJECT, 'dist', 'web')

const STAMP = 'built-from.txt'

/** Builds the web pages when their sources changed since the last build. */
export async function buildPages(progress: (detail: string) => void, signal?: AbortSignal): Promise<void> {
  const turn = await hold(PAGES, () => progress('another start is building them'), signal)
  try {
    const sources = sourcesDigest()
    if (builtFrom() === sources) return progress('unchanged')
    progress('vite build')
    const building = `${PAGES}.building`
    const vite = join(PROJECT, 'node_modules', 'vite', 'bin', 'vite.js')
    const config = join(PROJECT, 'src', 'web', 'vite.config.ts')
    // Node reads the TypeScript configuration itself; Vite's way would write beside it in node_modules.
    const load = ['--config', config, '--configLoader', 'native']
    const args = [vite, 'build', ...load, '--outDir', building, '--emptyOutDir']
    // What starts us may have another NODE_ENV, a test runner for one, and get React's development build.
    const env = { ...process.env, NODE_ENV: 'production' }
    await runCommand(process.execPath, args, {
      cwd: PROJECT,
      env,
      ...(signal === undefined ? {} : { signal }),
    })
    writeFileSync(join(building, STAMP), sources)
    rmSync(PAGES, { recursive: true, force: true })
    renameSync(building, PAGES)
  } finally {
    await turn.release()
  }
}

function builtFrom(): string | null {
  const stamp = join(PAGES, STAMP)
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : null
}

function sourcesDigest(): string {
  const web = join(PROJECT, 'src', 'web')
  const files = readdirSync(web, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
  const hash = createHash('sha256')
  for (const file of [...files.sort(), join(PROJECT, 'package-lock.json')]) {
    hash.update(file).update(readFileSync(file))
  }
  return hash.digest('hex')
}
