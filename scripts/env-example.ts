import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SETTINGS } from '../src/settings.ts'
import { PROJECT } from './instance/folders.ts'

/** `npm run env-example`: writes `.env.example` and the README's table of settings from src/settings.ts. */

const TABLE = /(<!-- settings -->\n)[\s\S]*?(<!-- \/settings -->)/

export function envExample(): string {
  const lines = ['# Copy to .env and change what differs. Written by: npm run env-example']
  for (const [name, { default: value, means }] of Object.entries(SETTINGS)) {
    lines.push('', `# ${means}`, `#${name}=${value}`)
  }
  return `${lines.join('\n')}\n`
}

/** The README with its table of settings brought up to date; unchanged when it has none. */
export function withSettingsTable(readme: string): string {
  const rows = Object.entries(SETTINGS).map(
    ([name, { default: value, means }]) =>
      `| \`${name}\` | ${value === '' ? '' : `\`${value}\``} | ${means} |`,
  )
  const table = ['| setting | default | what it is |', '| --- | --- | --- |', ...rows].join('\n')
  return readme.replace(TABLE, (_, before: string, after: string) => `${before}${table}\n${after}`)
}

if (import.meta.main) {
  writeFileSync(join(PROJECT, '.env.example'), envExample())
  const readme = join(PROJECT, 'README.md')
  if (existsSync(readme)) writeFileSync(readme, withSettingsTable(readFileSync(readme, 'utf8')))
}
