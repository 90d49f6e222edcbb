import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findCommand } from './debian-packages.ts'
import { runCommand } from './run-command.ts'

/** An Asterisk and the audio tools that prompts and recordings need, wherever they come from. */
export interface AsteriskTools {
  readonly asterisk: string
  readonly opusenc: string
  readonly sox: string
  readonly espeak: string
  readonly modulesDir: string
  /** Asterisk's read-only data: documentation, REST descriptions, music on hold. */
  readonly dataDir: string
}

/** Earlier ones let a read-only ARI user write (GHSA-wcvv-g26m-wx5c). */
export const LEAST_ASTERISK = [22, 10, 1] as const

/** Debian's name for this machine's architecture in library paths. */
export const MULTIARCH = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu'

/** The system's own, when it is new enough and complete; else null. */
export async function systemAsteriskTools(): Promise<AsteriskTools | null> {
  const asterisk = findCommand('asterisk')
  const opusenc = findCommand('opusenc')
  const sox = findCommand('sox')
  const espeak = findCommand('espeak-ng')
  if (asterisk === null || opusenc === null || sox === null || espeak === null) return null
  if (!isNewEnough(await runCommand(asterisk, ['-V']))) return null
  const prefix = join(dirname(asterisk), '..')
  const modulesDir = [`lib/${MULTIARCH}`, 'lib', 'lib64']
    .map(lib => join(prefix, lib, 'asterisk', 'modules'))
    .find(folder => existsSync(join(folder, 'res_ari.so')))
  const dataDir = [join(prefix, 'share', 'asterisk'), '/var/lib/asterisk'].find(
    folder => existsSync(join(folder, 'rest-api')) && hasMusic(folder),
  )
  if (modulesDir === undefined || dataDir === undefined) return null
  return { asterisk, opusenc, sox, espeak, modulesDir, dataDir }
}

/** @param version what `asterisk -V` prints, such as `Asterisk 22.10.1~dfsg+~cs6.17-1`. */
export function isNewEnough(version: string): boolean {
  const found = /(\d+)\.(\d+)\.(\d+)/.exec(version)
  if (found === null) return false
  for (const [index, least] of LEAST_ASTERISK.entries()) {
    const part = Number(found[index + 1])
    if (part !== least) return part > least
  }
  return true
}

function hasMusic(dataDir: string): boolean {
  const folder = join(dataDir, 'moh')
  return existsSync(folder) && readdirSync(folder).length > 0
}
