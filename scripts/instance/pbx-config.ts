import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../src/config.ts'
import type { AsteriskTools } from './asterisk-tools.ts'
import { CannotStart } from './cannot-start.ts'
import { giveToServers, type InstanceFolders, makeServerFolder, PROJECT } from './folders.ts'

const TEMPLATES = join(PROJECT, 'asterisk-config')

/**
 * Writes the PBX's files for one instance: the templates filled in, its data folder put together from the
 * installed Asterisk's and the prompts, and every folder it writes.
 * @returns the path of asterisk.conf
 */
export function writePbxFiles(
  config: Config,
  folders: InstanceFolders,
  ariPassword: string,
  tools: AsteriskTools,
  prompts: string,
): string {
  const etc = join(folders.pbx, 'etc')
  const share = join(folders.pbx, 'share')
  for (const rewritten of [etc, share]) rmSync(rewritten, { recursive: true, force: true })
  for (const folder of [etc, share, join(share, 'sounds')]) makeServerFolder(folder)
  linkSharedData(share, tools, prompts)

  const values = pbxValues(config, folders, ariPassword, tools)
  for (const name of readdirSync(TEMPLATES).filter(name => name.endsWith('.conf'))) {
    const file = join(etc, name)
    writeFileSync(file, fillIn(name, readFileSync(join(TEMPLATES, name), 'utf8'), values), { mode: 0o600 })
    giveToServers(file)
  }
  const main = join(etc, 'asterisk.conf')
  for (const folder of writtenFolders(readFileSync(main, 'utf8'), folders.pbx)) makeServerFolder(folder)
  return main
}

/**
 * Replaces every `${HOTLINE_…}`; the dialplan's own `${EXTEN}` and the like stay.
 * @throws CannotStart naming the file and a placeholder that has no value.
 */
export function fillIn(file: string, template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\$\{(HOTLINE_[A-Z_]+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new CannotStart(`asterisk-config/${file}: \${${name}} is not known`)
    return value
  })
}

/** Everything a template may name. */
function pbxValues(
  config: Config,
  folders: InstanceFolders,
  ariPassword: string,
  tools: AsteriskTools,
): Readonly<Record<string, string>> {
  const values = {
    HOTLINE_SIP_HOST: config.sipHost,
    HOTLINE_SIP_PORT: String(config.sipPort),
    HOTLINE_RTP_PORT_MIN: String(config.rtpPortMin),
    HOTLINE_RTP_PORT_MAX: String(config.rtpPortMax),
    HOTLINE_PBX_HTTP_HOST: config.pbxHttpHost,
    HOTLINE_PBX_HTTP_PORT: String(config.pbxHttpPort),
    HOTLINE_ARI_USER: config.ariUser,
    HOTLINE_ARI_PASSWORD: ariPassword,
    HOTLINE_DATA_DIR: config.dataDir,
    HOTLINE_PBX_DIR: folders.pbx,
    // Two PBXs on one host would else take the same identity from the network card.
    HOTLINE_PBX_NAME: `hotline-${createHash('sha256').update(config.dataDir).digest('hex').slice(0, 12)}`,
    HOTLINE_ASTERISK_MODULES_DIR: tools.modulesDir,
    HOTLINE_ASTERISK_DATA_DIR: join(folders.pbx, 'share'),
    HOTLINE_SOUNDS_DIR: join(folders.pbx, 'share', 'sounds'),
  }
  for (const [name, value] of Object.entries({ ...values, trunk: config.trunkAddresses.join() })) {
    // These would end the value in Asterisk's files, or begin a comment.
    if (/[;\r\n]/.test(value)) throw new CannotStart(`${name} must not contain ";" or a line break`)
  }
  const match = config.trunkAddresses.map(address => `match=${address}`).join('\n')
  // Here alone a semicolon may stand: `;transport=tcp`.
  const contact = config.trunkUri === null ? '' : `contact=${config.trunkUri.replaceAll(';', '\\;')}`
  return { ...values, HOTLINE_TRUNK_MATCH: match, HOTLINE_TRUNK_CONTACT: contact }
}

/** Asterisk has one folder for all its read-only data; ours is the installed one with our own sounds in it. */
function linkSharedData(share: string, tools: AsteriskTools, prompts: string): void {
  for (const name of readdirSync(tools.dataDir).filter(name => name !== 'sounds')) {
    symlinkSync(join(tools.dataDir, name), join(share, name))
  }
  symlinkSync(prompts, join(share, 'sounds', 'zh'))
  const english = ['en', 'en_US_f_Allison'].map(name => join(tools.dataDir, 'sounds', name)).find(existsSync)
  if (english !== undefined) symlinkSync(english, join(share, 'sounds', 'en'))
}

/** The folders that asterisk.conf names below the PBX's own; `ARI record` fails late and silently without its. */
function writtenFolders(asteriskConf: string, pbxDir: string): string[] {
  const named = [...asteriskConf.matchAll(/^ast\w+dir\s*=>?\s*(\S+)/gm)].map(match => match[1] ?? '')
  const spool = /^astspooldir\s*=>?\s*(\S+)/m.exec(asteriskConf)?.[1]
  const recording = spool === undefined ? [] : [join(spool, 'recording')]
  return [...named, ...recording].filter(folder => folder.startsWith(`${pbxDir}/`) && !existsSync(folder))
}
