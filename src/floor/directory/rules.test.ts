import { expect, test } from 'vitest'
import { checkEntry } from './rules.ts'
import type { DirectoryForm } from './schema.ts'

const FORM: DirectoryForm = {
  name: ' 市水务局 ',
  kind: 'department',
  number: '089812340106',
  queue: null,
  line: null,
  dutyHours: '',
  active: true,
}
const KNOWN = { queue: true, line: true }
const problems = (change: Partial<DirectoryForm>, known = KNOWN) => {
  const outcome = checkEntry({ ...FORM, ...change }, known)
  return outcome.ok ? 'ok' : outcome.refusal.fields
}

test('an entry leads to exactly one place', () => {
  expect(checkEntry(FORM, KNOWN)).toMatchObject({ ok: true, value: { name: '市水务局' } })
  expect(problems({ number: null, queue: 'general' })).toBe('ok')
  expect(problems({ number: null, line: '12333' })).toBe('ok')
  expect(problems({ number: null })).toEqual({ number: 'one-of-number-queue-line' })
  expect(problems({ line: '12333' })).toEqual({ number: 'one-of-number-queue-line' })
})

test('the place exists', () => {
  const none = { queue: false, line: false }
  expect(problems({ number: null, queue: 'nowhere' }, none)).toEqual({ queue: 'unknown' })
  expect(problems({ number: null, line: '99' }, none)).toEqual({ line: 'unknown' })
})

test('an emergency is one of the four numbers', () => {
  expect(problems({ kind: 'emergency', number: '119' })).toBe('ok')
  expect(problems({ kind: 'emergency', number: '112' })).toEqual({ number: 'no-emergency-number' })
  expect(problems({ kind: 'emergency', number: null, queue: 'general' })).toEqual({
    number: 'no-emergency-number',
  })
})
