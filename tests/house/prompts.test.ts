import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PROJECT } from '../../scripts/instance/folders.ts'
import { readManifest } from '../../scripts/instance/prompts.ts'

test('every prompt the dialplan plays is in the manifest', () => {
  const folder = join(PROJECT, 'asterisk-config')
  const files = readdirSync(folder).filter(name => name.endsWith('.conf'))
  const played = files.flatMap(name =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/\bhotline\/([\w-]+)/g)].map(
      ([, prompt]) => prompt,
    ),
  )
  const known = readManifest().prompts.map(({ name }) => name)
  expect(played).toContain('apology')
  expect(played.filter(name => name === undefined || !known.includes(name))).toEqual([])
})
