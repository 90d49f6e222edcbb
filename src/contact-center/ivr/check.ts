import {
  type AskingNode,
  type Branch,
  branchesOf,
  type IvrNode,
  type IvrTree,
  type NodeId,
  nodeOf,
  type Target,
} from './tree.ts'
import { isAsking } from './walk.ts'

/** What a tree may name. */
export interface KnownToIvr {
  readonly queues: ReadonlySet<string>
  readonly lines: ReadonlySet<string>
}

export type IvrProblemCode =
  /** The tree begins nowhere. */
  | 'no-start'
  | 'too-many-nodes'
  /** A way on that was not drawn yet. */
  | 'no-target'
  /** A way on to a node that is not there. */
  | 'unknown-target'
  /** No caller comes here. */
  | 'unreachable'
  /** From here the caller would go round for ever without pressing anything. */
  | 'cycle-without-input'
  | 'no-keys'
  | 'nothing-said'
  | 'unknown-queue'
  | 'unknown-line'
  | 'bad-number'
  /** A menu below too many others. */
  | 'too-deep'
  /** 0, or silence, leads only to a goodbye; both are a caller's way to a person. */
  | 'leads-to-nobody'

/** What is wrong, and where: `at` is the branch (a key, `next`, `open`, `closed`, `silence`) or a field of the node. */
export interface IvrProblem {
  readonly node: NodeId | null
  readonly at: string | null
  readonly problem: IvrProblemCode
}

/** A caller remembers no more than three menus; GB/T 33358-2016 would rather have none. */
const DEEPEST_MENU = 3
const MOST_NODES = 100
/** What a trunk dials: 3 digits (110) to 20. */
const OUTSIDE_NUMBER = /^\+?[0-9]{3,20}$/

/** Everything that keeps a tree from being published, in the order of its nodes; empty: it may be. */
export function checkTree(tree: IvrTree, known: KnownToIvr): readonly IvrProblem[] {
  const ids = Object.keys(tree.nodes)
  if (ids.length > MOST_NODES) return [{ node: null, at: null, problem: 'too-many-nodes' }]
  const start = nodeOf(tree, tree.start)
  if (start === null) return [{ node: null, at: null, problem: 'no-start' }]
  const levels = menuLevels(tree)
  return ids.flatMap(id => {
    const node = nodeOf(tree, id)
    if (node === null) return []
    const found: Found[] = [...branchProblems(tree, node), ...ownProblems(node, known)]
    const level = levels.get(id)
    if (level === undefined) found.push([null, 'unreachable'])
    else if (node.kind === 'menu' && level > DEEPEST_MENU) found.push([null, 'too-deep'])
    if (goesRound(tree, id)) found.push([null, 'cycle-without-input'])
    return found.map(([at, problem]) => ({ node: id, at, problem }))
  })
}

type Found = readonly [at: string | null, problem: IvrProblemCode]

function branchProblems(tree: IvrTree, node: IvrNode): readonly Found[] {
  return branchesOf(node).flatMap((branch): Found[] => {
    const { by, to } = branch
    if (to === null) return [[by, 'no-target']]
    if (nodeOf(tree, to) === null) return [[by, 'unknown-target']]
    return isWayToPerson(node, branch) && !findsSomebody(tree, to) ? [[by, 'leads-to-nobody']] : []
  })
}

function isWayToPerson(node: IvrNode, { by }: Branch): boolean {
  return isAsking(node) && (by === '0' || by === 'silence')
}

/** Whether somebody, or another menu, can be met from here without pressing anything. */
function findsSomebody(tree: IvrTree, from: NodeId): boolean {
  for (const id of ofItself(tree, from)) {
    const node = nodeOf(tree, id)
    if (node !== null && (isAsking(node) || SOMEBODY.includes(node.kind))) return true
  }
  return false
}
const SOMEBODY: readonly IvrNode['kind'][] = ['queue', 'line', 'outside']

function ownProblems(node: IvrNode, known: KnownToIvr): readonly Found[] {
  const found: Found[] = []
  if (MUST_SPEAK.includes(node.kind) && node.kind !== 'hours' && !node.says.zh)
    found.push(['says', 'nothing-said'])
  if (isAsking(node) && keyCount(node) === 0) found.push(['keys', 'no-keys'])
  if (node.kind === 'queue' && node.queue !== null && !known.queues.has(node.queue)) {
    found.push(['queue', 'unknown-queue'])
  }
  if (node.kind === 'line' && !known.lines.has(node.line)) found.push(['line', 'unknown-line'])
  if (node.kind === 'outside' && !OUTSIDE_NUMBER.test(node.number)) found.push(['number', 'bad-number'])
  return found
}

/** A transfer may be silent; a caller who is asked, told or let go must hear so, in Mandarin at least. */
const MUST_SPEAK: readonly IvrNode['kind'][] = ['play', 'menu', 'language', 'hang-up']

function keyCount({ keys }: AskingNode): number {
  return Object.keys(keys).length
}

/** How many menus a caller has heard on the shortest way to each node, itself included; missing: unreachable. */
function menuLevels(tree: IvrTree): ReadonlyMap<NodeId, number> {
  const levels = new Map<NodeId, number>()
  const visit = (id: Target, above: number) => {
    const node = nodeOf(tree, id)
    if (node === null || id === null) return
    const level = above + (node.kind === 'menu' ? 1 : 0)
    if (level >= (levels.get(id) ?? Number.POSITIVE_INFINITY)) return
    levels.set(id, level)
    for (const { to } of branchesOf(node)) visit(to, level)
  }
  visit(tree.start, 0)
  return levels
}

/** The nodes a caller who presses nothing can come to, this one first. */
function ofItself(tree: IvrTree, from: NodeId): ReadonlySet<NodeId> {
  const seen = new Set<NodeId>([from])
  for (const id of seen) {
    const node = nodeOf(tree, id)
    for (const { to, chosen } of node === null ? [] : branchesOf(node)) {
      if (!chosen && to !== null) seen.add(to)
    }
  }
  return seen
}

function goesRound(tree: IvrTree, id: NodeId): boolean {
  const node = nodeOf(tree, id)
  const ways = node === null ? [] : branchesOf(node).filter(({ chosen }) => !chosen)
  return ways.some(({ to }) => to !== null && ofItself(tree, to).has(id))
}
