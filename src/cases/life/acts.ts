import type { UnitId, WorkOrderId } from '#kernel/ids.ts'
import type { CaseGrade, OrderStatus, Priority, SupervisionLevel } from './order.ts'

/** Where somebody stood, as their device says (WGS-84, degrees); nothing is computed with it. */
export interface Position {
  readonly longitude: number
  readonly latitude: number
  /** Within so many metres of the truth, as the device reckons. */
  readonly accuracyM?: number
}

/** A unit with its part in an order. */
export interface Assignee {
  readonly unit: UnitId
  readonly role: 'lead' | 'co'
  readonly person: string | null
}

/** All that can be done to an order, by its name; whoever does it, through whichever door. */
export type Act =
  | { readonly do: 'register'; readonly type: string; readonly priority: Priority; readonly secret: boolean }
  | { readonly do: 'answer-directly'; readonly text: string }
  | { readonly do: 'hand-to-emergency'; readonly number: '110' | '119' | '120' | '122' }
  | { readonly do: 'tell-legal-route'; readonly route: string }
  | { readonly do: 'void'; readonly reason: string }
  | { readonly do: 'dispatch'; readonly to: readonly Assignee[]; readonly reason: string }
  | { readonly do: 'recall'; readonly reason: string }
  | { readonly do: 'sign'; readonly unit: UnitId }
  | { readonly do: 'return'; readonly unit: UnitId; readonly reason: string; readonly duty: string }
  | { readonly do: 'accept-return'; readonly unit: UnitId; readonly reason: string }
  | { readonly do: 'refuse-return'; readonly unit: UnitId; readonly reason: string }
  | { readonly do: 'meet'; readonly minutes: string; readonly to: readonly Assignee[] }
  | { readonly do: 'pass-down'; readonly unit: UnitId; readonly to: UnitId; readonly note: string }
  | { readonly do: 'add-unit'; readonly unit: UnitId; readonly reason: string }
  | { readonly do: 'contact'; readonly unit: UnitId; readonly channel: string; readonly text: string }
  | { readonly do: 'arrive'; readonly unit: UnitId; readonly point: Position | null }
  | { readonly do: 'answer'; readonly unit: UnitId; readonly text: string; readonly solved: boolean }
  | { readonly do: 'approve'; readonly note: string }
  | { readonly do: 'send-back'; readonly reason: string }
  | { readonly do: 'ask-extension'; readonly unit: UnitId; readonly days: number; readonly reason: string }
  | { readonly do: 'grant-extension' }
  | { readonly do: 'refuse-extension'; readonly reason: string }
  | {
      readonly do: 'ask-hold'
      readonly unit: UnitId | null
      readonly kind: 'need-info' | 'legal-procedure'
      readonly reason: string
    }
  | { readonly do: 'grant-hold' }
  | { readonly do: 'refuse-hold'; readonly reason: string }
  | { readonly do: 'resume'; readonly reason: string }
  | { readonly do: 'miss-call-back'; readonly note: string }
  | { readonly do: 'rate'; readonly grade: CaseGrade; readonly solved: boolean; readonly text: string }
  | { readonly do: 'reopen'; readonly reason: string }
  /** Ends a supervised order whatever the citizen says of it: 办结 is not always 解决. */
  | { readonly do: 'close'; readonly solved: boolean; readonly reason: string }
  | { readonly do: 'supervise'; readonly level: Exclude<SupervisionLevel, 0>; readonly reason: string }
  | { readonly do: 'end-supervision'; readonly reason: string }
  | { readonly do: 'change-priority'; readonly priority: Priority; readonly reason: string }
  | { readonly do: 'merge'; readonly into: WorkOrderId; readonly reason: string }
  | { readonly do: 'unmerge'; readonly reason: string }
  | { readonly do: 'note'; readonly text: string }
  | { readonly do: 'archive' }
  | { readonly do: 'ask-override'; readonly to: OrderStatus; readonly reason: string }
  | { readonly do: 'agree-override' }
  | { readonly do: 'refuse-override'; readonly reason: string }

export type ActName = Act['do']
