import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

export type AudioTool = 'opusenc' | 'opusdec' | 'opusinfo' | 'sox' | 'espeak-ng'

/** A command of opus-tools, sox or espeak-ng: beside HOTLINE_OPUSENC, on PATH, or in the cached private root. */
export function audioTool(name: AudioTool): string {
  const found = folders()
    .map(folder => join(folder, name))
    .find(path => existsSync(path))
  if (found === undefined)
    throw new Error(`${name} is not found: set HOTLINE_OPUSENC, or install opus-tools and sox`)
  return found
}

export async function runAudioTool(name: AudioTool, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(audioTool(name), [...args])
  return stdout
}

function folders(): readonly string[] {
  const { HOTLINE_OPUSENC: opusenc, PATH: path = '', HOTLINE_CACHE_DIR: set } = process.env
  const cache = set || join(homedir(), '.cache', 'hotline-12345')
  const roots = existsSync(cache) ? readdirSync(cache).filter(name => name.startsWith('asterisk-')) : []
  return [
    ...(opusenc ? [dirname(opusenc)] : []),
    ...path.split(delimiter),
    ...roots.map(root => join(cache, root, 'tools')),
  ]
}
