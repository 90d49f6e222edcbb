import type { Category, WorkOrder, WorkOrderInput } from '../kit/api-types.ts'

export const EMPTY_INPUT: WorkOrderInput = {
  typeCode: null,
  categoryCode: null,
  title: '',
  text: '',
  place: '',
  secret: false,
}

export const INPUT_FIELDS = ['typeCode', 'categoryCode', 'title', 'text', 'place', 'secret'] as const
export type InputField = (typeof INPUT_FIELDS)[number]

/** The part of an order that an agent writes. */
export function inputOf(order: WorkOrder): WorkOrderInput {
  const { typeCode, categoryCode, title, text, place, secret } = order
  return { typeCode, categoryCode, title, text, place, secret }
}

export function differingFields(one: WorkOrderInput, other: WorkOrderInput): readonly InputField[] {
  return INPUT_FIELDS.filter(field => one[field] !== other[field])
}

/** Of `fields`, those the agent has touched; all when the common beginning is not known. */
export function changedByMe(
  base: WorkOrderInput | null,
  mine: WorkOrderInput,
  fields: readonly InputField[],
): readonly InputField[] {
  return base === null ? fields : fields.filter(field => mine[field] !== base[field])
}

/** `theirs`, with the fields named in `kept` as `mine` has them. */
export function merged(
  mine: WorkOrderInput,
  theirs: WorkOrderInput,
  kept: ReadonlySet<InputField>,
): WorkOrderInput {
  return {
    typeCode: (kept.has('typeCode') ? mine : theirs).typeCode,
    categoryCode: (kept.has('categoryCode') ? mine : theirs).categoryCode,
    title: (kept.has('title') ? mine : theirs).title,
    text: (kept.has('text') ? mine : theirs).text,
    place: (kept.has('place') ? mine : theirs).place,
    secret: (kept.has('secret') ? mine : theirs).secret,
  }
}

export interface CategoryNode {
  readonly value: string
  readonly title: string
  /** From the root: `城市管理 / 市容 / 占道经营`. */
  readonly path: string
  /** What typing is looked for in: the path and the code. */
  readonly search: string
  readonly children: CategoryNode[]
}

/** The flat catalogue as a tree. One whose parent is not there stands at the root, so that none is lost. */
export function categoryTree(categories: readonly Category[]): CategoryNode[] {
  const known = new Set(categories.map(({ code }) => code))
  const childrenOf = Map.groupBy(categories, ({ parentCode }) =>
    parentCode !== null && known.has(parentCode) ? parentCode : null,
  )
  function nodes(parent: string | null, above: string): CategoryNode[] {
    return (childrenOf.get(parent) ?? []).map(({ code, nameZh }) => {
      const path = above === '' ? nameZh : `${above} / ${nameZh}`
      return { value: code, title: nameZh, path, search: `${path} ${code}`, children: nodes(code, path) }
    })
  }
  return nodes(null, '')
}
