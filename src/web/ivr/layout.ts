import type { Drawing } from '../../floor/ivr/schema.ts'
import { type Branch, branchesOf, nodeOf } from './drawing.ts'

/** Where everything lies on the canvas, in pixels: a tree from left to right, what hangs on nothing below it. */

export interface Card {
  readonly id: string
  readonly x: number
  readonly y: number
  /** The way that leads here; null for the start and for what hangs on nothing. */
  readonly from: Branch | null
  readonly lost: boolean
}
/** The end of a way that leads nowhere, or to a card that lies elsewhere. */
export interface Stub {
  readonly branch: Branch
  readonly x: number
  readonly y: number
}
export interface Edge {
  readonly branch: Branch
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}
export interface Layout {
  readonly cards: readonly Card[]
  readonly stubs: readonly Stub[]
  readonly edges: readonly Edge[]
  readonly width: number
  readonly height: number
}

export const CARD = { width: 208, height: 76 } as const
export const STUB = { width: 150, height: 30 } as const
const COLUMN = CARD.width + 92
const ROW = CARD.height + 18
const STUB_ROW = STUB.height + 12
const MARGIN = 24

export function layOut(drawing: Drawing): Layout {
  const cards: Card[] = []
  const stubs: Stub[] = []
  const edges: Edge[] = []
  const parents = parentsOf(drawing)
  let top = MARGIN

  /** @returns the middle of the card */
  function place(id: string, depth: number, from: Branch | null, lost: boolean): number {
    const begin = top
    const x = MARGIN + depth * COLUMN
    const middles: number[] = []
    const own: Stub[] = []
    const branches = branchesOf(drawing, id)
    for (const branch of branches) {
      if (isChild(parents, branch)) {
        middles.push(place(branch.to, depth + 1, branch, lost))
        continue
      }
      const middle = top + STUB_ROW / 2
      own.push({ branch, x: x + COLUMN, y: middle - STUB.height / 2 })
      middles.push(middle)
      top += STUB_ROW
    }
    // Fewer stubs than a card is high lie round its middle.
    const room = Math.max(0, ROW - (top - begin))
    const shift = room / 2
    top += room
    const first = middles[0]
    const last = middles.at(-1)
    const middle = first === undefined || last === undefined ? begin + ROW / 2 : (first + last) / 2 + shift
    cards.push({ id, x, y: middle - CARD.height / 2, from, lost })
    stubs.push(...own.map(stub => ({ ...stub, y: stub.y + shift })))
    branches.forEach((branch, index) => {
      const y2 = (middles[index] ?? middle) + shift
      edges.push({ branch, x1: x + CARD.width, y1: middle, x2: x + COLUMN, y2 })
    })
    return middle
  }

  for (const [index, root] of rootsOf(drawing).entries()) {
    if (index > 0) top += MARGIN
    place(root, 0, null, index > 0 || root !== drawing.start)
  }
  const right = Math.max(0, ...cards.map(({ x }) => x + CARD.width), ...stubs.map(({ x }) => x + STUB.width))
  return { cards, stubs, edges, width: right + MARGIN, height: top + MARGIN }
}

/** Which way each node hangs on: the shortest from its root, so that a way back is never taken for it. */
function parentsOf(drawing: Drawing): ReadonlyMap<string, Branch> {
  const parents = new Map<string, Branch>()
  const seen = new Set<string>()
  for (const root of rootsOf(drawing)) {
    seen.add(root)
    const line = [root]
    for (const id of line) {
      for (const branch of branchesOf(drawing, id)) {
        const { to } = branch
        if (to === null || seen.has(to) || nodeOf(drawing, to) === undefined) continue
        seen.add(to)
        parents.set(to, branch)
        line.push(to)
      }
    }
  }
  return parents
}

function isChild(
  parents: ReadonlyMap<string, Branch>,
  branch: Branch,
): branch is Branch & { readonly to: string } {
  const parent = branch.to === null ? undefined : parents.get(branch.to)
  return parent?.node === branch.node && parent.by === branch.by
}

/** The start, then a node for each part that hangs on nothing. */
function rootsOf(drawing: Drawing): readonly string[] {
  const roots: string[] = []
  const seen = new Set<string>()
  const take = (root: string) => {
    roots.push(root)
    const line = [root]
    for (const id of line) {
      if (seen.has(id)) continue
      seen.add(id)
      for (const { to } of branchesOf(drawing, id)) if (to !== null && nodeOf(drawing, to)) line.push(to)
    }
  }
  if (nodeOf(drawing, drawing.start) !== undefined) take(drawing.start)
  const ids = Object.keys(drawing.nodes)
  const ledTo = new Set(ids.flatMap(id => branchesOf(drawing, id).map(({ to }) => to)))
  for (const id of [...ids.filter(one => !ledTo.has(one)), ...ids]) if (!seen.has(id)) take(id)
  return roots
}
