import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { envExample, withSettingsTable } from '../../scripts/env-example.ts'
import { PROJECT } from '../../scripts/instance/folders.ts'
import { SETTINGS } from '../../src/settings.ts'

const NEW = 'out of date: npm run env-example'

test('.env.example lists every setting with its default and meaning', () => {
  const text = readFileSync(join(PROJECT, '.env.example'), 'utf8')
  expect(text, NEW).toBe(envExample())
  for (const [name, { default: value, means }] of Object.entries(SETTINGS)) {
    expect(text).toContain(`# ${means}\n#${name}=${value}\n`)
  }
})

test("the README's table is the list of settings", () => {
  const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8')
  expect(readme).toContain('<!-- settings -->')
  expect(withoutAlignment(readme), NEW).toBe(withoutAlignment(withSettingsTable(readme)))
  for (const name of Object.keys(SETTINGS)) expect(readme).toContain(`\`${name}\``)
})

/** The formatter lines up a table's columns. */
function withoutAlignment(markdown: string): string {
  return markdown.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---')
}
