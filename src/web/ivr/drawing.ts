import type { Drawing, DrawnNode } from '../../floor/ivr/schema.ts'

/** What can be done to a drawing; each gives a new one, so that it can be undone. */

export type NodeKind = DrawnNode['kind']
export type Digit = keyof Extract<DrawnNode, { kind: 'menu' }>['keys']
export type Asking = Extract<DrawnNode, { kind: 'menu' | 'language' }>
/** A way on from a node: `by` is a key, or `next`, `open`, `closed`, `silence`. */
export interface Slot {
  readonly node: string
  readonly by: string
}
export interface Branch extends Slot {
  readonly to: string | null
}

/** As they lie on the telephone, 0 last. */
export const DIGITS: readonly Digit[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']
export const KINDS: readonly NodeKind[] = [
  'play',
  'menu',
  'language',
  'hours',
  'queue',
  'line',
  'outside',
  'hang-up',
]

export function isAsking(node: DrawnNode): node is Asking {
  return node.kind === 'menu' || node.kind === 'language'
}

export function nodeOf(drawing: Drawing, id: string | null): DrawnNode | undefined {
  return id !== null && Object.hasOwn(drawing.nodes, id) ? drawing.nodes[id] : undefined
}

/** In the order they are drawn: keys as on the telephone, silence last where it leads somewhere. */
export function branchesOf(drawing: Drawing, id: string): readonly Branch[] {
  const node = nodeOf(drawing, id)
  switch (node?.kind) {
    case 'play':
      return [{ node: id, by: 'next', to: node.next }]
    case 'hours':
      return [
        { node: id, by: 'open', to: node.open },
        { node: id, by: 'closed', to: node.closed },
      ]
    case 'menu':
    case 'language': {
      const keys = DIGITS.flatMap(by => {
        const choice = node.keys[by]
        if (choice === undefined) return []
        return [{ node: id, by, to: choice === null || typeof choice === 'string' ? choice : choice.next }]
      })
      return node.silence === null ? keys : [...keys, { node: id, by: 'silence', to: node.silence }]
    }
    default:
      return []
  }
}

export function withNode(drawing: Drawing, id: string, node: DrawnNode): Drawing {
  return { ...drawing, nodes: { ...drawing.nodes, [id]: node } }
}

/** Leads a way on to another node; a key that the menu lacks is added. */
export function lead(drawing: Drawing, { node: id, by }: Slot, to: string | null): Drawing {
  const node = nodeOf(drawing, id)
  if (node === undefined) return drawing
  if (node.kind === 'play') return withNode(drawing, id, { ...node, next: to })
  if (node.kind === 'hours') return withNode(drawing, id, { ...node, [by]: to })
  if (!isAsking(node)) return drawing
  if (by === 'silence') return withNode(drawing, id, { ...node, silence: to })
  const digit = DIGITS.find(each => each === by)
  if (digit === undefined) return drawing
  if (node.kind === 'menu') return withNode(drawing, id, { ...node, keys: { ...node.keys, [digit]: to } })
  const language = node.keys[digit]?.language ?? 'zh'
  return withNode(drawing, id, { ...node, keys: { ...node.keys, [digit]: { language, next: to } } })
}

export function withoutKey(drawing: Drawing, id: string, digit: Digit): Drawing {
  const node = nodeOf(drawing, id)
  if (node === undefined || !isAsking(node)) return drawing
  if (node.kind === 'menu') {
    const { [digit]: _, ...keys } = node.keys
    return withNode(drawing, id, { ...node, keys })
  }
  const { [digit]: _, ...keys } = node.keys
  return withNode(drawing, id, { ...node, keys })
}

/** Gives a key's meaning to another key; if that had one, the two change places. */
export function swapKeys(drawing: Drawing, id: string, from: Digit, to: Digit): Drawing {
  const node = nodeOf(drawing, id)
  if (node === undefined || !isAsking(node)) return drawing
  if (node.kind === 'menu') return withNode(drawing, id, { ...node, keys: swapped(node.keys, from, to) })
  return withNode(drawing, id, { ...node, keys: swapped(node.keys, from, to) })
}

function swapped<Choice>(keys: Partial<Record<Digit, Choice>>, from: Digit, to: Digit) {
  const pairs = DIGITS.flatMap(key => {
    const choice = keys[key]
    const other = key === from ? to : key === to ? from : key
    return choice === undefined ? [] : [[other, choice] as const]
  })
  const changed: Partial<Record<Digit, Choice>> = Object.fromEntries(pairs)
  return changed
}

/** Adds a node where a way on leads nowhere yet, or before what it led to. */
export function add(
  drawing: Drawing,
  at: Slot,
  kind: NodeKind,
  name: string,
): { drawing: Drawing; id: string } {
  const id = freeId(drawing)
  const before = branchesOf(drawing, at.node).find(({ by }) => by === at.by)?.to ?? null
  const grown = lead(withNode(drawing, id, newNode(kind, name)), at, id)
  if (before === null) return { drawing: grown, id }
  const way = FIRST_WAY[kind]
  return { drawing: way === undefined ? grown : lead(grown, { node: id, by: way }, before), id }
}

/** By which way a node that is put before another leads to it. */
const FIRST_WAY: Partial<Record<NodeKind, string>> = { play: 'next', hours: 'open', menu: '1', language: '1' }

/**
 * Takes a node away: an announcement gives way to what follows it, any other takes with it all that can be reached
 * through it alone.
 */
export function remove(drawing: Drawing, id: string): Drawing {
  const node = nodeOf(drawing, id)
  if (node === undefined) return drawing
  const next = node.kind === 'play' ? node.next : null
  if (id === drawing.start && next === null) return drawing
  const before = reachable(drawing)
  const { [id]: _, ...nodes } = drawing.nodes
  let left: Drawing = { start: id === drawing.start && next !== null ? next : drawing.start, nodes }
  for (const parent of Object.keys(nodes)) {
    for (const branch of branchesOf(left, parent)) if (branch.to === id) left = lead(left, branch, next)
  }
  const after = reachable(left)
  const kept = Object.entries(left.nodes).filter(([key]) => after.has(key) || !before.has(key))
  return { ...left, nodes: Object.fromEntries(kept) }
}

/** Whether `remove` would change anything. */
export function isRemovable(drawing: Drawing, id: string): boolean {
  const node = nodeOf(drawing, id)
  return id !== drawing.start || (node?.kind === 'play' && node.next !== null)
}

/** Leads to the node from elsewhere instead; with nothing there, the old way is left open. */
export function move(drawing: Drawing, id: string, from: Slot | null, to: Slot): Drawing {
  const cleared = from === null ? drawing : lead(drawing, from, null)
  return lead(cleared, to, id)
}

/** Ways that lead nowhere and keys without a meaning, outside what hangs on `id`: where it could be moved to. */
export function openSlots(drawing: Drawing, id: string): readonly Slot[] {
  const below = reachable(drawing, id)
  return Object.entries(drawing.nodes).flatMap(([parent, node]) => {
    if (below.has(parent)) return []
    const open = branchesOf(drawing, parent).filter(({ to }) => to === null)
    const keys = isAsking(node) ? DIGITS.filter(digit => node.keys[digit] === undefined) : []
    return [...open, ...keys.map(by => ({ node: parent, by }))]
  })
}

export function reachable(drawing: Drawing, from = drawing.start): ReadonlySet<string> {
  const seen = new Set(nodeOf(drawing, from) === undefined ? [] : [from])
  for (const id of seen) {
    for (const { to } of branchesOf(drawing, id)) {
      if (to !== null && nodeOf(drawing, to) !== undefined) seen.add(to)
    }
  }
  return seen
}

function freeId({ nodes }: Drawing): string {
  let number = Object.keys(nodes).length + 1
  while (Object.hasOwn(nodes, `n${number}`)) number += 1
  return `n${number}`
}

const ASKS = { says: {}, waitMs: 5_000, repeat: 0, silence: null }

function newNode(kind: NodeKind, name: string): DrawnNode {
  switch (kind) {
    case 'play':
      return { name, kind, says: {}, next: null }
    case 'menu':
      return { name, kind, keys: {}, ...ASKS }
    case 'language':
      return {
        name,
        kind,
        keys: { 1: { language: 'zh', next: null }, 2: { language: 'en', next: null } },
        ...ASKS,
      }
    case 'hours':
      return { name, kind, open: null, closed: null }
    case 'queue':
      return { name, kind, says: {}, queue: null }
    case 'line':
      return { name, kind, says: {}, line: '' }
    case 'outside':
      return { name, kind, says: {}, number: '' }
    case 'hang-up':
      return { name, kind, says: {} }
  }
}
