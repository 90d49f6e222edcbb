import { describe, expect, test } from 'vitest'
import { anchorDigest, canonicalJson, HeadsDigest, type Link, linkHash } from './link.ts'

/** The hashes here were computed by another program, in another language, from the description alone. */
const FIRST = 'deb5e87c4ba06fbefecb84b809f2eea9368619522ab5020cb21d3a873afb8ed2'
const SECOND = 'b45c9a21560d3aabc77c0b294e607058010a508a151f6a9125029ad466321be4'
const ORDER = '0192f3a0-0000-7000-8000-000000000001'

const first: Link = {
  tag: 'order-trail/1',
  chain: ORDER,
  seq: 1,
  at: '1795312800123000',
  day: '2026-11-22',
  content: [
    ...['service', null, 'auto-dispatch', 'dispatch', 'to-dispatch', 'to-sign', '占道经营'],
    canonicalJson({ é: '', b: { y: true, x: 1.5 }, a: [1, null, '号'] }),
  ],
  prev: null,
}

describe('hashes are as they are described', () => {
  test('of an entry of the trail', () => expect(linkHash(first).toString('hex')).toBe(FIRST))

  test('of an entry of the audit log that has one before it', () => {
    const second: Link = {
      tag: 'audit-log/1',
      chain: 'roles',
      seq: 2,
      at: '1795312800123456',
      day: '2026-11-22',
      content: ['staff', '0192f3a0-0000-7000-8000-000000000002', '王芳', 'grant', 'dispatcher', '', '{}'],
      prev: Buffer.from(FIRST, 'hex'),
    }
    expect(linkHash(second).toString('hex')).toBe(SECOND)
  })

  test('of an anchor', () => {
    const heads = new HeadsDigest()
    const day = '2026-11-22'
    heads.add({ book: 'audit', chain: 'roles', day, seq: 2, hash: Buffer.from(SECOND, 'hex') })
    heads.add({ book: 'orders', chain: ORDER, day, seq: 1, hash: Buffer.from(FIRST, 'hex') })
    const anchor = { day, at: '1795312800123000', heads: heads.count, prev: Buffer.from(FIRST, 'hex') }
    expect(anchorDigest(anchor, heads.digest()).toString('hex')).toBe(
      '90e2a2e02ba5ca394ab1322abbfe3e343393e7afa4e4fe28193b90f27f266648',
    )
  })
})

test('what stands in one field cannot move into the next', () => {
  const moved = { ...first, content: ['ab', 'c'] }
  expect(linkHash(moved)).not.toEqual(linkHash({ ...first, content: ['a', 'bc'] }))
  expect(linkHash({ ...first, content: [''] })).not.toEqual(linkHash({ ...first, content: [null] }))
})

test('JSON has one form, whatever order its members came in', () => {
  expect(canonicalJson({ b: 1, a: [{ d: '"', c: 0.1 }], A: 1e21 })).toBe(
    '{"A":1e+21,"a":[{"c":0.1,"d":"\\""}],"b":1}',
  )
})
