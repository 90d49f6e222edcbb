import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Instance } from './instance.ts'
import { pageAddress } from './service.ts'

/** What a person needs after the start: where to look, who to be, how to ring. */
export function welcome(instance: Instance, seconds: number): string {
  const { config, folders } = instance
  const accountsFile = join(folders.secrets, 'demo-accounts.txt')
  const phonesFile = join(folders.secrets, 'seat-phones.txt')
  const accounts = linesOf(accountsFile)
  const [seatPhone] = linesOf(phonesFile)
  return [
    '',
    `  12345 热线已就绪 · the hotline is ready (${seconds.toFixed(1)} s)`,
    '',
    `  网页 page       ${pageAddress(config)}`,
    ...block('演示账号 demo accounts (login, password, role)', [
      ...twoOfEachRole(accounts),
      `all ${accounts.length}: ${accountsFile}`,
    ]),
    ...block('软电话 an ordinary SIP phone as a seat', [
      `server ${config.sipHost}:${config.sipPort} (UDP or TCP), G.711; username and password:`,
      ...(seatPhone === undefined ? [] : [seatPhone]),
      `all seats: ${phonesFile}`,
    ]),
    ...block('第一个来电 a first call', [
      'sign in, take a seat, press ready; then in another terminal: npm run call',
      `or any SIP trunk at ${config.trunkAddresses.join(', ')} dialling 12345 at ${config.sipHost}:${config.sipPort}`,
    ]),
    '',
    '  Ctrl-C ends it all; the data is kept.',
    '',
  ].join('\n')
}

function block(title: string, lines: readonly string[]): string[] {
  return ['', `  ${title}`, ...lines.map(line => `      ${line}`)]
}

/** @param accounts lines of login, password, role */
function twoOfEachRole(accounts: readonly string[]): string[] {
  const role = (line: string) => line.trim().split(/\s+/).at(-1)
  return accounts.filter((line, index) => {
    const before = accounts.slice(0, index).filter(other => role(other) === role(line))
    return before.length < 2
  })
}

function linesOf(file: string): string[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('#'))
}
