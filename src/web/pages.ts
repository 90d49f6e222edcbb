import {
  AlertOutlined,
  ApartmentOutlined,
  ApiOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  CalendarOutlined,
  DashboardOutlined,
  FieldTimeOutlined,
  FileProtectOutlined,
  FileTextOutlined,
  HistoryOutlined,
  HourglassOutlined,
  IdcardOutlined,
  NotificationOutlined,
  OrderedListOutlined,
  PhoneOutlined,
  ReadOutlined,
  RollbackOutlined,
  SafetyOutlined,
  ScheduleOutlined,
  SendOutlined,
  SolutionOutlined,
  TableOutlined,
} from '@ant-design/icons'
import { type ComponentType, lazy } from 'react'
import type { Right } from '../cases/rights.ts'
import type { Me } from '../people/sessions/schema.ts'
import type { PlainTextKey } from './kit/texts.ts'

/** The groups of the navigation, in its order. */
export const PAGE_GROUPS = ['work', 'records', 'figures', 'settings'] as const

export interface PageEntry {
  /** After `#/` in the address; one word, kebab-case. What follows it is the page's own. */
  readonly path: string
  readonly titleKey: PlainTextKey
  readonly icon: ComponentType
  readonly group: (typeof PAGE_GROUPS)[number]
  /** `g`, then this letter, opens the page; each letter once. `k` is the desk's. */
  readonly letter: string
  /** Whose work it is. The service checks again: this only spares a look at what would be refused. */
  readonly roles: readonly Me['role'][]
  /** Whoever has one of these rights as well, whatever the desk. */
  readonly rights?: readonly Right[]
  /** Not in the navigation: one's own name in the bar leads there. */
  readonly apart?: true
  readonly page: ComponentType<{ readonly me: Me }>
}

