import type { CitizenId, StaffId, UnitId, WorkOrderId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Clock } from '../clocks/clock.ts'

/*
 * The main line of a work order (工单). What runs beside it (assignments, hold, extension, supervision, rework) is a
 * part of the order with a small life of its own, not a status more.
 *
 *   draft ──register──▶ to-dispatch ──dispatch──▶ to-sign ──sign──▶ in-hand ──answer──▶ to-review
 *     │ answer-directly, tell-legal-route │ ◀──recall, return────────┘ ▲ ◀────send-back───┤
 *     ▼                                   ▼                            │                  ▼ approve
 *   closed ◀──────────────────────────────────────────── rated ── to-call-back ◀──────────┘
 *     │ reopen ──▶ in-hand                 rework ─────────────────────┘
 *     ▼
 *   archived          beside it: emergency (已转紧急), void (作废), merged (已合并)
 */
export const ORDER_STATUSES = [
  'draft',
  'to-dispatch',
  'to-sign',
  'in-hand',
  'to-review',
  'to-call-back',
  'closed',
  'archived',
  'emergency',
  'void',
  'merged',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

/** P0 is handed to 110/119/120/122, P1 紧急, P2 重要, P3 一般. */
export const PRIORITIES = ['P0', 'P1', 'P2', 'P3'] as const
export type Priority = (typeof PRIORITIES)[number]

/** How an order came to its end: 解决, 未解决但已答复, 即时答复, 告知法定途径, 无法联系. */
export const CLOSINGS = ['solved', 'not-solved', 'answered', 'legal-route', 'unreachable'] as const
export type Closing = (typeof CLOSINGS)[number]

/** 非常满意, 满意, 基本满意, 不满意, 非常不满意. */
export const GRADES = ['very-good', 'good', 'fair', 'bad', 'very-bad'] as const
export type CaseGrade = (typeof GRADES)[number]

/** 催办, 督办, 黑榜/通报, 问责, 移送纪委监委. 0 is none. */
export type SupervisionLevel = 0 | 1 | 2 | 3 | 4 | 5

/** 待签收, 办理中, 已下转 (a unit below handles it), 退单待裁, 已退, 已答复, 撤回. */
export const ASSIGNMENT_STATES = [
  'to-sign',
  'working',
  'passed-down',
  'return-asked',
  'returned',
  'answered',
  'withdrawn',
] as const
export type AssignmentState = (typeof ASSIGNMENT_STATES)[number]

/** What one unit has to do with an order; one unit at most one of them that is not over. */
export interface Assignment {
  readonly unit: UnitId
  /** 主办 answers for the order, 协办 answers to the lead. */
  readonly role: 'lead' | 'co'
  readonly state: AssignmentState
  /** The unit that passed it down; null when the hotline assigned it. */
  readonly from: UnitId | null
  /** A named person, where the duty catalogue has one. */
  readonly person: string | null
  readonly assignedAt: Instant
  readonly signedAt: Instant | null
  /** First time that the citizen was spoken to, or that somebody was on the scene. */
  readonly contactedAt: Instant | null
  readonly answeredAt: Instant | null
  /** Ruled by a joint meeting, or a return that was refused: it cannot be returned again. */
  readonly binding: boolean
}

export interface Hold {
  /** 待补充, 法定程序中. */
  readonly kind: 'need-info' | 'legal-procedure'
  readonly state: 'asked' | 'held'
  readonly reason: string
  readonly since: Instant
}

export interface ExtensionAsk {
  readonly days: number
  readonly reason: string
  readonly askedAt: Instant
}

export interface CallBackTry {
  readonly at: Instant
  readonly by: StaffId
}

/** An act outside the table waits for a second person. */
export interface OverrideAsk {
  readonly to: OrderStatus
  readonly reason: string
  readonly by: StaffId
}

export interface Order {
  readonly id: WorkOrderId
  /** The version of the life table and of the clock limits that it began with. */
  readonly lifeVersion: number
  readonly limitsVersion: number
  readonly status: OrderStatus
  /** CONSULT, HELP …; null while a draft has none. */
  readonly type: string | null
  readonly priority: Priority
  readonly secret: boolean
  readonly citizen: CitizenId | null
  readonly assignments: readonly Assignment[]
  /** Units that have returned it, oldest first: the second needs a ruling, the third a joint meeting. */
  readonly returnedBy: readonly UnitId[]
  readonly hold: Hold | null
  readonly extensionAsk: ExtensionAsk | null
  readonly extensions: number
  readonly supervision: SupervisionLevel
  readonly reworks: number
  /** Tries since it last came to be called back. */
  readonly callBackTries: readonly CallBackTry[]
  readonly grade: CaseGrade | null
  readonly closing: Closing | null
  readonly closedAt: Instant | null
  readonly mergedInto: WorkOrderId | null
  /** Where it stood before it was merged, for unmerging. */
  readonly mergedFrom: OrderStatus | null
  readonly overrideAsk: OverrideAsk | null
  readonly clocks: readonly Clock[]
}
