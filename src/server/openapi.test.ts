import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { describeApi } from './openapi.ts'

test('openapi.json is what the server says; `npm run openapi` writes it anew', async () => {
  const committed = await readFile(new URL('./openapi.json', import.meta.url), 'utf8')
  expect(await describeApi()).toBe(committed)
})
