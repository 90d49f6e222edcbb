import { CustomerServiceOutlined } from '@ant-design/icons'
import type { Me } from '../../people/sessions/schema.ts'
import { type PageEntry, pagesOf } from '../pages.ts'

export type NavEntry = Omit<PageEntry, 'page' | 'roles'>

/** No page of the registry: it stays mounted for as long as somebody sits at a seat. */
export const DESK = {
  path: 'desk',
  titleKey: 'shell.desk',
  icon: CustomerServiceOutlined,
  group: 'work',
  letter: 'k',
} as const satisfies NavEntry

/** What the navigation of the shell offers; whoever has a 工号 may take calls as well. */
export function navEntries(me: Pick<Me, 'role' | 'rights' | 'agentNumber'>): readonly NavEntry[] {
  const pages = pagesOf(me)
  return me.agentNumber === null ? pages : [DESK, ...pages]
}
