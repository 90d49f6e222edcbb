import { expect, test } from 'vitest'
import { uuidv7 } from './ids.ts'

test('ids are version 7 and sort by when they were made', () => {
  const early = uuidv7(Date.UTC(2026, 0, 1))
  const late = uuidv7(Date.UTC(2026, 0, 2))
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(early < late).toBe(true)
  expect(uuidv7(0)).not.toBe(uuidv7(0))
})
