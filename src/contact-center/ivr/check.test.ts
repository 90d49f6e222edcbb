import { expect, test } from 'vitest'
import { changed, KNOWN, SAMPLE } from '../../../tests/support/ivr.ts'
import { asId } from '../../kernel/ids.ts'
import { checkTree } from './check.ts'
import type { IvrNode, IvrTree } from './tree.ts'

const ASKS = { says: { zh: 'menu' }, waitMs: 5_000, repeat: 0, silence: null } as const
const menu = (keys: Record<string, string | null>, silence: string | null = null): IvrNode => ({
  name: '',
  kind: 'menu',
  keys,
  ...ASKS,
  silence,
})
const play = (next: string | null): IvrNode => ({ name: '', kind: 'play', says: { zh: 'a' }, next })
const agent: IvrNode = { name: '', kind: 'queue', says: {}, queue: null }

function problems(tree: IvrTree): string[] {
  return checkTree(tree, KNOWN).map(({ node, at, problem }) => [node, at, problem].filter(Boolean).join(' '))
}

test('the sample is whole', () => {
  expect(problems(SAMPLE)).toEqual([])
})

test.each<[string, IvrTree, string[]]>([
  ['begins nowhere', changed({}, 'gone'), ['no-start']],
  [
    'leads to a node that is not there',
    changed({ hello: play('gone') }),
    [
      'hello next unknown-target',
      ...['open', 'language', 'menu', 'enterprise', 'water', 'police', 'goodbye'].map(
        id => `${id} unreachable`,
      ),
    ],
  ],
  [
    'is not drawn to its end',
    changed({ open: { name: '', kind: 'hours', open: 'language', closed: null } }),
    ['open closed no-target', 'goodbye unreachable'],
  ],
  ['has a node where nobody comes', changed({ lost: agent }), ['lost unreachable']],
  [
    'goes round by itself',
    changed({
      hello: play('echo'),
      echo: play('open'),
      open: { name: '', kind: 'hours', open: 'language', closed: 'hello' },
      goodbye: undefined,
    }),
    ['hello cycle-without-input', 'open cycle-without-input', 'echo cycle-without-input'],
  ],
  [
    'goes round in silence',
    changed({ menu: menu({ 1: 'enterprise', 2: 'water', 3: 'police', 9: 'language' }, 'menu') }),
    ['menu cycle-without-input'],
  ],
  ['has a menu without keys', changed({ water: menu({}) }), ['water keys no-keys']],
  [
    'tells the caller nothing',
    changed({ goodbye: { name: '', kind: 'hang-up', says: {} } }),
    ['goodbye says nothing-said'],
  ],
  [
    'speaks English only',
    changed({ goodbye: { name: '', kind: 'hang-up', says: { en: 'bye' } } }),
    ['goodbye says nothing-said'],
  ],
  [
    'names a queue there is not',
    changed({ enterprise: { name: '', kind: 'queue', says: {}, queue: asId('none') } }),
    ['enterprise queue unknown-queue'],
  ],
  [
    'names a line there is not',
    changed({ water: { name: '', kind: 'line', says: {}, line: asId('1'), queue: null } }),
    ['water line unknown-line'],
  ],
  [
    'names no number',
    changed({ police: { name: '', kind: 'outside', says: {}, number: '11O' } }),
    ['police number bad-number'],
  ],
  [
    'is too deep',
    changed({ water: menu({ 1: 'deep' }), deep: menu({ 1: 'deeper' }), deeper: menu({ 1: 'enterprise' }) }),
    ['deeper too-deep'],
  ],
  [
    'gives 0 to a goodbye',
    changed({ water: menu({ 0: 'bye' }), bye: play('goodbye') }),
    ['water 0 leads-to-nobody'],
  ],
  [
    'lets the silent go',
    changed({ water: menu({ 1: 'enterprise' }, 'goodbye') }),
    ['water silence leads-to-nobody'],
  ],
])('refused: one that %s', (_, tree, expected) => {
  expect(problems(tree)).toEqual(expected)
})

test('0 may lead to somebody who is there in working time only', () => {
  const tree = changed({
    water: menu({ 0: 'duty' }),
    duty: { name: '', kind: 'hours', open: 'enterprise', closed: 'goodbye' },
  })
  expect(problems(tree)).toEqual([])
})

test('a menu may be left for an earlier one, however often', () => {
  expect(problems(changed({ water: menu({ 9: 'menu' }) }))).toEqual([])
})

test('a tree too large to draw is not looked at further', () => {
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`n${i}`, agent]))
  expect(problems(changed(many))).toEqual(['too-many-nodes'])
})
