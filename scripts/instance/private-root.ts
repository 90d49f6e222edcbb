import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { hold } from '../../src/adapters/system/only-one.ts'
import { type AsteriskTools, isNewEnough, LEAST_ASTERISK, MULTIARCH } from './asterisk-tools.ts'
import { CannotStart } from './cannot-start.ts'
import { findCommand, installDebianPackages } from './debian-packages.ts'
import { runCommand } from './run-command.ts'

/**
 * Debian's own Asterisk on any Debian machine: packages of a later Debian unpacked into a folder of the user's
 * cache and run by that folder's own loader. Nothing is installed on the machine, nothing needs root.
 */
export const RECIPE = {
  suite: 'forky',
  packages: [
    'asterisk',
    'asterisk-core-sounds-en-gsm',
    'asterisk-moh-opsound-wav',
    'espeak-ng',
    'opus-tools',
    'sox',
  ],
  multiarch: MULTIARCH,
} as const

/** Each becomes a small script in `tools/` that runs the program with the loader and libraries beside it. */
const TOOLS = {
  asterisk: 'usr/sbin/asterisk',
  'espeak-ng': 'usr/bin/espeak-ng',
  opusdec: 'usr/bin/opusdec',
  opusenc: 'usr/bin/opusenc',
  opusinfo: 'usr/bin/opusinfo',
  sox: 'usr/bin/sox',
} as const

const WHAT_ELSE =
  `Install Asterisk ${LEAST_ASTERISK.join('.')} or later with sox, espeak-ng and opus-tools yourself, ` +
  'or use docker compose.'

/** Builds the root unless the cache has it. Atomic: it is unpacked beside its place and renamed when it works. */
export async function privateAsteriskTools(
  cacheDir: string,
  progress: (detail: string) => void,
  signal?: AbortSignal,
): Promise<AsteriskTools> {
  const recipe = createHash('sha256')
    .update(JSON.stringify([RECIPE, TOOLS, wrapper('')]))
    .digest('hex')
  const root = join(cacheDir, `asterisk-${RECIPE.suite}-${recipe.slice(0, 12)}`)
  if (!existsSync(root)) {
    const turn = await hold(root, () => progress('another start is unpacking it'), signal)
    try {
      if (!existsSync(root)) await build(root, progress, signal)
    } finally {
      await turn.release()
    }
  }
  return toolsIn(root)
}

async function build(root: string, progress: (detail: string) => void, signal?: AbortSignal): Promise<void> {
  await needMmdebstrap(progress, signal)
  mkdirSync(dirname(root), { recursive: true })
  const started = `${basename(root)}.building-`
  for (const left of readdirSync(dirname(root)).filter(name => name.startsWith(started))) {
    rmSync(join(dirname(root), left), { recursive: true })
  }
  const building = `${root}.building-${process.pid}`
  progress('downloading about 100 MB of Debian packages')
  await unpack(building, progress, signal)
  writeTools(building)
  await prove(toolsIn(building))
  renameSync(building, root)
}

async function unpack(into: string, progress: (detail: string) => void, signal?: AbortSignal): Promise<void> {
  const args = [
    // `extract` unpacks and runs no package script, so that no root, chroot or user namespace is needed.
    '--mode=chrootless',
    '--variant=extract',
    // A mirror may serve a Release file past its date; signatures are still checked.
    '--aptopt=Acquire::Check-Valid-Until "false"',
    ...(await machineAptOptions()),
    `--include=${RECIPE.packages.join(',')}`,
    RECIPE.suite,
    into,
    await machineMirror(),
  ]
  try {
    await runCommand('mmdebstrap', args, {
      onLine: line => progress(line.replace(/^I: /, '')),
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (problem) {
    rmSync(into, { recursive: true, force: true })
    if (!(problem instanceof CannotStart)) throw problem
    throw new CannotStart(
      `Debian ${RECIPE.suite}'s Asterisk could not be unpacked: ${problem.message}\n${WHAT_ELSE}`,
    )
  }
}

async function needMmdebstrap(progress: (detail: string) => void, signal?: AbortSignal): Promise<void> {
  if (findCommand('mmdebstrap') !== null) return
  if (findCommand('apt-get') === null) throw new CannotStart(`This is not a Debian machine. ${WHAT_ELSE}`)
  await installDebianPackages(['mmdebstrap'], progress, signal)
}

/** The address this machine gets its own Debian packages from, as apt itself understands its sources. */
async function machineMirror(): Promise<string> {
  const codename = /^VERSION_CODENAME=(\w+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? ''
  const uris = await runCommand('apt-get', ['update', '--print-uris'])
  const mirror = new RegExp(`'(\\S+?)/dists/${codename}/`).exec(uris)?.[1]
  if (mirror !== undefined) return mirror
  throw new CannotStart(`apt has no source for Debian ${codename} on this machine. ${WHAT_ELSE}`)
}

/** Proxies and the like that the machine's own apt needs to reach its mirror. */
async function machineAptOptions(): Promise<string[]> {
  const dump = await runCommand('apt-config', ['dump'])
  const needed = dump.split('\n').filter(line => /^Acquire::(https?|Retries|Check-Date|ForceIPv4)/.test(line))
  return needed.filter(line => !line.endsWith('"";')).map(line => `--aptopt=${line}`)
}

function writeTools(root: string): void {
  mkdirSync(join(root, 'tools'))
  for (const [name, program] of Object.entries(TOOLS)) {
    const file = join(root, 'tools', name)
    writeFileSync(file, wrapper(program))
    chmodSync(file, 0o755)
  }
}

/** Paths are relative to the script: the root is renamed after it was built and may lie anywhere. */
function wrapper(program: string): string {
  const loader = process.arch === 'arm64' ? 'ld-linux-aarch64.so.1' : 'ld-linux-x86-64.so.2'
  return `#!/bin/sh
root=\${0%/*}/..
lib=$root/usr/lib/${MULTIARCH}
export ESPEAK_DATA_PATH="$lib/espeak-ng-data"
exec "$lib/${loader}" --library-path "$lib:$lib/pulseaudio:$root/usr/lib" "$root/${program}" "$@"
`
}

/** A root that does not work here must not be kept. */
async function prove(tools: AsteriskTools): Promise<void> {
  const version = await runCommand(tools.asterisk, ['-V'])
  if (!isNewEnough(version)) {
    throw new CannotStart(
      `The mirror's Asterisk is ${version.trim()}, older than ${LEAST_ASTERISK.join('.')}. ${WHAT_ELSE}`,
    )
  }
  for (const tool of [tools.espeak, tools.opusenc, tools.sox]) await runCommand(tool, ['--version'])
}

function toolsIn(root: string): AsteriskTools {
  return {
    asterisk: join(root, 'tools', 'asterisk'),
    opusenc: join(root, 'tools', 'opusenc'),
    sox: join(root, 'tools', 'sox'),
    espeak: join(root, 'tools', 'espeak-ng'),
    modulesDir: join(root, 'usr', 'lib', MULTIARCH, 'asterisk', 'modules'),
    dataDir: join(root, 'usr', 'share', 'asterisk'),
  }
}
