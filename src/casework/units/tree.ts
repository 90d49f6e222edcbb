import type { UnitKind } from '#database/types.ts'
import type { AreaCode, UnitId } from '#kernel/ids.ts'

export interface TreeUnit {
  readonly id: UnitId
  readonly parent: UnitId | null
  /** From the root to the unit itself. */
  readonly path: readonly UnitId[]
  readonly name: string
  readonly aliases: readonly string[]
  readonly kind: UnitKind
  readonly area: AreaCode | null
  readonly takesOrders: boolean
  readonly closed: boolean
}

/** Districts before bureaus, as people look for them. */
const KINDS: readonly UnitKind[] = [
  'city',
  'district',
  'street',
  'community',
  'bureau',
  'office',
  'utility',
  'hub',
]

/** Chinese names in the order of their pinyin. */
const COLLATOR = new Intl.Collator('zh-CN')

/** The units as they were read at one moment; whatever is asked is answered from memory. */
export class UnitTree {
  /** Each unit before those below it. */
  readonly all: readonly TreeUnit[]
  private readonly byId: ReadonlyMap<UnitId, TreeUnit>

  constructor(units: readonly TreeUnit[]) {
    this.byId = new Map(units.map(unit => [unit.id, unit]))
    this.all = inOrder(units)
  }

  unit(id: UnitId): TreeUnit | null {
    return this.byId.get(id) ?? null
  }

  /** These units and all below them. */
  below(ids: Iterable<UnitId>): ReadonlySet<UnitId> {
    const above = new Set(ids)
    return new Set(this.all.filter(({ path }) => path.some(id => above.has(id))).map(({ id }) => id))
  }

  /** Those whose name, other names or id have the text; a whole name first, then the beginning of one. */
  search(text: string): readonly TreeUnit[] {
    const wanted = text.trim().toLowerCase()
    if (wanted === '') return this.all
    return this.all
      .map(unit => ({ unit, rank: rankOf(unit, wanted) }))
      .filter(({ rank }) => rank < NO_MATCH)
      .sort((one, other) => one.rank - other.rank)
      .map(({ unit }) => unit)
  }
}

const NO_MATCH = 3

function rankOf({ id, name, aliases }: TreeUnit, wanted: string): number {
  const names = [name, ...aliases, id].map(one => one.toLowerCase())
  if (names.includes(wanted)) return 0
  if (names.some(one => one.startsWith(wanted))) return 1
  return names.some(one => one.includes(wanted)) ? 2 : NO_MATCH
}

function inOrder(units: readonly TreeUnit[]): readonly TreeUnit[] {
  const children = Map.groupBy(units, unit => unit.parent)
  const walk = (parent: UnitId | null): TreeUnit[] =>
    (children.get(parent) ?? []).toSorted(byKindAndName).flatMap(unit => [unit, ...walk(unit.id)])
  return walk(null)
}

function byKindAndName(one: TreeUnit, other: TreeUnit): number {
  return KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) || COLLATOR.compare(one.name, other.name)
}
