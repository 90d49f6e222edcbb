import type { Category, WorkOrder, WorkOrderForm } from '../../casework/work-orders/schema.ts'

export const EMPTY_INPUT: WorkOrderForm = {
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
export function inputOf(order: WorkOrder): WorkOrderForm {
  const { typeCode, categoryCode, title, text, place, secret } = order
  return { typeCode, categoryCode, title, text, place, secret }
}

export function differingFields(one: WorkOrderForm, other: WorkOrderForm): readonly InputField[] {
  return INPUT_FIELDS.filter(field => one[field] !== other[field])
}

/** Of `fields`, those the agent has touched; all when the common beginning is not known. */
export function changedByMe(
  base: WorkOrderForm | null,
  mine: WorkOrderForm,
  fields: readonly InputField[],
): readonly InputField[] {
  return base === null ? fields : fields.filter(field => mine[field] !== base[field])
}

/** `theirs`, with the fields named in `kept` as `mine` has them. */
export function merged(
  mine: WorkOrderForm,
  theirs: WorkOrderForm,
  kept: ReadonlySet<InputField>,
): WorkOrderForm {
  return {
    typeCode: (kept.has('typeCode') ? mine : theirs).typeCode,
    categoryCode: (kept.has('categoryCode') ? mine : theirs).categoryCode,
    title: (kept.has('title') ? mine : theirs).title,
    text: (kept.has('text') ? mine : theirs).text,
    place: (kept.has('place') ? mine : theirs).place,
    secret: (kept.has('secret') ? mine : theirs).secret,
  }
}

/** What an order may name: an item, the lowest level of the catalogue. */
export interface CategoryItem {
  readonly value: string
  readonly label: string
  /** From the root: `城市管理类 / 噪声扰民 / 广场舞`. */
  readonly path: string
  /** What typing is looked for in: the path and the code. */
  readonly search: string
}

export interface CategoryArea {
  /** The path above its items; empty for items that stand at the root. */
  readonly label: string
  readonly options: readonly CategoryItem[]
}

/** The catalogue as a list of items under their areas. One whose parent is not there is an item at the root. */
export function categoryAreas(categories: readonly Category[]): readonly CategoryArea[] {
  const byCode = new Map(categories.map(category => [category.code, category]))
  const parents = new Set(categories.map(({ parentCode }) => parentCode))
  const pathOf = ({ parentCode, nameZh }: Category): string => {
    const above = parentCode === null ? undefined : byCode.get(parentCode)
    return above === undefined ? nameZh : `${pathOf(above)} / ${nameZh}`
  }
  const items = categories.filter(({ code }) => !parents.has(code))
  const areas = Map.groupBy(items, ({ parentCode }) => byCode.get(parentCode ?? ''))
  return [...areas].map(([area, within]) => ({
    label: area === undefined ? '' : pathOf(area),
    options: within.map(item => {
      const path = pathOf(item)
      return { value: item.code, label: item.nameZh, path, search: `${path} ${item.code}` }
    }),
  }))
}
