import { describe, expect, it, test } from 'vitest'
import { PAGES } from '../pages.ts'
import { DESK, navEntries } from './nav-entries.ts'
import { hashOf, placeOf } from './place.ts'

describe('the registry of pages', () => {
  test.each(['path', 'letter'] as const)('has no %s twice, nor one of the desk', name => {
    const all = [DESK, ...PAGES].map(page => page[name]).filter(one => one !== undefined)
    expect(new Set(all).size).toBe(all.length)
  })

  test.each(PAGES.map(page => [page.path, page] as const))('%s can be named in an address', (path, page) => {
    expect(path).toMatch(/^[a-z][a-z-]*$/)
    expect(page.letter ?? 'a').toMatch(/^[a-fh-z]$/)
    expect([...page.roles, ...(page.rights ?? [])].length).toBeGreaterThan(0)
  })
})

describe('the navigation', () => {
  it('has the desk for whoever may take calls, and no page of another role', () => {
    expect(
      navEntries({ role: 'shift-lead', rights: [], agentNumber: '2001' }).map(({ path }) => path),
    ).toContain('desk')
    expect(
      navEntries({ role: 'shift-lead', rights: [], agentNumber: null }).map(({ path }) => path),
    ).not.toContain('desk')
    expect(
      navEntries({ role: 'quality', rights: [], agentNumber: null }).map(({ path }) => path),
    ).not.toContain('floor')
  })
})

test.each([
  ['', '', []],
  ['#/', '', []],
  ['#/lines', 'lines', []],
  ['#lines/12345', 'lines', ['12345']],
  ['#/lines/%E5%8F%B7/', 'lines', ['号']],
  ['#/lines/%E5', 'lines', ['%E5']],
])('%s is the place %s %j', (hash, path, rest) => {
  expect(placeOf(hash)).toEqual({ path, rest })
})

test('an address leads where it was made for', () => {
  expect(placeOf(hashOf('lines', '12345#', 'a/b'))).toEqual({ path: 'lines', rest: ['12345#', 'a/b'] })
})
