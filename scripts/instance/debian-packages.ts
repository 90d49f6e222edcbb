import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { CannotStart } from './cannot-start.ts'
import { runCommand } from './run-command.ts'

/** Where a command lies on PATH (and the administrator's folders, which a user's PATH may lack), or null. */
export function findCommand(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.map(folder => join(folder, name)).find(file => existsSync(file)) ?? null
}

/**
 * Installs Debian packages with apt-get, as root or through `sudo -n`.
 * @throws CannotStart saying what is missing and what to do when this machine or user cannot.
 */
export async function installDebianPackages(
  packages: readonly string[],
  progress: (detail: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const wish = `apt-get install --no-install-recommends ${packages.join(' ')}`
  if (findCommand('apt-get') === null) {
    throw new CannotStart(`missing: ${packages.join(', ')} — install them with this system's package manager`)
  }
  const asRoot = await rootPrefix()
  if (asRoot === null) throw new CannotStart(`missing: ${packages.join(', ')} — run as root: ${wish}`)
  const apt = (args: readonly string[]) => {
    const [command = '', ...rest] = [...asRoot, 'apt-get', ...args]
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    return runCommand(command, rest, { env, onLine: progress, ...(signal === undefined ? {} : { signal }) })
  }
  const install = ['install', '--yes', '--no-install-recommends', ...packages]
  try {
    await apt(install)
  } catch (problem) {
    // Package lists may be old or, on a minimal machine, not there at all.
    if (!(problem instanceof CannotStart)) throw problem
    await apt(['update'])
    await apt(install)
  }
}

/** True when dpkg has the package installed. */
export async function hasDebianPackage(name: string): Promise<boolean> {
  try {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format
    return (await runCommand('dpkg-query', ['-W', '-f', '${db:Status-Status}', name])) === 'installed'
  } catch {
    return false
  }
}

/** What goes before a command that needs root: nothing as root, sudo where it asks no password, else null. */
async function rootPrefix(): Promise<readonly string[] | null> {
  if (process.getuid?.() === 0) return []
  try {
    await runCommand('sudo', ['-n', 'true'])
    return ['sudo', '-n']
  } catch {
    return null
  }
}
