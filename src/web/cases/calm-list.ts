import type { OrderLine } from '../../casework/order-list/schema.ts'

export interface CalmRow {
  readonly order: OrderLine
  /** No longer in the list: it has gone on to where it does not wait for whoever looks. */
  readonly gone: boolean
}

export interface CalmList {
  readonly rows: readonly CalmRow[]
  /** How many are in the list that do not stand in `rows` yet. */
  readonly fresh: number
}

interface Reading {
  readonly orders: readonly OrderLine[]
  /** There are further pages: what fell off the end of this one is not known to be gone. */
  readonly more: boolean
}

/** A list as it was just read, for whoever asked for it. */
export function asRead({ orders }: Reading): CalmList {
  return { rows: orders.map(order => ({ order, gone: false })), fresh: 0 }
}

/**
 * What is shown of a list that was read again: each row stays where it stands, with what it says now, so that nothing
 * moves under a pointer. New ones at the end are added there; new ones elsewhere are only counted.
 * @param open the one at the right: when it leaves the list, whoever looks knows why, and its row goes
 */
export function calmly(shown: readonly CalmRow[], reading: Reading, open: string | null): CalmList {
  const { orders, more } = reading
  const places = new Map(orders.map(({ id }, place) => [id, place]))
  const isHere = ({ order }: CalmRow) => places.has(order.id)
  const lastHere = shown.findLastIndex(isHere)
  const kept = shown.flatMap((row, index): readonly CalmRow[] => {
    const now = orders[places.get(row.order.id) ?? -1]
    if (now !== undefined) return [{ order: now, gone: false }]
    if (more && index > lastHere) return [row]
    return row.order.id === open && !row.gone ? [] : [{ ...row, gone: true }]
  })
  const shownIds = new Set(shown.map(({ order }) => order.id))
  const end = Math.max(-1, ...kept.map(({ order }) => places.get(order.id) ?? -1))
  const unseen = orders.filter(({ id }) => !shownIds.has(id))
  const below = unseen.filter(({ id }) => (places.get(id) ?? -1) > end)
  return {
    rows: [...kept, ...below.map(order => ({ order, gone: false }))],
    fresh: unseen.length - below.length,
  }
}
