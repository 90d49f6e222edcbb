import type { Me } from '../../people/sessions/schema.ts'

/** Lists of orders: those that wait for one's own hand first. */
export const TABS = [
  'to-dispatch',
  'to-sign',
  'in-hand',
  'to-review',
  'to-call-back',
  'overdue',
  'mine',
  'all',
] as const
export type Tab = (typeof TABS)[number]

/** The lists of somebody's work, by what they may do. */
export function tabsOf({ rights }: Pick<Me, 'rights'>): readonly Tab[] {
  const has = (...any: Me['rights']) => any.some(right => rights.includes(right))
  const shown: Record<Tab, boolean> = {
    'to-dispatch': has('order.dispatch'),
    'to-sign': has('unit.handle', 'unit.lead'),
    'in-hand': has('unit.handle', 'unit.lead'),
    'to-review': has('order.review'),
    'to-call-back': has('order.call-back', 'unit.handle'),
    overdue: has('order.supervise', 'order.dispatch', 'unit.lead'),
    mine: has('order.register'),
    all: true,
  }
  return TABS.filter(tab => shown[tab])
}

/** The parts of the query that a list is; whatever waits comes first due first. */
export function queryOf(tab: Tab): Readonly<Record<string, string>> {
  switch (tab) {
    case 'all':
      return {}
    case 'mine':
      return { mine: 'true' }
    case 'overdue':
      return { overdue: 'true', sort: 'due' }
    default:
      return { status: tab, sort: 'due' }
  }
}