/** Every page but signing in, the choice of a seat and the desk; within a group in the order of the navigation. */
export const PAGES: readonly PageEntry[] = [
  {
    path: 'floor',
    titleKey: 'floor.title',
    icon: DashboardOutlined,
    group: 'work',
    letter: 'f',
    roles: ['shift-lead', 'admin'],
    page: lazy(() => import('./shift-lead/shift-lead-page.tsx')),
  },
  {
    path: 'announcements',
    titleKey: 'announcements.title',
    icon: NotificationOutlined,
    group: 'work',
    letter: 'n',
    roles: ['shift-lead', 'admin'],
    page: lazy(() => import('./announcements/announcements-page.tsx')),
  },
  {
    path: 'shifts',
    titleKey: 'shifts.title',
    icon: CalendarOutlined,
    group: 'work',
    letter: 'r',
    roles: ['agent', 'shift-lead', 'admin'],
    page: lazy(() => import('./shifts/shifts-page.tsx')),
  },
  {
    path: 'handovers',
    titleKey: 'handover.title',
    icon: ReadOutlined,
    group: 'work',
    letter: 'h',
    roles: ['agent', 'shift-lead', 'quality', 'admin'],
    page: lazy(() => import('./shifts/handover-page.tsx')),
  },
  {
    path: 'orders',
    titleKey: 'orders.title',
    icon: FileTextOutlined,
    group: 'work',
    letter: 'o',
    roles: ['agent', 'shift-lead', 'quality', 'admin'],
    rights: [
      'order.read-all',
      'order.read-open',
      'order.read-referred',
      'order.read-unit',
      'unit.handle',
      'unit.lead',
    ],
    page: lazy(() => import('./cases/cases-page.tsx')),
  },
  {
    path: 'missed-calls',
    titleKey: 'missed-calls.title',
    icon: RollbackOutlined,
    group: 'work',
    letter: 'm',
    roles: ['agent', 'shift-lead', 'quality', 'admin'],
    page: lazy(() => import('./missed-calls/missed-calls-page.tsx')),
  },
  {
    path: 'leader-day',
    titleKey: 'leader-day.title',
    icon: SolutionOutlined,
    group: 'work',
    letter: 'v',
    roles: ['shift-lead', 'admin'],
    rights: ['order.call-back', 'settings.edit'],
    page: lazy(() => import('./leader-day/leader-day-page.tsx')),
  },
  {
    path: 'calls',
    titleKey: 'call-log.title',
    icon: HistoryOutlined,
    group: 'records',
    letter: 'c',
    roles: ['agent', 'shift-lead', 'quality', 'admin'],
    page: lazy(() => import('./calls/calls-page.tsx')),
  },
  {
    path: 'alarms',
    titleKey: 'alarms.title',
    icon: AlertOutlined,
    group: 'records',
    letter: 'a',
    roles: ['shift-lead', 'admin'],
    page: lazy(() => import('./alarms/alarms-page.tsx')),
  },
  {
    path: 'supervision-log',
    titleKey: 'supervision-log.title',
    icon: AuditOutlined,
    group: 'records',
    letter: 'u',
    roles: ['shift-lead', 'admin'],
    page: lazy(() => import('./supervision-log/supervision-log-page.tsx')),
  },
  {
    path: 'statistics',
    titleKey: 'statistics.title',
    icon: BarChartOutlined,
    group: 'figures',
    letter: 't',
    roles: ['shift-lead', 'quality', 'admin'],
    page: lazy(() => import('./statistics/statistics-page.tsx')),
  },
  {
    path: 'seat-history',
    titleKey: 'seat-history.title',
    icon: FieldTimeOutlined,
    group: 'figures',
    letter: 'y',
    roles: ['agent', 'shift-lead', 'quality', 'admin'],
    page: lazy(() => import('./seat-history/seat-history-page.tsx')),
  },
  {
    path: 'units',
    titleKey: 'units.title',
    icon: BankOutlined,
    group: 'settings',
    letter: 'b',
    roles: ['agent', 'shift-lead', 'quality', 'admin', 'caseworker'],
    page: lazy(() => import('./units/units-page.tsx')),
  },
  {
    path: 'dispatch-rules',
    titleKey: 'dispatch-rules.title',
    icon: SendOutlined,
    group: 'settings',
    letter: 'p',
    roles: [],
    rights: ['settings.edit'],
    page: lazy(() => import('./dispatch-rules/dispatch-rules-page.tsx')),
  },
  {
    path: 'case-rules',
    titleKey: 'case-rules.title',
    icon: HourglassOutlined,
    group: 'settings',
    letter: 'x',
    roles: ['shift-lead', 'admin'],
    rights: ['settings.edit', 'order.read-all', 'order.register', 'unit.lead', 'unit.handle'],
    page: lazy(() => import('./case-rules/case-rules-page.tsx')),
  },
  {
    path: 'queues',
    titleKey: 'queues.title',
    icon: OrderedListOutlined,
    group: 'settings',
    letter: 'q',
    roles: ['shift-lead', 'admin'],
    page: lazy(() => import('./queues/queues-page.tsx')),
  },
  {
    path: 'lines',
    titleKey: 'lines.title',
    icon: PhoneOutlined,
    group: 'settings',
    letter: 'l',
    roles: ['shift-lead', 'admin'],
    page: lazy(() => import('./lines/lines-page.tsx')),
  },
  {
    path: 'calendar',
    titleKey: 'calendar.title',
    icon: ScheduleOutlined,
    group: 'settings',
    letter: 'd',
    roles: ['shift-lead', 'admin'],
    page: lazy(() => import('./calendar/calendar-page.tsx')),
  },
  {
    path: 'ivr',
    titleKey: 'ivr.title',
    icon: ApartmentOutlined,
    group: 'settings',
    letter: 'i',
    roles: ['shift-lead', 'admin'],
    page: lazy(() => import('./ivr/ivr-page.tsx')),
  },
  {
    path: 'skills',
    titleKey: 'skills.title',
    icon: TableOutlined,
    group: 'settings',
    letter: 's',
    roles: ['shift-lead', 'admin'],
    page: lazy(() => import('./skills/skills-page.tsx')),
  },
  {
    path: 'staff',
    titleKey: 'staff.title',
    icon: SafetyOutlined,
    group: 'settings',
    letter: 'e',
    roles: [],
    rights: ['staff.edit'],
    page: lazy(() => import('./staff/staff-page.tsx')),
  },
  {
    path: 'webhooks',
    titleKey: 'webhooks.title',
    icon: ApiOutlined,
    group: 'settings',
    letter: 'z',
    roles: [],
    rights: ['integration.edit'],
    page: lazy(() => import('./webhooks/webhooks-page.tsx')),
  },
  {
    path: 'audit',
    titleKey: 'audit.title',
    icon: FileProtectOutlined,
    group: 'settings',
    letter: 'j',
    roles: [],
    rights: ['audit.read'],
    page: lazy(() => import('./audit/audit-page.tsx')),
  },
  {
    path: 'account',
    titleKey: 'account.title',
    icon: IdcardOutlined,
    group: 'settings',
    letter: 'w',
    roles: ['agent', 'shift-lead', 'quality', 'admin', 'caseworker'],
    apart: true,
    page: lazy(() => import('./account/account-page.tsx')),
  },
]

/** The pages of somebody's work, in the order of the navigation. */
export function pagesOf(me: Pick<Me, 'role' | 'rights'>, pages = PAGES): readonly PageEntry[] {
  return PAGE_GROUPS.flatMap(group => pages.filter(page => page.group === group && isFor(me, page)))
}

function isFor(me: Pick<Me, 'role' | 'rights'>, { roles, rights = [] }: PageEntry): boolean {
  return roles.includes(me.role) || rights.some(right => me.rights.includes(right))
}
