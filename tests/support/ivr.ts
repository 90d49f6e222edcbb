import fc from 'fast-check'
import type { IvrNode, IvrTree, NodeId, Says } from '../../src/contact-center/ivr/tree.ts'
import { asId, type LineNumber, type QueueId } from '../../src/kernel/ids.ts'

const ASKS = { waitMs: 5_000, repeat: 0, silence: null } as const

/**
 * hello → open? ─ open ──▶ language ─ 1 ▶ menu ─ 1 ▶ enterprise
 *                │                   2 ▶ menu    ├ 2 ▶ water (line)
 *                └ closed ▶ goodbye              ├ 3 ▶ police (outside)
 *                                                └ 9 ▶ language
 */
export const SAMPLE: IvrTree = {
  id: 'sample',
  version: 1,
  start: 'hello',
  nodes: {
    hello: { name: '欢迎', kind: 'play', says: { zh: 'hello' }, next: 'open' },
    open: { name: '工作时间', kind: 'hours', open: 'language', closed: 'goodbye' },
    language: {
      name: '语言',
      kind: 'language',
      says: { zh: 'speak-zh', en: 'speak-en' },
      keys: { 1: { language: 'zh', next: 'menu' }, 2: { language: 'en', next: 'menu' } },
      ...ASKS,
    },
    menu: {
      name: '主菜单',
      kind: 'menu',
      says: { zh: 'menu', en: 'menu-en' },
      keys: { 1: 'enterprise', 2: 'water', 3: 'police', 9: 'language' },
      ...ASKS,
      repeat: 1,
    },
    enterprise: { name: '涉企', kind: 'queue', says: { zh: 'one-moment' }, queue: asId('enterprise') },
    water: { name: '供水', kind: 'line', says: {}, line: asId('95598'), queue: asId('resident') },
    police: { name: '报警', kind: 'outside', says: { zh: 'one-moment' }, number: '110' },
    goodbye: { name: '再见', kind: 'hang-up', says: { zh: 'closed' } },
  },
}
export const KNOWN = { queues: new Set(['general', 'enterprise']), lines: new Set(['12345', '95598']) }

/** The sample with some nodes changed, added, or (undefined) left out. */
export function changed(nodes: Record<NodeId, IvrNode | undefined>, start = SAMPLE.start): IvrTree {
  const entries = Object.entries({ ...SAMPLE.nodes, ...nodes }).flatMap(([id, node]) =>
    node === undefined ? [] : [[id, node] as const],
  )
  return { ...SAMPLE, start, nodes: Object.fromEntries(entries) }
}

const digit = fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#')
const says = fc.constantFrom<Says>({ zh: 'a' }, { zh: 'a', en: 'b' })

/** Trees of any shape, most of them broken: ways lead anywhere, nowhere, and round. */
export const anyTree: fc.Arbitrary<IvrTree> = fc
  .array(anyNode(fc.constantFrom('n0', 'n1', 'n2', 'n3', 'n4', 'gone')), { minLength: 1, maxLength: 5 })
  .map(nodes => ({
    id: 'any',
    version: 1,
    start: 'n0',
    nodes: Object.fromEntries(nodes.map((node, i) => [`n${i}`, node])),
  }))

/** Trees in which only keys lead back: most of them are whole. */
export const mostlyWholeTree: fc.Arbitrary<IvrTree> = fc.integer({ min: 0, max: 5 }).chain(ways =>
  fc
    .tuple(
      ...Array.from({ length: ways }, (_, i) => wayNode(i, ways)),
      endNode(),
      fc.constant<IvrNode>({ name: '', kind: 'queue', says: {}, queue: null }),
    )
    .map(nodes => ({
      id: 'whole',
      version: 1,
      start: 'n0',
      nodes: Object.fromEntries(nodes.map((node, i) => [`n${i}`, node])),
    })),
)

export const anyInput = fc.oneof(
  digit.map(pressed => ({ type: 'digit', digit: pressed }) as const),
  fc.constant({ type: 'silence' } as const),
  fc.constant({ type: 'prompt-finished' } as const),
)

function asks(silence: fc.Arbitrary<NodeId | null>) {
  return { says, waitMs: fc.constant(5_000), repeat: fc.nat(2), silence }
}

/** Of itself it leads only to nodes that come later; a key leads to any. */
function wayNode(index: number, ways: number): fc.Arbitrary<IvrNode> {
  const later = fc.integer({ min: index + 1, max: ways + 1 }).map(i => `n${i}`)
  const any = fc.integer({ min: 0, max: ways + 1 }).map(i => `n${i}`)
  return anyNode(later, any)
}

function anyNode(of: fc.Arbitrary<NodeId>, chosen: fc.Arbitrary<NodeId> = of): fc.Arbitrary<IvrNode> {
  const name = fc.constant('')
  const language = fc.constantFrom('zh' as const, 'yue' as const, 'en' as const)
  return fc.oneof(
    fc.record({ name, kind: fc.constant('play' as const), says, next: of }),
    fc.record({ name, kind: fc.constant('hours' as const), open: of, closed: of }),
    fc.record({
      name,
      kind: fc.constant('menu' as const),
      keys: fc.dictionary(digit, chosen, { minKeys: 1, maxKeys: 4 }),
      ...asks(fc.option(of)),
    }),
    fc.record({
      name,
      kind: fc.constant('language' as const),
      keys: fc.dictionary(digit, fc.record({ language, next: chosen }), { minKeys: 1, maxKeys: 3 }),
      ...asks(fc.option(of)),
    }),
    endNode(),
  )
}

function endNode(): fc.Arbitrary<IvrNode> {
  const name = fc.constant('')
  return fc.oneof(
    fc.record({
      name,
      kind: fc.constant('queue' as const),
      says,
      queue: fc.constant(asId<QueueId>('general')),
    }),
    fc.record({
      name,
      kind: fc.constant('line' as const),
      says,
      line: fc.constant(asId<LineNumber>('95598')),
      queue: fc.constant(null),
    }),
    fc.record({ name, kind: fc.constant('outside' as const), says, number: fc.constant('110') }),
    fc.record({ name, kind: fc.constant('hang-up' as const), says }),
  )
}
